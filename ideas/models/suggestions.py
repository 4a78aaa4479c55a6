"""Pairs of ideas that look alike, for staff to merge or to dismiss."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.public_ids import PublicIdField

from ..querysets import SuggestionQuerySet
from ..states import Suggested
from .ideas import Idea


class MergeSuggestion(models.Model):
    """`duplicate` is the younger idea, `canonical` the older. One row for a pair, for ever: what was dismissed stays so."""

    public_id = PublicIdField()
    duplicate = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    canonical = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=Suggested, default=Suggested.OPEN)
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "-id"]
        constraints = [models.UniqueConstraint(fields=["duplicate", "canonical"], name="suggested_once")]
        indexes = [
            models.Index(fields=["-score", "-id"], name="open_suggestion", condition=models.Q(state="open")),
        ]

    def __str__(self):
        return f"{self.duplicate_id} ~ {self.canonical_id} ({self.score})"
