"""What a product owner had better look at before opening: hints, each saying what to do. None keeps a poll from opening.

Faults, which do, are `faults_of` in `opening.py`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.conf import settings
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from holidays import country_holidays

from members.states import Kind, Segment

from ..models import Poll, Question
from ..states import CHOICES, Method
from .counting.intervals import wilson
from .leading import imbalances_of, leanings_of
from .opening import audience_of

EXPECTED_TURNOUT = 0.18
FEWEST_DAYS, MOST_DAYS = 3, 60
MORNING, NIGHT = 7, 22
GROUPS = [*((kind, "kind") for kind in Kind), *((segment, "segment") for segment in Segment)]
LEANING = {
    "loaded": gettext_lazy("“%(seen)s” praises or blames. Say what it is, and let members judge."),
    "agreement": gettext_lazy("“%(seen)s” asks for agreement. Ask what they think, without suggesting the answer."),
    "two_in_one": gettext_lazy(
        "“%(seen)s” seems to join two questions. Ask them one by one: an answer would speak of both."
    ),
    "absolute": gettext_lazy("“%(seen)s” leaves no room between all and nothing. Ask how often, or how much."),
    "no_way_to_say_no": gettext_lazy("One can answer yes, and not no. Add an option for those who do not want it."),
    "praised": gettext_lazy("“%(seen)s” is praised and the others are not. Describe each in the same tone."),
    "longer": gettext_lazy("“%(seen)s” says much more than the others. Give each about the same length."),
    "described": gettext_lazy("“%(seen)s” has no description where others do. Describe each, or none."),
}


@dataclass(frozen=True)
class Hint:
    code: str
    sentence: str
    about: str = ""  # the words of the question it is about; "" for the poll


@dataclass(frozen=True)
class Audience:
    """Who is invited, and how many may answer. `groups` are the kinds and profiles that have members, as (label, size)."""

    invited: int
    customers: int
    prospects: int
    groups: tuple[tuple[str, int], ...]

    @property
    def expected(self) -> int:
        return round(self.invited * EXPECTED_TURNOUT)

    @property
    def margin(self) -> float:
        """Half the 95 % interval of a share of one half, in points."""
        low, high = wilson(self.expected // 2, self.expected) if self.expected else (0, 1)
        return 50 * (high - low)


def measure(poll: Poll) -> Audience:
    """The audience in figures, in one query."""
    counts = {f"{name}_{group.value}": Count("pk", filter=Q(**{name: group})) for group, name in GROUPS}
    found = audience_of(poll).aggregate(invited=Count("pk"), **counts)
    groups = tuple(
        (str(group.label), found[f"{name}_{group.value}"]) for group, name in GROUPS if found[f"{name}_{group.value}"]
    )
    return Audience(found["invited"], found[f"kind_{Kind.CUSTOMER}"], found[f"kind_{Kind.PROSPECT}"], groups)


def hints_of(poll: Poll, audience: Audience, now: datetime | None = None) -> list[Hint]:
    """For a poll read `with_questions()`: no query."""
    now = now or timezone.now()
    questions = list(poll.questions.all())
    hints = [Hint(code, _said(code, seen), poll.title) for code, seen in leanings_of(poll.title)]
    for question in questions:
        hints += _of_question(question, question.text or poll.title)
    return [*hints, *_of_dates(poll, now), *_of_audience(audience)]


def _said(code: str, seen: str) -> str:
    return str(LEANING[code]) % {"seen": seen}


def _of_question(question: Question, words: str) -> Iterator[Hint]:
    for code, seen in leanings_of(question.text):
        yield Hint(code, _said(code, seen), words)
    options = [(option.text, option.description) for option in question.options.all() if not option.is_other]
    for code, seen in imbalances_of(options):
        if code != "no_way_to_say_no" or question.method in CHOICES:
            yield Hint(code, _said(code, seen), words)
    if question.method == Method.RANKING and len(options) > 7 and not question.blanks:
        yield Hint("long_ranking", _("More than seven options are hard to rank. Let members leave some out."), words)


@cache
def _public_holidays(year: int, region: str) -> dict[date, str]:
    return dict(country_holidays("FR", subdiv=region or None, years=year))


def _of_dates(poll: Poll, now: datetime) -> Iterator[Hint]:
    if not poll.closes_at:
        return
    close, opening = timezone.localtime(poll.closes_at), max(poll.opens_at or now, now)
    if close.date() in _public_holidays(close.year, settings.LAB["HOLIDAYS_REGION"]):
        day = date_format(close, "DATE_FORMAT")
        yield Hint(
            "closes_on_a_holiday", _("It closes on a public holiday, %(day)s. Choose a working day.") % {"day": day}
        )
    if not MORNING <= close.hour < NIGHT:
        yield Hint(
            "closes_at_night", _("It closes at night. Choose an hour of the day: many answer in the last hours.")
        )
    length = poll.closes_at - opening
    if timedelta() < length < timedelta(days=FEWEST_DAYS):
        yield Hint("short", _("Less than three days: who does not come every day will miss it. Leave a week."))
    if length > timedelta(days=MOST_DAYS):
        yield Hint(
            "long", _("More than sixty days: the answer comes late, and members forget. Two or three weeks are enough.")
        )


def _of_audience(audience: Audience) -> Iterator[Hint]:
    least = settings.LAB["SMALLEST_CELL"]
    if audience.invited > 0 and audience.expected < least:
        yield Hint(
            "too_few_for_a_result",
            ngettext(
                "About %(n)d ballot is to be expected: under %(least)d no result is shown. Widen the audience.",
                "About %(n)d ballots are to be expected: under %(least)d no result is shown. Widen the audience.",
                audience.expected,
            ) % {"n": audience.expected, "least": least},
        )  # fmt: skip
        return
    small = [label for label, size in audience.groups if round(size * EXPECTED_TURNOUT) < least]
    if small:
        yield Hint(
            "too_few_in_a_group",
            _(
                "Probably too few answers to show these groups: %(groups)s. Widen the audience, or do without the comparison."
            )
            % {"groups": ", ".join(small)},
        )
