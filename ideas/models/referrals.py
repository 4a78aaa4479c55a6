"""Where ideas are linked from: counts by day, never who."""

from django.db import models

from ..states import Origin
from .ideas import Idea


class Referral(models.Model):
    """How many times an idea's page was opened on a day from one place. No address, no person, no time of day."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="referrals")
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Origin)
    host = models.CharField(max_length=60, blank=True)
    reads = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "day", "kind", "host"], name="referral_once_a_day")]

    def __str__(self):
        return f"{self.host or self.kind} {self.day}: {self.reads}"
