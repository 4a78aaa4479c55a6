"""Polls, and what is kept of an answer: who took part in one table, what was chosen in another, and no key between them.

`docs/polls.md` says what that hides, from whom, and what it cannot hide.
"""

import hashlib
import hmac
import secrets
from datetime import datetime

from django.conf import settings
from django.core.validators import MaxLengthValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from core.errors import ImpossibleMove
from core.public_ids import PublicIdField

from .querysets import ParticipationQuerySet, PollQuerySet
from .states import MOVES, Dimension, Drawing, Method, ResultsPolicy, State

RECEIPT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def pack(codes) -> str:
    """Codes as ` a b `, so that SQL finds one with LIKE on any database; nothing chosen means everyone."""
    codes = sorted(set(codes))
    return f" {' '.join(codes)} " if codes else ""


class Poll(models.Model):
    """One question or several put to an audience, from an opening to a close, then a decision."""

    public_id = PublicIdField()
    slug = models.SlugField(max_length=80)
    title = models.CharField(_("question"), max_length=160)
    intro = models.TextField(_("introduction"), max_length=1200, blank=True, validators=[MaxLengthValidator(1200)])
    results_policy = models.CharField(
        _("results visible"), max_length=12, choices=ResultsPolicy, default=ResultsPolicy.AFTER_VOTE
    )
    confidential = models.BooleanField(_("confidential"), default=True)
    sealed = models.BooleanField(_("sealed: a ballot cannot be taken back"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    opens_at = models.DateTimeField(_("opening"), null=True, blank=True)
    closes_at = models.DateTimeField(_("close"), null=True, blank=True)
    audience_kinds = models.CharField(max_length=60, blank=True, editable=False)
    audience_segments = models.CharField(max_length=120, blank=True, editable=False)
    circle = models.ForeignKey(
        "members.Circle", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("circle")
    )
    audience_size = models.PositiveIntegerField(_("members invited"), default=0)
    decision = models.TextField(_("decision"), max_length=4000, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="polls_owned"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = PollQuerySet.as_manager()

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        ordering = ["-closes_at", "-id"]
        indexes = [
            models.Index(fields=["-closes_at", "-id"], name="poll_latest"),
            models.Index(fields=["state", "closes_at"], name="poll_state_close"),
        ]
        constraints = [
            models.CheckConstraint(
                name="poll_closes_after_opening",
                condition=Q(opens_at__isnull=True) | Q(closes_at__isnull=True) | Q(closes_at__gte=models.F("opens_at")),
            ),
            models.CheckConstraint(
                name="poll_dated_once_planned",
                condition=Q(state="draft") | Q(opens_at__isnull=False, closes_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("polls:show", args=[self.public_id, self.slug])

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self.audience_kinds.split())

    @property
    def segments(self) -> tuple[str, ...]:
        return tuple(self.audience_segments.split())

    def state_at(self, now: datetime) -> State:
        """Where the poll stands at `now`: the server's clock opens and closes, a job only writes it down later."""
        state = State(self.state)
        if state == State.SCHEDULED and self.opens_at <= now:
            state = State.OPEN
        if state == State.OPEN and self.closes_at <= now:
            state = State.CLOSED
        return state

    @property
    def current_state(self) -> State:
        return self.state_at(timezone.now())

    @property
    def is_open(self) -> bool:
        return self.current_state == State.OPEN

    @property
    def is_over(self) -> bool:
        return self.current_state in (State.CLOSED, State.DECIDED)

    def move_to(self, state: State, now: datetime) -> None:
        """Set a state that may follow the present one, or raise ImpossibleMove. The caller saves."""
        if state not in MOVES[self.state_at(now)]:
            raise ImpossibleMove()
        self.state = state

    def answered_at(self, user) -> datetime | None:
        """When this user took part. Free after `with_my_answer(user)`, else one query."""
        if not user.is_authenticated:
            return None
        if getattr(self, "my_answer_of", None) == user.pk:
            return self.my_answer_at
        return self.participations.filter(member=user).values_list("at", flat=True).first()


class Question(models.Model):
    """What is asked. A poll of one question leaves `text` empty: its title is the question."""

    public_id = PublicIdField()
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("question"), max_length=160, blank=True)
    method = models.CharField(_("method"), max_length=10, choices=Method, default=Method.SINGLE)
    max_choices = models.PositiveSmallIntegerField(
        _("at most"), null=True, blank=True, validators=[MinValueValidator(2)],
        help_text=_("For several choices. Left empty, there is no limit."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("question")
        ordering = ["position", "id"]

    def __str__(self):
        return self.text or self.poll.title

    @property
    def most(self) -> int | None:
        """How many options a ballot may hold; None for no limit."""
        return 1 if self.method == Method.SINGLE else self.max_choices


class Option(models.Model):
    public_id = PublicIdField()
    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="options")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(_("option"), max_length=120)
    description = models.CharField(_("description"), max_length=240, blank=True)
    image = models.ImageField(_("picture"), upload_to="polls/", blank=True)
    drawing = models.CharField(_("drawing"), max_length=12, choices=Drawing, blank=True)

    class Meta:
        verbose_name = _("option")
        ordering = ["position", "id"]

    def __str__(self):
        return self.text


class Participation(models.Model):
    """Who took part, and when. Never what they chose."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="participations")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="poll_participations")
    at = models.DateTimeField(default=timezone.now)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["poll", "member"], name="poll_one_participation")]

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


def new_receipt() -> str:
    """Ten random characters that say nothing, as `7Q4K-2M9A-3F` is read aloud."""
    code = "".join(secrets.choice(RECEIPT_ALPHABET) for _ in range(10))
    return f"{code[:4]}-{code[4:8]}-{code[8:]}"


class Ballot(models.Model):
    """What was chosen, without a name, a serial number or a time: any of them would lead back to a participation.

    `choices` is {question's public id: [options' public ids]}. Kind, segment and age band are the voter's on the day of the
    first ballot, for the breakdowns. `apart` is set for ballots that are in no published total.
    """

    voter_key = models.CharField(primary_key=True, max_length=64, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="ballots")
    receipt = models.CharField(max_length=12, default=new_receipt)
    choices = models.JSONField(default=dict)
    kind = models.CharField(max_length=10)
    segment = models.CharField(max_length=12)
    age_band = models.CharField(max_length=5, blank=True)
    apart = models.CharField(max_length=10, blank=True)

    class Meta:
        verbose_name = _("ballot")
        ordering = ["voter_key"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "voter_key"], name="poll_one_ballot"),
            models.UniqueConstraint(fields=["poll", "receipt"], name="poll_receipt_once"),
        ]

    def __str__(self):
        return _("ballot")

    def cells(self) -> list[tuple[str, str]]:
        """The cells (dimension, cell) of the tally this ballot stands in."""
        if self.apart:
            return [(Dimension.APART, self.apart)]
        return [
            (Dimension.ALL, ""),
            (Dimension.KIND, self.kind),
            (Dimension.SEGMENT, self.segment),
            (Dimension.AGE, self.age_band),
        ]


class Tally(models.Model):
    """A stored count: ballots (`option` empty) or votes for an option, in one cell of one dimension."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="tallies")
    option = models.ForeignKey(Option, null=True, blank=True, on_delete=models.CASCADE, related_name="tallies")
    dimension = models.CharField(max_length=8, choices=Dimension)
    cell = models.CharField(max_length=12, blank=True)
    count = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("tally")
        constraints = [
            models.UniqueConstraint(
                fields=["option", "dimension", "cell"], condition=Q(option__isnull=False), name="tally_option_once"
            ),
            models.UniqueConstraint(
                fields=["poll", "dimension", "cell"], condition=Q(option__isnull=True), name="tally_ballots_once"
            ),
            models.CheckConstraint(condition=Q(count__gte=0), name="tally_not_negative"),
        ]

    def __str__(self):
        return f"{self.dimension}:{self.cell} {self.count}"
