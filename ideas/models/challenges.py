"""Challenges: a call for ideas with dates, versioned rules, a jury and winners. Entries are ideas."""

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField

from ..challenge_reads import ChallengeQuerySet, EntryQuerySet
from ..phases import HIGHEST, LOWEST, SHUFFLED, Criterion, Phase, Shortlisted, phase_of
from .ideas import Idea

CALL_MAX, RULES_MAX, PRIZES_MAX, NOTE_MAX, WORD_MAX, PRIZES_MOST = 4_000, 20_000, 1_500, 2_000, 1_000, 10


def _text(label, longest: int, **more) -> models.TextField:
    return models.TextField(label, max_length=longest, blank=True, validators=[MaxLengthValidator(longest)], **more)


class Challenge(models.Model):
    """A call with its dates. The phase follows from them (`phases.phase_of`); nothing else says where it stands."""

    public_id = PublicIdField()
    slug = models.SlugField(max_length=80)
    title_fr = models.CharField(_("title in French"), max_length=90)
    title_en = models.CharField(_("title in English"), max_length=90, blank=True)
    lede_fr = models.CharField(_("in one sentence, in French"), max_length=200, blank=True)
    lede_en = models.CharField(_("in one sentence, in English"), max_length=200, blank=True)
    call_fr = _text(_("the call, in French"), CALL_MAX)
    call_en = _text(_("the call, in English"), CALL_MAX)
    prizes_fr = _text(_("prizes in French"), PRIZES_MAX, help_text=_("One prize a line, the first prize first."))
    prizes_en = _text(_("prizes in English"), PRIZES_MAX, help_text=_("In the same order; empty: as in French."))
    circle = models.ForeignKey(
        "members.Circle", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("circle")
    )
    sponsor = models.CharField(_("sponsor"), max_length=120, blank=True)
    eligible_kinds = models.JSONField(_("customers or not"), default=list, blank=True)
    eligible_segments = models.JSONField(_("profiles"), default=list, blank=True)
    adults_only = models.BooleanField(_("adults only"), default=True)
    entries_per_member = models.PositiveSmallIntegerField(
        _("ideas a member may enter"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)]
    )
    vote_share = models.PositiveSmallIntegerField(
        _("weight of the votes, in per cent"), default=33, validators=[MaxValueValidator(100)],
        help_text=_("The jury weighs the rest."),
    )  # fmt: skip
    shortlist_size = models.PositiveSmallIntegerField(
        _("entries the votes put on the shortlist"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    announced_at = models.DateTimeField(null=True, blank=True)
    opens_at = models.DateTimeField(_("opening"), null=True, blank=True)
    posting_ends_at = models.DateTimeField(_("end of the entries, the vote begins"), null=True, blank=True)
    voting_ends_at = models.DateTimeField(_("end of the vote, the jury begins"), null=True, blank=True)
    results_at = models.DateTimeField(_("results expected"), null=True, blank=True)
    archives_at = models.DateTimeField(null=True, blank=True)
    rules = models.ForeignKey(
        "ideas.ChallengeRules", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("rules in force"),
    )  # fmt: skip
    opening_told_at = models.DateTimeField(null=True, blank=True)
    last_days_told_at = models.DateTimeField(null=True, blank=True)
    votes_counted_at = models.DateTimeField(null=True, blank=True)
    jury_word = _text(_("a word from the jury"), WORD_MAX)
    proposed_at = models.DateTimeField(null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        ordering = ["-opens_at", "-id"]
        indexes = [models.Index(fields=["-opens_at", "-id"], name="challenge_latest")]
        constraints = [
            models.CheckConstraint(
                name="challenge_dated_once_announced",
                condition=Q(announced_at__isnull=True)
                | Q(
                    opens_at__isnull=False,
                    posting_ends_at__gt=models.F("opens_at"),
                    voting_ends_at__gt=models.F("posting_ends_at"),
                    results_at__gte=models.F("voting_ends_at"),
                    rules__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="challenge_four_eyes",
                condition=Q(published_by__isnull=True) | ~Q(published_by=models.F("proposed_by")),
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("challenges:show", args=[self.public_id, self.slug])

    def _in_language(self, name: str) -> str:
        """The text in the reader's language; in French where nobody has translated it."""
        english = getattr(self, f"{name}_en") if get_language() == "en" else ""
        return english or getattr(self, f"{name}_fr")

    @property
    def languages(self) -> dict[str, str]:
        """The language that each of its texts is read in: French where nobody has translated it."""
        names = ("title", "lede", "call", "prizes")
        return {name: "en" if get_language() == "en" and getattr(self, f"{name}_en") else "fr" for name in names}

    @property
    def title(self) -> str:
        return self._in_language("title")

    @property
    def lede(self) -> str:
        return self._in_language("lede")

    @property
    def call(self) -> str:
        return self._in_language("call")

    @property
    def prizes(self) -> list[str]:
        """The first prize first. A line nobody translated stands in French."""
        french, english = ([line.strip() for line in text.splitlines() if line.strip()] for text in self._prize_texts())
        english += french[len(english) :]
        return english[: len(french)] if get_language() == "en" else french

    def _prize_texts(self) -> tuple[str, str]:
        return self.prizes_fr, self.prizes_en

    def phase_at(self, now: datetime) -> Phase:
        return phase_of(self, now)

    @property
    def phase(self) -> Phase:
        return phase_of(self, timezone.now())

    @property
    def next_date(self) -> datetime | None:
        """When the present phase ends."""
        names = {
            Phase.ANNOUNCED: "opens_at", Phase.POSTING: "posting_ends_at", Phase.VOTING: "voting_ends_at",
            Phase.JURY: "results_at",
        }  # fmt: skip
        name = names.get(self.phase)
        return getattr(self, name) if name else None

    @property
    def is_shuffled(self) -> bool:
        return self.phase in SHUFFLED


class ChallengeRules(models.Model):
    """One published version of the rules. Written once and never changed: a correction is a new version."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="rules_versions")
    number = models.PositiveSmallIntegerField(_("version"))
    body_fr = models.TextField(_("rules in French"), max_length=RULES_MAX)
    body_en = models.TextField(_("rules in English"), max_length=RULES_MAX, blank=True)
    changes_fr = models.CharField(_("what changes, in French"), max_length=500, blank=True)
    changes_en = models.CharField(_("what changes, in English"), max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("rules")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["challenge", "number"], name="rules_numbered_once")]

    def __str__(self):
        return f"{self.challenge_id} v{self.number}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("a published version of the rules is never changed")
        super().save(*args, **kwargs)

    @property
    def body(self) -> str:
        return (self.body_en if get_language() == "en" else "") or self.body_fr

    @property
    def changes(self) -> str:
        return (self.changes_en if get_language() == "en" else "") or self.changes_fr


class RulesAcceptance(models.Model):
    """That a member accepted a version, and when. It stays when their idea leaves the challenge."""

    rules = models.ForeignKey(ChallengeRules, on_delete=models.CASCADE, related_name="acceptances")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rules", "member"], name="rules_accepted_once")]

    def __str__(self):
        return f"{self.member_id} v{self.rules_id}"


class ChallengeEntry(models.Model):
    """An idea in a challenge; an idea enters one at most. `votes_counted` is set when the vote ends, once."""

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="entries")
    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="entry")
    entered_at = models.DateTimeField(default=timezone.now)
    votes_counted = models.PositiveIntegerField(null=True, blank=True)
    shortlisted = models.CharField(max_length=6, choices=Shortlisted, blank=True, default="")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["id"]
        indexes = [models.Index(fields=["challenge", "id"], name="entries_of_challenge")]

    def __str__(self):
        return f"{self.challenge_id}: {self.idea_id}"


class Juror(models.Model):
    """A seat in the jury. Who is not of the bank is shown once they have accepted it."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="jurors")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="jury_seats")
    title = models.CharField(_("who they are, in a few words"), max_length=80, blank=True)
    invited_at = models.DateTimeField(default=timezone.now)
    accepted_at = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("juror")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["challenge", "member"], name="one_seat_each")]

    def __str__(self):
        return f"{self.challenge_id}: {self.member_id}"


def _score(criterion: Criterion) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(criterion.label, null=True, blank=True)


class JuryNote(models.Model):
    """What one juror thinks of one entry. Read by nobody else before that juror's colleagues have given theirs."""

    juror = models.ForeignKey(Juror, on_delete=models.CASCADE, related_name="notes")
    entry = models.ForeignKey(ChallengeEntry, on_delete=models.CASCADE, related_name="notes")
    usefulness = _score(Criterion.USEFULNESS)
    simplicity = _score(Criterion.SIMPLICITY)
    novelty = _score(Criterion.NOVELTY)
    text = _text(_("why"), NOTE_MAX)
    is_recused = models.BooleanField(_("I know the author: I do not note"), default=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("jury note")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["juror", "entry"], name="one_note_each"),
            models.CheckConstraint(
                name="noted_or_recused",
                condition=Q(is_recused=True, usefulness=None, simplicity=None, novelty=None)
                | Q(
                    is_recused=False,
                    usefulness__range=(LOWEST, HIGHEST),
                    simplicity__range=(LOWEST, HIGHEST),
                    novelty__range=(LOWEST, HIGHEST),
                ),
            ),
        ]

    def __str__(self):
        return f"{self.juror_id}: {self.entry_id}"

    @property
    def mean(self) -> float | None:
        """From 1 to 5; None for who does not note."""
        return None if self.is_recused else (self.usefulness + self.simplicity + self.novelty) / 3


class ChallengeWinner(models.Model):
    """A place, which is also the prize's, and why. Public once the results are published."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="winners")
    entry = models.OneToOneField(ChallengeEntry, on_delete=models.PROTECT, related_name="win")
    rank = models.PositiveSmallIntegerField(_("place"), validators=[MinValueValidator(1)])
    reason = models.TextField(_("why it wins"), max_length=WORD_MAX)

    class Meta:
        verbose_name = _("winner")
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["challenge", "rank"], name="one_winner_a_place")]

    def __str__(self):
        return f"{self.challenge_id}: {self.rank}"
