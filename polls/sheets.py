"""A ballot on paper: what the form of a page sends, read as answers; and what the form shows, ready for its template.

Fields are named by kind and ids, which hold no dash: `options` or `options-Q` (choices), `rank-Q-O`, `score-Q-O`, `points-Q-O`,
`other-Q`, `comment-Q`, with Q a question's public id and O an option's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.shield import SECRET_KINDS, mask
from core.text import whole
from core.words import ordinal

from .domain.answering import Answer
from .domain.ordering import in_order_for
from .domain.standing import Standing
from .models import Option, Poll, Question
from .states import POINTS, Method

NO_OPINION = "0"  # of a score: the radio button that gives none
WORDS = ("other-", "comment-")  # fields in one's own words


@dataclass
class Typed:
    """A ballot as it was typed, right or wrong, by the names of its fields."""

    values: dict[str, list[str]] = field(default_factory=dict)

    @classmethod
    def read(cls, sent: Any) -> "Typed":
        """From a QueryDict; a bare `options` says choices of any question."""
        kept = ("options", "rank-", "score-", "points-", *WORDS)
        return cls({name: sent.getlist(name) for name in sent if name.startswith(kept)})

    @property
    def chosen(self) -> list[str]:
        said = (ids for name, ids in self.values.items() if name.partition("-")[0] == "options")
        return [one for ids in said for one in ids if one]  # "": the button that answers nothing

    def is_left_out(self, question: str) -> bool:
        """Whether the button that answers nothing is pressed: words under “other” are then no answer."""
        return any("" in self.values.get(name, ()) for name in ("options", f"options-{question}"))

    @property
    def without_words(self) -> dict[str, list[str]]:
        return {name: said for name, said in self.values.items() if not name.startswith(WORDS)}

    @property
    def masked(self) -> "Typed":
        """To be shown again: no private number in one's own words comes back on a page."""
        return Typed(
            {
                name: [mask(one, SECRET_KINDS) for one in said] if name.startswith(WORDS) else said
                for name, said in self.values.items()
            }
        )

    def text(self, name: str) -> str:
        return next(iter(self.values.get(name, [])), "")

    def by_option(self, kind: str, question: str) -> dict[str, str]:
        start = f"{kind}-{question}-"
        return {name[len(start) :]: self.text(name) for name in self.values if name.startswith(start)}

    def __bool__(self) -> bool:
        return bool(self.values)


def answers_in(typed: Typed, poll: Poll) -> dict[str, Answer]:
    """The answers typed, for a poll read `with_questions()`. What is no number is sent on as one that no rule takes."""
    homes = {
        option.public_id: question.public_id for question in poll.questions.all() for option in question.options.all()
    }
    chosen: dict[str, list[str]] = {}
    for option in typed.chosen:
        # An option of another poll goes to the first question, which refuses it in its own words.
        home = homes.get(option) or next(iter(homes.values()), "")
        chosen.setdefault(home, []).append(option)
    return {
        question.public_id: Answer(
            options=chosen.get(question.public_id, []), ranks=_ranks(typed, question), numbers=_numbers(typed, question),
            other="" if typed.is_left_out(question.public_id) else typed.text(f"other-{question.public_id}"),
            comment=typed.text(f"comment-{question.public_id}"),
        )
        for question in poll.questions.all()
    }  # fmt: skip


def _ranks(typed: Typed, question: Question) -> list[list[str]]:
    places: dict[int, list[str]] = {}
    for option, place in typed.by_option("rank", question.public_id).items():
        if place.isascii() and place.isdigit() and len(place) < 4:
            places.setdefault(int(place), []).append(option)
    return [places[place] for place in sorted(places)]


def _numbers(typed: Typed, question: Question) -> dict[str, int]:
    if question.method == Method.SCORE:
        sent = typed.by_option("score", question.public_id)
        return {option: _number(score) for option, score in sent.items() if score not in ("", NO_OPINION)}
    if question.method == Method.POINTS:
        return {
            option: _number(points)
            for option, points in typed.by_option("points", question.public_id).items()
            if points
        }
    return {}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1


