"""Stored counts, moved with each ballot in the same transaction, and made anew from the ballots at any time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..states import Dimension
from .poll import Poll
from .questions import Option, Question


class Tally(models.Model):
    """A stored count, in one cell of one dimension. `shown` is the count as it was last published while ballots still come in, and
    `waiting` as it will be next (`domain/results/publishing.py`).

    Of an option: `key` says of what (`states.Key`). Of a question (no option): those who answered it. Of the poll alone: its
    ballots.
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="tallies")
    question = models.ForeignKey(Question, null=True, blank=True, on_delete=models.CASCADE, related_name="tallies")
    option = models.ForeignKey(Option, null=True, blank=True, on_delete=models.CASCADE, related_name="tallies")
    dimension = models.CharField(max_length=8, choices=Dimension)
    cell = models.CharField(max_length=20, blank=True)
    key = models.CharField(max_length=20, blank=True)
    count = models.BigIntegerField(default=0)
    shown = models.BigIntegerField(default=0)
    waiting = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("tally")
        constraints = [
            models.UniqueConstraint(
                fields=["option", "dimension", "cell", "key"],
                condition=Q(option__isnull=False),
                name="tally_of_option_once",
            ),
            models.UniqueConstraint(
                fields=["question", "dimension", "cell", "key"],
                condition=Q(option__isnull=True, question__isnull=False),
                name="tally_of_question_once",
            ),
            models.UniqueConstraint(
                fields=["poll", "dimension", "cell", "key"],
                condition=Q(option__isnull=True, question__isnull=True),
                name="tally_of_poll_once",
            ),
            models.CheckConstraint(condition=Q(count__gte=0), name="tally_not_negative"),
        ]

    def __str__(self):
        return f"{self.dimension}:{self.cell}:{self.key} {self.count}"


class AudienceShare(models.Model):
    """What part of the poll's real audience a stratum is, from the bank's figures: the weights of post-stratification."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="audience_shares")
    age_band = models.CharField(max_length=5, blank=True)
    product = models.CharField(max_length=12, blank=True)
    share = models.DecimalField(max_digits=9, decimal_places=8)

    class Meta:
        verbose_name = _("share of the audience")
        constraints = [
            models.UniqueConstraint(fields=["poll", "age_band", "product"], name="audience_stratum_once"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="audience_share_in_bounds"),
        ]

    def __str__(self):
        return f"{self.age_band}/{self.product} {self.share}"

    @property
    def stratum(self) -> str:
        return f"{self.age_band}/{self.product}"
