"""The questions of the editor as rows: made of a poll, or read from what was sent, then moved by its buttons.

Fields are named `q-2-text`, `q-2-o-0-text`. An option's `key` is its public id once it is saved, and a word of chance before,
so that an “only if” can point at an option that was only just typed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any

from django.utils.translation import gettext as _

from ..domain.opening import FEWEST
from ..domain.writing import MOST_OPTIONS, MOST_QUESTIONS
from ..models import Option, Poll, Question
from ..states import CHOICES, Drawing, Method

BLANK_OPTIONS = 3  # of a question that has none yet
MOST_CONDITIONS = 12


@dataclass
class OptionRow:
    key: str = ""
    text: str = ""
    description: str = ""
    drawing: str = ""
    image: Any = None
    drop_image: bool = False
    image_url: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = self.key or token_hex(5)

    @property
    def has_picture(self) -> bool:
        """Whether the part of the form for a picture or a drawing stands open."""
        return bool(self.image_url or self.drawing or "image" in self.errors)

    def told(self) -> dict[str, Any]:
        return {
            "id": self.key, "key": self.key, "text": self.text, "description": self.description, "drawing": self.drawing,
            "image": self.image, "drop_image": self.drop_image,
        }  # fmt: skip


@dataclass
class QuestionRow:
    id: str = ""
    text: str = ""
    method: str = Method.SINGLE.value
    max_choices: str = ""
    required: bool = True
    shuffled: bool = True
    ties: bool = False
    blanks: bool = False
    comments: bool = False
    only_if: list[str] = field(default_factory=list)
    image: Any = None
    drop_image: bool = False
    image_url: str = ""
    image_alt: str = ""
    other: bool = False
    other_key: str = ""
    other_text: str = ""
    options: list[OptionRow] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    sources: list[tuple[str, str]] = field(default_factory=list)  # (key, words) an “only if” may name

    def __post_init__(self) -> None:
        self.other_key = self.other_key or token_hex(5)

    @property
    def conditions(self) -> Iterator[str]:
        """What its selects show: each condition, and an empty one to add another."""
        yield from self.only_if
        if len(self.only_if) < MOST_CONDITIONS:
            yield ""

    @property
    def has_picture(self) -> bool:
        return bool(self.image_url or self.image_alt or {"image", "image_alt"} & set(self.errors))

    @property
    def written(self) -> list[OptionRow]:
        return [row for row in self.options if row.text]

    def told(self) -> dict[str, Any]:
        """The question as `write_poll` takes it."""
        names = (
            "id", "text", "method", "required", "shuffled", "ties", "blanks", "comments", "only_if", "image", "drop_image",
            "image_alt",
        )  # fmt: skip
        told = {name: getattr(self, name) for name in names}
        told["max_choices"] = int(self.max_choices) if self.max_choices else None
        told["options"] = [row.told() for row in self.written]
        if self.other:
            words = self.other_text or _("Other")
            told["options"].append({"id": self.other_key, "key": self.other_key, "text": words, "is_other": True})
        return told

    def with_blanks(self, more: int = 0) -> "QuestionRow":
        """Empty lines to type in: where there are too few options to answer with, and where one was asked for."""
        lacking = BLANK_OPTIONS - len(self.options) if len(self.options) < FEWEST.get(self.method, 2) else 0
        free = MOST_OPTIONS - self.other - len(self.options)
        self.options += [OptionRow() for _number in range(max(0, min(max(lacking, more), free)))]
        return self


def rows_of(poll: Poll | None, more_for: str = "") -> list[QuestionRow]:
    """The poll's questions as rows; `more_for` is the public id of a question that wants an empty line."""
    rows = [_row_of(question).with_blanks(question.public_id == more_for) for question in _questions_of(poll)]
    return with_sources(rows or [QuestionRow().with_blanks()])


def _questions_of(poll: Poll | None) -> list[Question]:
    return list(poll.questions.all()) if poll else []


def _row_of(question: Question) -> QuestionRow:
    options = list(question.options.all())
    other = next((option for option in options if option.is_other), None)
    flags = ("required", "shuffled", "ties", "blanks", "comments", "image_alt", "text", "method")
    return QuestionRow(
        id=question.public_id, max_choices=str(question.max_choices or ""), only_if=list(question.conditions),
        image_url=_url(question), other=other is not None, other_key=other.public_id if other else "",
        other_text=other.text if other else "",
        options=[
            OptionRow(
                key=option.public_id, text=option.text, description=option.description, drawing=option.drawing,
                image_url=_url(option),
            )
            for option in options
            if not option.is_other
        ],
        **{name: getattr(question, name) for name in flags},
    )  # fmt: skip


def _url(row: Question | Option) -> str:
    return row.image.url if row.image else ""


