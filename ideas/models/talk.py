"""What hangs on a comment: its earlier texts, whom it names, and how people react to it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from ..states import Reaction
from .conversation import Comment
from .limits import COMMENT_MAX


class CommentVersion(models.Model):
    """A text that the comment had, from `written_at` until it was changed or deleted. Staff who moderate read it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="versions")
    body = models.TextField(max_length=COMMENT_MAX)
    written_at = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return self.body[:60]


class CommentReaction(models.Model):
    """One row per member, comment and reaction, by constraint; the comment's counters follow the rows."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="reactions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Reaction)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "member", "kind"], name="reaction_once")]
        indexes = [models.Index(fields=["member", "at"], name="reaction_pace")]

    def __str__(self):
        return f"{self.kind} on {self.comment_id}"


class Mention(models.Model):
    """A member whom the comment names, and the name as it stands in the text."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    written = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "member"], name="mention_once")]

    def __str__(self):
        return f"@{self.written}"
