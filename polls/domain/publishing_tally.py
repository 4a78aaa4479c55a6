"""The tally file: every ballot of a poll that is over, under its receipt, so that anyone can recount what was published.

It is streamed ballot by ballot, in the order of receipts that the index (poll, receipt) gives, and stored nowhere: no copy of
the ballots stands outside the database, a hundred thousand take the memory of one batch, and a poll that is over gives the
same file each time. The totals in it are the stored tallies, so that a recount of its ballots checks them.

It holds no name, time, word, kind, segment, age or product. What it must not tell:

- With fewer than `SMALLEST_CELL` ballots there is no file. A question that fewer answered is left out of it.
- Ballots counted apart are listed, not counted, where their kind has `SMALLEST_CELL` of them; else they are nowhere in it.
- Someone who keeps the file of a first close could compare: after a re-opening there is a new file only where at least
  `RESULT_STEP` ballots came in, or none, and as many were changed, or none (`Poll.filed_ballots`, `filed_moves`).
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

from ..models import Ballot, Option, Poll, Question, Tally
from ..permissions import ResultsHidden, can_see_results
from ..recount_alone import FORMAT, canonical
from ..states import BEING_COUNTED, HIGHEST_SCORE, LOWEST_SCORE, POINTS, Apart, Dimension, Key, Method
from .results.publishing import Published, published

BATCH = 2000  # ballots read and written at a time


class NotCounted(DomainError):
    code, status = "tally_not_yet", 409
    message = _("The ballots are published once the poll is closed.")


class TooFewBallots(DomainError):
    code, status = "tally_too_small", 409
    message = _("With fewer than five ballots, the file would tell on someone: it is not published.")


class HeldBack(DomainError):
    code, status = "tally_held_back", 409
    message = _(
        "The poll was opened again and so few ballots came in or changed since that a new file, beside the one of the first close, "
        "would tell on someone: it is not published."
    )


@dataclass(frozen=True)
class TallyFile:
    """What the file is made of. `listed` are the kinds of ballots counted apart that are in it; `withheld` questions are not."""

    poll: Poll
    found: Published
    listed: frozenset[str]
    withheld: frozenset[str]

    @property
    def ballots(self):
        """The ballots of the file, in the order of their receipts."""
        counted = Q(apart__in=["", *self.poll.counts_in, *self.listed])
        return Ballot.objects.filter(counted, poll=self.poll).order_by("receipt")

    def choices_in(self, choices: Mapping) -> dict:
        return {question: kept for question, kept in choices.items() if question not in self.withheld}


def open_tally(poll: Poll, *, by: Any) -> TallyFile:
    """The poll's tally file for this reader, who may be signed out. The poll is read `with_questions()`.

    Raises ResultsHidden, NotCounted, TooFewBallots, HeldBack.
    """
    sight = can_see_results(by, poll)
    if not sight:
        raise ResultsHidden(poll, sight)
    if not poll.is_counted:
        raise NotCounted(BEING_COUNTED if poll.is_over else None)
    counts, found, smallest = _counts(poll), published(poll), settings.LAB["SMALLEST_CELL"]
    if counts.get((Dimension.ALL, "", Key.VOTES), 0) < smallest:
        raise TooFewBallots()
    moves = counts.get((Dimension.ALL, "", Key.MOVES), 0)
    if found.held_back or found.moves != moves or _would_tell(poll, found.ballots, moves):
        raise HeldBack()
    withheld = {one.public_id for one in poll.questions.all() if 0 < found.answered(one.pk) < smallest}
    return TallyFile(poll, found, _listed(poll, counts, smallest), frozenset(withheld))


def _counts(poll: Poll) -> dict[tuple[str, str, str], int]:
    rows = Tally.objects.filter(
        poll=poll, question=None, option=None, dimension__in=[Dimension.ALL, Dimension.APART]
    ).values_list("dimension", "cell", "key", "count")
    return {(dimension, cell, key): count for dimension, cell, key, count in rows}


def _would_tell(poll: Poll, ballots: int, moves: int) -> bool:
    """Whether a file of so many ballots, beside the one that was published before, tells on fewer than a step of people."""
    if poll.filed_moves is None:
        return False
    came = ballots - poll.filed_ballots
    changed = moves - poll.filed_moves - came
    return any(0 < abs(number) < settings.LAB["RESULT_STEP"] for number in (came, changed))


def _listed(poll: Poll, counts: Mapping, smallest: int) -> frozenset[str]:
    """The kinds of `Apart` whose ballots are listed. After a re-opening none: their changes are counted nowhere."""
    if poll.filed_moves is not None:
        return frozenset()
    apart = set(Apart.values) - set(poll.counts_in)
    return frozenset(kind for kind in apart if counts.get((Dimension.APART, kind, Key.VOTES), 0) >= smallest)


def keep_filed(poll: Poll) -> None:
    """Before a closed poll takes ballots again: note of how many ballots and changes its file is. The caller saves the poll."""
    counts = _counts(poll)
    ballots, moves = (counts.get((Dimension.ALL, "", key), 0) for key in (Key.VOTES, Key.MOVES))
    if ballots >= settings.LAB["SMALLEST_CELL"] and not _would_tell(poll, ballots, moves):
        poll.filed_ballots, poll.filed_moves = ballots, moves


# Writing


def lines_of_file(tally: TallyFile) -> Iterator[bytes]:
    """The file in pieces: a ballot to a line, then the rest in one, the SHA-256 of all of it last.

    The fingerprint is of the same JSON without it and without line ends (`recount_alone.canonical`).
    """
    fingerprint, rest = hashlib.sha256(b'{"ballots":['), canonical(_rest(tally))[1:-1]
    yield b'{"ballots":['
    first = True
    for batch in _batches(tally):
        lines = [canonical(ballot) for ballot in batch]
        fingerprint.update((b"" if first else b",") + b",".join(lines))
        yield (b"\n" if first else b",\n") + b",\n".join(lines)
        first = False
    fingerprint.update(b"]," + rest + b"}")
    yield b"\n]," + rest + b',"sha256":"' + fingerprint.hexdigest().encode() + b'"}\n'


def _batches(tally: TallyFile) -> Iterator[list[dict]]:
    counted, batch = {"", *tally.poll.counts_in}, []
    rows = tally.ballots.values_list("receipt", "choices", "apart")
    for receipt, choices, apart in rows.iterator(chunk_size=BATCH):
        batch.append({"choices": tally.choices_in(choices), "counted": apart in counted, "receipt": receipt})
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _rest(tally: TallyFile) -> dict:
    """All but the ballots; the keys come after “ballots” and before “sha256” in the alphabet."""
    poll = tally.poll
    questions = list(poll.questions.all())
    return {
        "format": FORMAT,
        "poll": {
            "id": poll.public_id, "title": poll.title, "closed_at": poll.closes_at.isoformat(),
            "confidential": poll.confidential, "sealed": poll.sealed,
        },
        "questions": [_asked(tally, question) for question in questions],
        "rules": {
            "smallest_group": settings.LAB["SMALLEST_CELL"], "scores": [LOWEST_SCORE, HIGHEST_SCORE], "points": POINTS,
            "conditions_hidden": bool(tally.withheld),
        },
        "totals": {
            "ballots": tally.found.ballots,
            "questions": {
                question.public_id: _totals(tally.found, question)
                for question in questions
                if question.public_id not in tally.withheld
            },
        },
    }  # fmt: skip


def _asked(tally: TallyFile, question: Question) -> dict:
    return {
        "id": question.public_id, "text": question.text or tally.poll.title, "method": question.method,
        "required": question.required, "max_choices": question.most, "ties": question.ties, "blanks": question.blanks,
        "only_if": list(question.conditions), "withheld": question.public_id in tally.withheld,
        "criteria": question.weighs_criteria,
        "options": [
            {"id": option.public_id, "text": option.text, "is_other": option.is_other} for option in question.options.all()
        ],
    }  # fmt: skip


def _totals(found: Published, question: Question) -> dict:
    options = list(question.options.all())
    return {
        "answers": found.answered(question.pk),
        "options": {option.public_id: _total(found, question, option, options) for option in options},
    }


def _total(found: Published, question: Question, option: Option, options: list[Option]) -> dict:
    """The stored counts of an option, under the names that `recount_alone` gives them."""

    def count(key: str) -> int:
        return found.votes(question.pk, option.pk, key)

    over = {other.public_id: count(Key.over(other.pk)) for other in options if other.pk != option.pk}
    more: dict[str, Any] = {}
    if question.method == Method.RANKING:
        more = {"first": count(Key.FIRST), "over": over}
    elif question.method == Method.SCORE:
        scores = range(LOWEST_SCORE, HIGHEST_SCORE + 1)
        more = {"scores": {str(score): count(str(score)) for score in scores}, "over": over}
    elif question.method == Method.POINTS:
        more = {"sum": count(Key.SUM), "squares": count(Key.SQUARES)}
    return {"votes": count(Key.VOTES), **more}


# Finding one's ballot


def find_ballot(tally: TallyFile, code: str) -> dict | None:
    """The choices filed under a receipt in the file, by question; None for any code that is not in it, whatever it may be.

    One query, for a code that was mistyped too.
    """
    kept = tally.ballots.filter(receipt=tidy(code)).values_list("choices", "apart").first()
    if kept is None:
        return None
    counted = not kept[1] or kept[1] in tally.poll.counts_in
    return {"choices": tally.choices_in(kept[0]), "counted": counted}


def tidy(code: str) -> str:
    """A receipt as it is filed, however it was typed: `7q4k 2m9a3f` is `7Q4K-2M9A-3F`."""
    plain = "".join(letter for letter in code.upper() if letter.isascii() and letter.isalnum())[:10]
    return f"{plain[:4]}-{plain[4:8]}-{plain[8:]}"
