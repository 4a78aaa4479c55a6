"""Votes that are set aside: their rows stay, they do not count."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .ideas import Idea


class SetAsideVote(models.Model):
    """One person's vote for one idea does not count while `released_at` is empty.

    By person, not by vote row: who takes the vote back and gives it again is still set aside. `batch` names what found it.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    batch = models.CharField(max_length=12)
    at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "member"], condition=models.Q(released_at__isnull=True), name="set_aside_once"
            )
        ]
        indexes = [models.Index(fields=["batch"], name="set_aside_batch")]

    def __str__(self):
        return f"{self.member_id} → {self.idea_id}"
