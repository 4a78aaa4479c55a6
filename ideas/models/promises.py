"""What keeps the promise: steps of escalation, urgent ideas, and the words that make one urgent."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.language import CHOICES
from core.public_ids import PublicIdField

from ..states import Escalated
from .conversation import Comment
from .ideas import Idea
from .limits import REASON_MAX


class Escalation(models.Model):
    """One colleague told that a promise runs out, or ran out: once for each step of each promise."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="escalations")
    level = models.CharField(max_length=8, choices=Escalated)
    due_at = models.DateTimeField()  # the promise it is about: a new one may be escalated again
    to = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["idea", "level", "due_at"], name="escalated_once")]

    def __str__(self):
        return f"{self.level} {self.idea_id}"


class Urgency(models.Model):
    """Why an idea comes first: words found in it or in a comment, or a colleague's reason; and who put it back in line.

    `by` is nobody when words raised it.
    """

    public_id = PublicIdField()
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="urgencies")
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=REASON_MAX, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_role = models.CharField(max_length=20, blank=True, default="", db_default="")  # of older rows nobody knows it
    at = models.DateTimeField(default=timezone.now)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    lifted_by_role = models.CharField(max_length=20, blank=True, default="", db_default="")
    lift_reason = models.CharField(max_length=REASON_MAX, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea"], condition=models.Q(lifted_at__isnull=True), name="one_urgency_at_a_time"
            )
        ]

    def __str__(self):
        return self.words or self.reason[:60]


class UrgentWord(models.Model):
    """A word, or a few in a row, that makes an idea urgent. Accents, capitals and plurals are forgiven."""

    LANGUAGES = CHOICES

    public_id = PublicIdField()
    text = models.CharField(_("word"), max_length=60)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="fr")

    class Meta:
        ordering = ["language", "text"]
        constraints = [models.UniqueConstraint(fields=["text", "language"], name="urgent_word_once")]

    def __str__(self):
        return self.text
