"""Who supports a much supported idea, counted once in a while: numbers, never who."""

from django.db import models

from .ideas import Idea


class SupportTally(models.Model):
    """An idea's support as it was counted at `counted_at`, when its counter said `votes`.

    `people`: rows of [is staff, kind, segment, age band, region, how many]; `days`: first votes by ISO date. Made anew from
    the vote rows by domain/tallying.py, at any time: nothing else writes it, and nothing is lost with it.
    """

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="support_tally")
    votes = models.PositiveIntegerField()
    people = models.JSONField(default=list)
    days = models.JSONField(default=dict)
    counted_at = models.DateTimeField()

    def __str__(self):
        return f"{self.votes} votes at {self.counted_at}"