def rows_sent(sent: Mapping, files: Mapping, poll: Poll | None = None) -> list[QuestionRow]:
    """The questions as they were sent, moved, added to or cut as the button that was pressed says."""
    pictures = {
        row.public_id: _url(row)
        for question in _questions_of(poll)
        for row in (question, *question.options.all())
        if row.image
    }
    count = _count(sent.get("questions"), MOST_QUESTIONS)
    rows = [_row_sent(sent, files, number, pictures) for number in range(count)]
    return with_sources(_pressed(rows, str(sent.get("do", ""))))


def _row_sent(sent: Any, files: Mapping, number: int, pictures: Mapping[str, str]) -> QuestionRow:
    start = f"q-{number}-"
    get = lambda name: sent.get(start + name, "").strip()  # noqa: E731
    flags = ("required", "shuffled", "ties", "blanks", "comments", "drop_image", "other")
    words = ("id", "text", "max_choices", "image_alt", "other_text")
    row = QuestionRow(
        method=get("method") or Method.SINGLE.value, other_key=_key(get("other_key")),
        only_if=list(dict.fromkeys(_key(one) for one in sent.getlist(start + "only_if") if one))[:MOST_CONDITIONS],
        image=files.get(start + "image"), image_url=pictures.get(get("id"), ""),
        options=[
            _option_sent(sent, files, f"{start}o-{at}-", pictures)
            for at in range(_count(sent.get(start + "rows"), MOST_OPTIONS))
        ],
        **{name: bool(get(name)) for name in flags},
        **{name: get(name) for name in words},
    )  # fmt: skip
    if row.max_choices and not (row.max_choices.isascii() and row.max_choices.isdigit() and len(row.max_choices) < 4):
        row.errors["max_choices"] = _("Write a whole number, 2 or more, or leave it empty.")
    return row


def _option_sent(sent: Any, files: Mapping, start: str, pictures: Mapping[str, str]) -> OptionRow:
    get = lambda name: sent.get(start + name, "").strip()  # noqa: E731
    return OptionRow(
        key=_key(get("key")), text=get("text"), description=get("description"),
        drawing=get("drawing") if get("drawing") in Drawing.values else "", image=files.get(start + "image"),
        drop_image=bool(get("drop_image")), image_url=pictures.get(get("key"), ""),
    )  # fmt: skip


def _key(sent: str) -> str:
    return sent if sent.isascii() and sent.isalnum() and len(sent) <= 20 else ""


def _count(sent: Any, most: int) -> int:
    """How many rows are read: one above the most is enough to be refused."""
    text = str(sent or "0")
    return min(int(text), most + 1) if text.isascii() and text.isdigit() and len(text) < 4 else 0


def _pressed(rows: list[QuestionRow], button: str) -> list[QuestionRow]:
    """`add-question`, `up-1`, `down-1`, `drop-1` of questions; `more-1`, `up-1-0`, `down-1-0`, `drop-1-0` of options."""
    verb, *places = button.split("-")
    if button == "add-question":
        return [*rows, QuestionRow()]
    if not all(place.isascii() and place.isdigit() and len(place) < 4 for place in places) or not places:
        return rows
    if int(places[0]) >= len(rows):
        return rows
    if verb == "more":
        rows[int(places[0])].options.append(OptionRow())
    elif len(places) == 1:
        _move(rows, int(places[0]), verb)
    elif int(places[1]) < len(rows[int(places[0])].options):
        _move(rows[int(places[0])].options, int(places[1]), verb)
    if verb == "drop":
        _forget_conditions(rows)
    return rows


def _move(rows: list, place: int, verb: str) -> None:
    if verb in ("up", "down", "drop"):
        row = rows.pop(place)
        if verb != "drop":
            rows.insert(max(0, place + (-1 if verb == "up" else 1)), row)


def _forget_conditions(rows: Sequence[QuestionRow]) -> None:
    """An “only if” on an option that was just removed goes with it."""
    left = {key for row in rows for key, _words in _sources(row)}
    for row in rows:
        row.only_if = [key for key in row.only_if if key in left]


def _sources(row: QuestionRow) -> list[tuple[str, str]]:
    named = [(option.key, option.text) for option in row.written]
    return [*named, (row.other_key, row.other_text or _("Other"))] if row.other else named


def with_sources(rows: list[QuestionRow]) -> list[QuestionRow]:
    """What each “only if” may name: options of the choice questions before it, and what it names already."""
    everything = {key: words for row in rows for key, words in _sources(row)}
    before: list[tuple[str, str]] = []
    for row in rows:
        known = {key for key, _words in before}
        row.sources = [*before, *((key, everything[key]) for key in row.only_if if key in everything.keys() - known)]
        if row.method in CHOICES:
            before = [*before, *_sources(row)]
    return rows