@dataclass(frozen=True)
class Row:
    """An option on the sheet: chosen or not, its rank ("" for none), its score or points ("" for none).

    `leads` are the places of the questions that are put to who chooses it, as `Sheet.needs` counts them. `blank`: it may be left
    without an answer, as “other” always may, and a score given to it by a slip can be taken back.
    """

    option: Option
    chosen: bool
    place: str
    number: str
    leads: str = ""
    blank: bool = False

    @property
    def value(self) -> str:
        return self.option.public_id

    @property
    def title(self) -> str:
        return self.option.text

    @property
    def text(self) -> str:
        return self.option.description

    @property
    def rank(self) -> int | None:
        return whole(self.place)

    @property
    def points(self) -> int | str:
        number = whole(self.number)
        return self.number if number is None else number

    @property
    def score(self) -> int | None:
        return whole(self.number)


@dataclass(frozen=True)
class Sheet:
    """A question on the sheet. `conditions` are the options of earlier questions that lead to it.

    `needs` are places of questions, its own among them: an option that leads to each of them has to be chosen for it to be put.
    The style sheet reads them against `Row.leads` (ballot.css).
    """

    question: Question
    rows: list[Row]
    other: str
    comment: str
    conditions: list[Option]
    field: str  # the name of its choices' fields
    wrong: str = ""  # why its answer was not taken
    needs: str = ""

    @property
    def places(self) -> range:
        return range(1, len(self.rows) + 1)

    @property
    def points_left(self) -> int:
        return POINTS - sum(whole(row.number) or 0 for row in self.rows)

    @property
    def other_row(self) -> Row | None:
        return next((row for row in self.rows if row.option.is_other), None)

    @property
    def is_one_tap(self) -> bool:
        """Whether a tap on an option is the whole answer."""
        question = self.question
        return question.method == Method.SINGLE and not question.comments and self.other_row is None


def sheets_of(
    user: Any, poll: Poll, standing: Standing, typed: Typed, wrong: Mapping[str, str] | None = None
) -> list[Sheet]:
    """The questions as this user reads them, filled in with what was typed, or with their ballot. `wrong`: refusals by question."""
    typed = typed or _as_typed(standing.choices, standing.words, poll)
    questions = list(poll.questions.all())
    options = {option.public_id: option for question in questions for option in question.options.all()}
    leads, needs = _paths(questions, options)
    return [
        Sheet(
            question, _rows(user, question, typed, leads), typed.text(f"other-{question.public_id}"),
            typed.text(f"comment-{question.public_id}"),
            [options[one] for one in question.conditions if one in options],
            "options" if len(questions) == 1 else f"options-{question.public_id}", (wrong or {}).get(question.public_id, ""),
            needs.get(question.pk, ""),
        )
        for question in questions
    ]  # fmt: skip


def _paths(questions: list[Question], options: dict[str, Option]) -> tuple[dict[str, str], dict[int, str]]:
    """What leads where: ({option's public id: `Row.leads`}, {question's key: `Sheet.needs`}).

    Where all that leads to a question stands in one other question, what that one needs is needed too.
    """
    leads: dict[str, list[str]] = {}
    needs: dict[int, list[str]] = {}
    for place, question in enumerate(questions, 1):
        conditions = [options[one] for one in question.conditions if one in options]
        for option in conditions:
            leads.setdefault(option.public_id, []).append(str(place))
        homes = {option.question_id for option in conditions}
        if homes:
            before = needs.get(homes.pop(), []) if len(homes) == 1 else []
            needs[question.pk] = [str(place), *before]
    return {one: " ".join(said) for one, said in leads.items()}, {one: " ".join(said) for one, said in needs.items()}


