"""The quarterly board: items and their evidence; a quarter, its factors, placements and scores."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import ImpossibleMove
from core.public_ids import PublicIdField

from .querysets import EvidenceQuerySet, ItemQuerySet, PlacementQuerySet, QuarterQuerySet, ScoreQuerySet
from .states import (
    COMPUTED,
    HIGHEST,
    KEPT,
    LIVE,
    QUARTER_MOVES,
    QUESTIONS,
    REVEALED,
    TAKES_SCORES,
    Column,
    EvidenceKind,
    FactorKey,
    QuarterState,
)

TITLE_MIN, TITLE_MAX = 5, 120
SUMMARY_MAX, REASON_MAX = 2_000, 2_000
EFFORT_MAX = 99


class BoardItem(models.Model):
    """A subject the bank could take on. Ideas, polls and notes are its evidence; the idea itself is not the card."""

    public_id = PublicIdField()
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    summary = models.TextField(_("the subject in short"), max_length=SUMMARY_MAX, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
        verbose_name=_("in charge"),
    )  # fmt: skip
    created_at = models.DateTimeField(default=timezone.now)

    objects = ItemQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("board_desk:item", args=[self.public_id])


class Evidence(models.Model):
    """What speaks for an item, and how much: `weight` scales the people it brings (0 keeps it for reading only)."""

    item = models.ForeignKey(BoardItem, on_delete=models.CASCADE, related_name="evidence")
    kind = models.CharField(max_length=8, choices=EvidenceKind, default=EvidenceKind.IDEA)
    idea = models.ForeignKey("ideas.Idea", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    # A poll's turnout is shown and adds nobody to the demand: its ballots are confidential.
    poll = models.ForeignKey("polls.Poll", null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    note = models.CharField(_("note"), max_length=280, blank=True)
    weight = models.FloatField(_("weight"), default=1.0, validators=[MinValueValidator(0), MaxValueValidator(3)])
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            # One idea speaks for one item, so that nobody's support counts on two cards.
            models.UniqueConstraint(
                fields=["idea"], condition=models.Q(idea__isnull=False), name="evidence_idea_for_one_item"
            ),
            models.UniqueConstraint(
                fields=["item", "poll"], condition=models.Q(poll__isnull=False), name="evidence_poll_once_per_item"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.idea_id or self.note}"


class Quarter(models.Model):
    """One session of the board: `code` is "2026-Q4", shown as "T4 2026" in French. Once frozen, nothing in it moves."""

    code = models.CharField(
        _("quarter"), max_length=7, unique=True,
        validators=[RegexValidator(r"^20\d\d-Q[1-4]$", _("Write a quarter as 2026-Q4."))],
    )  # fmt: skip
    state = models.CharField(max_length=10, choices=QuarterState, default=QuarterState.PREPARING)
    capacity = models.PositiveSmallIntegerField(_("capacity, in points"), default=40)
    demand_reference = models.PositiveIntegerField(default=1_000)
    quorum = models.PositiveSmallIntegerField(_("scorers needed before the reveal"), default=2)
    foreword = models.TextField(_("the chair’s word"), max_length=2_000, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    scoring_since = models.DateTimeField(null=True, blank=True)
    revealed_at = models.DateTimeField(null=True, blank=True)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    frozen_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    snapshot = models.JSONField(null=True, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    objects = QuarterQuerySet.as_manager()

    class Meta:
        ordering = ["-code"]
        verbose_name = _("quarter")
        verbose_name_plural = _("quarters")

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("board:minutes", args=[self.code])

    @property
    def label(self) -> str:
        """ "T4 2026" in French, "Q4 2026" in English."""
        year, number = self.code.split("-Q")
        return _("Q%(number)s %(year)s") % {"number": number, "year": year}

    @property
    def next_code(self) -> str:
        year, number = (int(part) for part in self.code.split("-Q"))
        return f"{year + 1}-Q1" if number == 4 else f"{year}-Q{number + 1}"

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def kept_items(self) -> dict[str, dict]:
        """The snapshot's items by public id; empty before the freeze."""
        return {row["id"]: row for row in (self.snapshot or {}).get("items", ())} if self.is_kept else {}

    @property
    def is_kept(self) -> bool:
        """Frozen or published: nothing moves any more."""
        return self.state in KEPT

    @property
    def is_revealed(self) -> bool:
        return self.state in REVEALED

    @property
    def takes_scores(self) -> bool:
        return self.state in TAKES_SCORES

    @property
    def hash_groups(self) -> list[str]:
        return [self.hash[start : start + 4] for start in range(0, len(self.hash), 4)]

    @property
    def short_hash(self) -> str:
        return f"{self.hash[:8]}…{self.hash[-8:]}" if self.hash else ""

    def move_to(self, state: str) -> None:
        """Set a state that may follow the present one, or raise ImpossibleMove. The caller saves."""
        if state not in QUARTER_MOVES[self.state]:
            raise ImpossibleMove()
        self.state = state


class Factor(models.Model):
    """One part of a quarter's score, and what it weighs there."""

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="factors")
    key = models.CharField(max_length=12, choices=FactorKey)
    weight = models.PositiveSmallIntegerField(_("weight"), validators=[MaxValueValidator(100)])
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["quarter", "key"], name="factor_once_per_quarter")]

    def __str__(self):
        return f"{self.key} × {self.weight}"

    @property
    def label(self) -> str:
        return self.get_key_display()

    @property
    def question(self) -> str:
        return QUESTIONS[self.key]

    @property
    def is_computed(self) -> bool:
        return self.key in COMPUTED


class Placement(models.Model):
    """An item on a quarter's wall: its column, its rank there, its effort in points, and why it stands there."""

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="placements")
    item = models.ForeignKey(BoardItem, on_delete=models.PROTECT, related_name="placements")
    column = models.CharField(max_length=12, choices=Column, default=Column.CANDIDATE)
    rank = models.FloatField(default=0)
    effort = models.PositiveSmallIntegerField(
        _("effort, in points"), default=5, validators=[MinValueValidator(1), MaxValueValidator(EFFORT_MAX)]
    )
    carried_over = models.BooleanField(default=False)
    reason = models.TextField(_("public reason"), max_length=REASON_MAX, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        ordering = ["column", "rank", "id"]
        constraints = [models.UniqueConstraint(fields=["quarter", "item"], name="item_once_per_quarter")]
        indexes = [models.Index(fields=["quarter", "column", "rank"], name="placement_on_wall")]

    def __str__(self):
        return f"{self.item_id} {self.column}"


class Score(models.Model):
    """What one member thinks of one factor of one item, 0 to 5. No value is an abstention, which is said and is not a zero."""

    quarter = models.ForeignKey(Quarter, on_delete=models.CASCADE, related_name="scores")
    item = models.ForeignKey(BoardItem, on_delete=models.CASCADE, related_name="scores")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="board_scores")
    factor = models.CharField(max_length=12, choices=FactorKey)
    value = models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(HIGHEST)])
    at = models.DateTimeField(default=timezone.now)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quarter", "item", "member", "factor"], name="score_once_per_member"),
            models.CheckConstraint(
                condition=models.Q(value__isnull=True) | models.Q(value__lte=HIGHEST), name="score_from_0_to_5"
            ),
        ]

    def __str__(self):
        return f"{self.item_id} {self.factor} {self.value}"
