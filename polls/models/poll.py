"""A poll: what is asked of whom, from when to when, who sees the result, and what was decided."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import ImpossibleMove
from core.language import language_of
from core.public_ids import PublicIdField

from ..querysets import PollQuerySet
from ..states import MOVES, ResultsPolicy, State


def pack(codes) -> str:
    """Codes as ` a b `, so that SQL finds one with LIKE on any database; nothing chosen means everyone."""
    codes = sorted(set(codes))
    return f" {' '.join(codes)} " if codes else ""


class Poll(models.Model):
    """One question or several put to an audience, from an opening to a close, then a decision.

    `confidential`: nobody sees who chose what (the default); if not, names stand beside choices, and the poll says so before
    the vote. `counted_in` names the kinds of `Apart` that the bank decided to count after all, for a reason that everyone reads;
    `counted_in_early`, those of which there was no ballot yet when it did.
    `retained` is the option the decision goes with, if it is one. `runoffs` holds the rounds of each ranking, worked out from the
    ballots after the close (`domain/results/runoffs.py`).
    `filed_ballots` and `filed_moves` say of how many ballots and changes the tally file was before a re-opening.
    `arrivals` holds how many ballots came in on each day, those counted apart by themselves, up to `counted_until`
    (`domain/growing.py`).
    `weighted`: the bank gave the shares of its audience (`AudienceShare`), and ballots are counted by them too; `weights_dropped`:
    their result was read and taken away. `mixed_ballots` were in the box when it was last written anew, and were not changed since
    (`domain/mixing.py`).
    """

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
    consultation = models.BooleanField(
        _("consultation"), default=False, help_text=_("Visuals to react to, and comments members read.")
    )
    min_account_days = models.PositiveSmallIntegerField(
        _("account open for at least (days)"), default=0, validators=[MaxValueValidator(3650)]
    )
    joined_before = models.DateTimeField(null=True, blank=True, editable=False)
    counted_in = models.CharField(max_length=20, blank=True, editable=False)
    counted_in_early = models.CharField(max_length=20, blank=True, db_default="", default="", editable=False)
    counted_in_reason = models.CharField(_("why they count after all"), max_length=280, blank=True, editable=False)
    weighted = models.BooleanField(default=False, editable=False)
    weights_dropped = models.BooleanField(default=False, editable=False)
    mixed_ballots = models.PositiveIntegerField(default=0, editable=False)
    is_template = models.BooleanField(_("template"), default=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    reopened_at = models.DateTimeField(null=True, blank=True, editable=False)
    filed_ballots = models.PositiveIntegerField(null=True, blank=True, editable=False)
    filed_moves = models.PositiveIntegerField(null=True, blank=True, editable=False)
    runoffs = models.JSONField(default=dict, blank=True, editable=False)
    arrivals = models.JSONField(default=dict, blank=True, editable=False)
    counted_until = models.DateTimeField(null=True, blank=True, editable=False)
    decision = models.TextField(_("decision"), max_length=4000, blank=True)
    retained = models.ForeignKey(
        "polls.Option",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("option retained"),
    )
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
            models.CheckConstraint(name="poll_template_stays_draft", condition=Q(is_template=False) | Q(state="draft")),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("polls:show", args=[self.public_id, self.slug])

    @property
    def language(self) -> str:
        """Of all its texts, told by its first words: an option alone is too short to tell."""
        return language_of(f"{self.title} {self.intro}")

    def set_dates(self, *, opens_at: datetime | None = None, closes_at: datetime | None = None) -> None:
        """Set the opening, the close or both, and with the opening when an account must have been opened. The caller saves."""
        self.opens_at, self.closes_at = opens_at or self.opens_at, closes_at or self.closes_at
        days = self.min_account_days
        self.joined_before = self.opens_at - timedelta(days=days) if days and self.opens_at else None

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(self.audience_kinds.split())

    @property
    def counts_in(self) -> tuple[str, ...]:
        return tuple(self.counted_in.split())

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

    @property
    def is_counted(self) -> bool:
        """Whether the close is written down. That takes the poll's lock, so no ballot can come after; `is_over` is the clock's word
        alone, and a ballot that was in time may still be on its way."""
        return self.state in (State.CLOSED, State.DECIDED)

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