def _rows(user: Any, question: Question, typed: Typed, leads: Mapping[str, str]) -> list[Row]:
    options, key = in_order_for(user, question), question.public_id
    chosen, places = set(typed.chosen), typed.by_option("rank", key)
    kind = "score" if question.method == Method.SCORE else "points"
    numbers = typed.by_option(kind, key)
    if question.method == Method.RANKING:
        read = {one: whole(place) for one, place in places.items()}  # nothing is ranked to begin with
        options.sort(key=lambda option: 999 if (place := read.get(option.public_id)) is None else place)
    return [
        Row(
            one, one.public_id in chosen, places.get(one.public_id, ""), numbers.get(one.public_id, ""),
            leads.get(one.public_id, ""), question.blanks or one.is_other,
        )
        for one in options
    ]  # fmt: skip


def _as_typed(choices: Mapping, words: Mapping, poll: Poll) -> Typed:
    """A ballot as the form would have sent it."""
    values: dict[str, list[str]] = {}
    for question in poll.questions.all():
        key, kept = question.public_id, choices.get(question.public_id)
        for name in ("other", "comment"):
            if said := words.get(key, {}).get(name):
                values[f"{name}-{key}"] = [said]
        if not kept:
            continue
        if question.method == Method.RANKING:
            values |= _placed(question, kept)
        elif question.method == Method.SCORE:
            values |= {f"score-{key}-{option}": [str(score)] for option, score in kept.items()}
        elif question.method == Method.POINTS:
            values |= {f"points-{key}-{option}": [str(points)] for option, points in kept.items()}
        else:
            values[f"options-{key}"] = list(kept)
    return Typed(values)


def _placed(question: Question, kept: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    places = {option: str(place) for place, rank in enumerate(kept, 1) for option in rank}
    return {
        f"rank-{question.public_id}-{option.public_id}": [places.get(option.public_id, "")]
        for option in question.options.all()
    }


def lines_of(question: Question, kept: Any) -> list[str]:
    """An answer as its voter reads it again, a line for each option or rank; none for a question that was left out."""
    if not kept:
        return []
    names = {option.public_id: option.text for option in question.options.all()}
    if question.method == Method.RANKING:
        ranks = (", ".join(names.get(option, "") for option in rank) for rank in kept)
        return [_("%(place)d. %(option)s") % {"place": place, "option": said} for place, said in enumerate(ranks, 1)]
    if question.method == Method.SCORE:
        return [
            _("%(option)s: %(score)d out of 5") % {"option": names[one], "score": score}
            for one, score in kept.items()
            if one in names
        ]
    if question.method == Method.POINTS:
        said = ((names[one], points) for one, points in kept.items() if one in names)
        return [
            ngettext("%(option)s: %(n)d point", "%(option)s: %(n)d points", points) % {"option": name, "n": points}
            for name, points in said
        ]
    return [names[option] for option in kept if option in names]


def words_of(question: Question, words: Mapping[str, Mapping[str, str]]) -> list[str]:
    """What a voter wrote at this question: under “other”, then the comment."""
    said = words.get(question.public_id, {})
    return [said[part] for part in ("other", "comment") if said.get(part)]


def mark_of(question: Question, kept: Any, option: Option) -> str:
    """What one's own answer gave this option, for a tag beside its result; empty, where it gave nothing."""
    key = option.public_id
    if question.method == Method.RANKING:
        place = next((place for place, rank in enumerate(kept, 1) if key in rank), 0)
        return _("You: %(rank)s") % {"rank": ordinal(place)} if place else ""
    if question.method == Method.SCORE:
        return _("You: %(score)d out of 5") % {"score": kept[key]} if key in kept else ""
    if question.method == Method.POINTS:
        points = kept.get(key, 0)
        return ngettext("You: %(n)d point", "You: %(n)d points", points) % {"n": points} if points else ""
    return _("Your choice") if key in kept else ""
