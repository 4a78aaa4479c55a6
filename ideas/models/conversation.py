"""Comments, and who follows what by hand."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField

from ..querysets import CommentQuerySet
from ..states import Visibility
from .ideas import Idea
from .limits import COMMENT_MAX


class Comment(models.Model):
    """One level of threads. `is_official` and `is_internal` are set by verbs, for staff alone."""

    public_id = PublicIdField()
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    body = models.TextField(_("comment"), max_length=COMMENT_MAX)
    is_official = models.BooleanField(default=False)
    is_internal = models.BooleanField(default=False)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, default="fr", db_default="fr")
    deleted_at = models.DateTimeField(null=True, blank=True)  # by its author: the text is gone from this row
    reaction_count = models.PositiveIntegerField(default=0, db_default=0)
    useful_count = models.PositiveIntegerField(default=0, db_default=0)
    agree_count = models.PositiveIntegerField(default=0, db_default=0)
    thanks_count = models.PositiveIntegerField(default=0, db_default=0)
    explore_count = models.PositiveIntegerField(default=0, db_default=0)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("comment")
        indexes = [
            models.Index(fields=["idea", "created_at", "id"], name="comment_of_idea"),
            models.Index(fields=["author", "created_at"], name="comment_pace"),
        ]

    def __str__(self):
        return self.body[:60]

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


class Follow(models.Model):
    """A choice made by hand. Authors, voters and commenters follow without a row; `active=False` says "tell me nothing"."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="follows")
    active = models.BooleanField(default=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "idea"], name="follow_once")]

    def __str__(self):
        return f"{self.member_id} {'+' if self.active else '-'} {self.idea_id}"
