"""What voters wrote on their ballots, read by the team without a name: the texts of “other” and the free comments.

A text is read by itself: beside it stands neither a choice nor another text of the same ballot, and texts come in the order of
marks made from the texts under the ballots' secret, by poll and question, which is no order of ballots. The same words of several
voters are one text, with how often it was written.

The rules are those of the results, as a text says more than a figure:

- only where `can_see_results` lets the reader see the result, and after the close alone, as counts by group: read while ballots
  come in, the text that is new would be that of whoever has just voted;
- only of questions that `SMALLEST_CELL` ballots of the published table answered;
- without the ballots counted apart;
- of a poll that was opened again, not while its published table is behind its ballots: the texts of the first close may have been
  read, and the few that came since would be those that differ.
"""

import hmac
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.cursors import bad_cursor
from core.errors import DomainError, Invalid, NotAllowed, require

from ..models import Ballot, Option, Poll, Question, sealed_mark
from ..permissions import ResultsHidden, can_read_studio, can_see_results
from ..states import BEING_COUNTED
from .results.publishing import published

OTHER, COMMENT = "other", "comment"
PARTS = (OTHER, COMMENT)
SIZE, ROOM = 50, 8  # texts to a page; pages of texts held in memory while the ballots pass by
CURSOR = re.compile(r"(b?)([0-9]{1,3})\.([0-9a-f]{64})")  # b: what comes before that place, else what comes after
Place = tuple[int, str]  # section, mark


class WordsHidden(NotAllowed):
    code, status = "words_hidden", 403
    message = _("Words are read after the close: before, each new one would tell who has just voted.")


class WordsHeldBack(DomainError):
    code, status = "words_held_back", 409
    message = _(
        "This poll was opened again, and so little came or changed since that the words of its first close and those of today "
        "would differ by a few people’s: they are not shown."
    )


@dataclass
class Section:
    """What may be written at one question: `other`, beside the option `option`, or `comment`. `texts`: how many were written.

    `withheld`: too few ballots answered the question, and nothing of it is read.
    """

    question: Question
    part: str
    option: Option | None
    withheld: bool
    texts: int = 0


@dataclass
class Text:
    section: Section
    text: str
    times: int = 1  # how many voters wrote it, letter by letter


@dataclass(frozen=True)
class Words:
    sections: list[Section]
    texts: list[Text]
    next: str | None
    previous: str | None = None


def asks_for_words(poll: Poll) -> bool:
    """Whether a ballot of this poll, read `with_questions()`, has room for words."""
    return bool(_rooms(poll))


def read_words(poll: Poll, *, by: Any, question: str = "", cursor: str = "", size: int = SIZE) -> Words:
    """A page of the words of a poll read `with_questions()`, of one of its questions alone where its public id is given. Two
    queries, however many texts.

    Raises NotAllowed, ResultsHidden, WordsHidden, WordsHeldBack, and Invalid (`unknown_question`, `bad_cursor`).
    """
    sections = _sections(poll, by)
    asked = {number for number, one in enumerate(sections) if question in ("", one.question.public_id)}
    known = question in ("", *(one.public_id for one in poll.questions.all()))
    require(known, Invalid(_("This question is not part of the poll."), code="unknown_question", field="question"))
    backwards, here = _place(cursor)
    found = _gather(poll, sections, asked, here, backwards=backwards, most=size + 1)
    places = sorted(found)
    more, places = len(places) > size, places[-size:] if backwards else places[:size]
    has_next, has_previous = (True, more) if backwards else (more, bool(cursor))
    return Words(
        sections, [found[place] for place in places],
        "{}.{}".format(*places[-1]) if places and has_next else None,
        "b{}.{}".format(*places[0]) if places and has_previous else None,
    )  # fmt: skip


def all_words(poll: Poll, *, by: Any) -> list[Text]:
    """All of them, for a file. Raises as `read_words`."""
    sections = _sections(poll, by)
    found = _gather(poll, sections, set(range(len(sections))))
    return [found[place] for place in sorted(found)]


def _rooms(poll: Poll) -> list[tuple[Question, str, Option | None]]:
    rooms: list[tuple[Question, str, Option | None]] = []
    for question in poll.questions.all():
        other = next((option for option in question.options.all() if option.is_other), None)
        if other:
            rooms.append((question, OTHER, other))
        if question.comments:
            rooms.append((question, COMMENT, None))
    return rooms


def _sections(poll: Poll, by: Any) -> list[Section]:
    require(can_read_studio(by))
    sight = can_see_results(by, poll)
    if not sight:
        raise ResultsHidden(poll, sight)
    if not poll.is_counted:
        raise WordsHidden(BEING_COUNTED if poll.is_over else None, extra={"appears_at": poll.closes_at})
    found, smallest = published(poll), settings.LAB["SMALLEST_CELL"]
    if found.behind:
        raise WordsHeldBack()
    return [
        Section(question, part, option, withheld=found.answered(question.pk) < smallest)
        for question, part, option in _rooms(poll)
    ]


def _place(cursor: str) -> tuple[bool, Place | None]:
    """Whether the page lies before the place, and the place; none for the first page."""
    if not cursor:
        return False, None
    read = CURSOR.fullmatch(cursor)
    if read is None:
        raise bad_cursor()
    return bool(read[1]), (int(read[2]), read[3])


def _gather(
    poll: Poll,
    sections: Sequence[Section],
    asked: set[int],
    here: Place | None = None,
    *,
    backwards: bool = False,
    most: int = 0,
) -> dict[Place, Text]:
    """The texts of the sections `asked` by their place, the `most` that come after `here` (`backwards`: before it) among them; all,
    without `most`. Counts those of every section on the way. One query, none where nothing may be read.

    The order is in no column, so all ballots with words pass by; what lies behind the page is let go, lest it fill the memory.
    """
    found: dict[Place, Text] = {}
    keys = {
        number: bytes.fromhex(sealed_mark("words", poll.public_id, one.question.public_id, one.part))
        for number, one in enumerate(sections)
        if not one.withheld
    }
    if not keys:
        return found
    texts: Counter[int] = Counter()
    edge: Place | None = None  # what lies behind it is not of the page

    def beyond(one: Place, other: Place) -> bool:
        return one < other if backwards else one > other

    rows = Ballot.objects.filter(poll=poll).counted(poll.counts_in).exclude(words={}).order_by()
    for words in rows.values_list("words", flat=True).iterator(chunk_size=2000):
        for number, key in keys.items():
            section = sections[number]
            text = words.get(section.question.public_id, {}).get(section.part, "")
            if not text:
                continue
            texts[number] += 1
            if number not in asked:
                continue
            place = (number, hmac.digest(key, text.encode(), "sha256").hex())
            if (here and not beyond(place, here)) or (edge and beyond(place, edge)):
                continue
            if place in found:
                found[place].times += 1
            else:
                found[place] = Text(section, text)
        if most and len(found) > ROOM * most:
            kept = sorted(found, reverse=backwards)[:most]
            edge, found = kept[-1], {place: found[place] for place in kept}
    for number, n in texts.items():
        sections[number].texts = n
    return found
