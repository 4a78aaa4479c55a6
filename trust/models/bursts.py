"""Bursts of votes from new accounts."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField
from ideas.models import Idea

from ..states import TEXT_MAX, BurstState
from .cases import Case


class VoteBurst(models.Model):
    """Many votes from new accounts on one idea. They are set aside (ideas: SetAsideVote.batch is `public_id`), never deleted."""

    public_id = PublicIdField()
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="bursts")
    first_vote_at = models.DateTimeField()
    last_vote_at = models.DateTimeField()
    votes = models.PositiveIntegerField(default=0)  # in the window
    young = models.PositiveIntegerField(default=0)  # of them, from new accounts: these are set aside
    found_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=BurstState, default=BurstState.OPEN)
    reason = models.TextField(max_length=TEXT_MAX, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("burst of votes")
        ordering = ["-found_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["idea"], condition=models.Q(state="open"), name="one_open_burst")
        ]

    def __str__(self):
        return f"{self.idea_id}: {self.young}/{self.votes}"

    @property
    def share(self) -> float:
        return self.young / self.votes if self.votes else 0.0
