"""What is kept of an answer: who took part in one table, what was chosen in another, and no key between them.

`docs/polls.md` says what that hides, from whom, and what it cannot hide.
"""

import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ..querysets import BallotQuerySet, ParticipationQuerySet
from ..states import EVERYONE, Apart, Dimension
from .poll import Poll

RECEIPT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class Participation(models.Model):
    """Who took part, and when. What they chose only in a poll that says, before the vote, that names are shown.

    `ballot` is null in every confidential poll: nothing in the database leads from a member to a choice there. `apart` says why the
    member's ballot is counted apart, if it is, so that who took part is counted as ballots are (`domain/growing.py`).
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="participations")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="poll_participations")
    at = models.DateTimeField(default=timezone.now)
    ballot = models.OneToOneField(
        "polls.Ballot", null=True, blank=True, on_delete=models.SET_NULL, related_name="participation"
    )
    apart = models.CharField(max_length=10, choices=Apart, blank=True, db_default="", default="")

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["poll", "member"], name="poll_one_participation")]
        indexes = [models.Index(fields=["poll", "at"], name="poll_taken_part_when")]

    def __str__(self):
        return f"{self.poll_id} {self.at:%Y-%m-%d}"


def _ballot_secret() -> bytes:
    if settings.LAB.get("BALLOT_KEY"):
        return settings.LAB["BALLOT_KEY"].encode()
    return salted_hmac("polls.ballot", "key", algorithm="sha256").digest()


def voter_key(poll: Poll, member) -> str:
    """The ballot's key: HMAC-SHA256 of poll and member under a key that is not in the database. 64 hex digits."""
    message = f"{poll.public_id}:{member.public_id}".encode()
    return hmac.new(_ballot_secret(), message, hashlib.sha256).hexdigest()


def sealed_mark(*words: str) -> str:
    """What stands for these words without saying them: HMAC-SHA256 under the ballots' secret. 64 hex digits."""
    return hmac.new(_ballot_secret(), "\x1f".join(("mark", *words)).encode(), hashlib.sha256).hexdigest()


def new_receipt() -> str:
    """Ten random characters that say nothing, as `7Q4K-2M9A-3F` is read aloud."""
    code = "".join(secrets.choice(RECEIPT_ALPHABET) for _ in range(10))
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


class Ballot(models.Model):
    """What was chosen, without a name, a serial number or a time: any of them would lead back to a participation.

    `choices` is {question's public id: answer}, an answer being a list of options' public ids (one choice or several), a list of
    such lists from the first rank down (ranking), or {option's public id: number} (score, points). `words` is {question's
    public id: {"other": text, "comment": text}}. Kind, segment, age band and product are the voter's on the day of the first
    ballot, for breakdowns and weights. `apart` says why a ballot is counted apart, if it is.
    """

    voter_key = models.CharField(primary_key=True, max_length=64, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    receipt = models.CharField(max_length=12, default=new_receipt)
    choices = models.JSONField(default=dict)
    words = models.JSONField(default=dict, blank=True)
    kind = models.CharField(max_length=10)
    segment = models.CharField(max_length=12)
    age_band = models.CharField(max_length=5, blank=True)
    product = models.CharField(max_length=12, blank=True)
    apart = models.CharField(max_length=10, choices=Apart, blank=True)

    objects = BallotQuerySet.as_manager()

    class Meta:
        verbose_name = _("ballot")
        ordering = ["voter_key"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "voter_key"], name="poll_one_ballot"),
            models.UniqueConstraint(fields=["poll", "receipt"], name="poll_receipt_once"),
        ]

    def __str__(self):
        return _("ballot")

    @property
    def stratum(self) -> str:
        return f"{self.age_band}/{self.product}"

    def is_counted(self, counts_in: tuple[str, ...]) -> bool:
        """Whether the ballot is in the published total, for a poll that `counts_in` these kinds of `Apart`."""
        return not self.apart or self.apart in counts_in

    def cells(self, counts_in: tuple[str, ...] = ()) -> list[tuple[str, str]]:
        """The cells (dimension, cell) of the tally this ballot stands in."""
        cells = [(Dimension.APART, self.apart)] if self.apart else []
        if self.is_counted(counts_in):
            cells += [
                (Dimension.ALL, EVERYONE),
                (Dimension.KIND, self.kind),
                (Dimension.SEGMENT, self.segment),
                (Dimension.AGE, self.age_band),
                (Dimension.STRATUM, self.stratum),
            ]
        return cells
