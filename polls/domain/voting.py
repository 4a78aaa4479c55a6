"""Casting a ballot: one per member, changed until the close unless sealed, never late."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count, F, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotFound, NotSignedIn, require
from core.events import publish
from members.models import Member
from members.permissions import require_taking_part

from ..events import BallotCast
from ..models import Ballot, Option, Participation, Poll, Question, Tally, voter_key
from ..permissions import Closed, Sealed, can_see, refusal_to_vote
from ..states import EVERYONE, Apart, Dimension, Key, State
from .answering import Answer, answers_of
from .bursts import set_burst_apart, young_of_late
from .filling import Filled, fill
from .mixing import unmix
from .pacing import require_pace_of_changes
from .tallying import cells_of, counts_of, move, slots_of


@dataclass(frozen=True)
class Receipt:
    """What the voter gets back. `code` finds the ballot in the published tally, without a name."""

    code: str
    options: tuple[str, ...]  # public ids of all options the ballot speaks of, in the poll's order
    poll: Poll
    changed: bool


class AlreadyVoted(DomainError):
    code, status = "already_voted", 409
    message = _("You have already voted in this poll.")


@dataclass(frozen=True)
class Sheet:
    """The poll's questions with their options, the ballot this member may already have, how busy new accounts are, and how many
    ballots came in since the totals that wait to be published: of all, and of the kind this one is if it is counted apart."""

    questions: list[Question]
    options: list[Option]
    mine: tuple[str, dict, dict] | None  # receipt, choices, words
    young_of_late: int
    behind: int
    behind_apart: int = 0


def cast_ballot(
    poll_id: str,
    options: Sequence[str] = (),
    *,
    answers: Mapping[str, Answer] | None = None,
    by: Member,
    again: bool = False,
) -> Receipt:
    """Put this member's ballot in, or change it; the same ballot again is no change and the same receipt.

    `answers` is {question's public id: Answer}. A poll of choices alone may be sent the bare `options`. Ids are public ids. The
    clock is read after the poll's row is locked, so that a ballot that waited for the lock while the poll closed is late.
    `again`: this very ballot was put in before, and its receipt is asked for anew; nothing changes, whatever came since, the close
    included.
    Raises Closed, NotOpen, NotInAudience, Sealed, TooMany, PrivateData, and Invalid with the code of what is wrong in an answer
    (`unknown_option`, `too_many_options`, `no_option`, `incomplete_ranking`, `bad_points_total` …).
    """
    require(by.is_authenticated, NotSignedIn(_("Sign in to answer: one member, one ballot.")))
    require_taking_part(by)
    try:
        with transaction.atomic():
            return _cast(poll_id, options, answers, by, again)
    except IntegrityError as error:
        # The lock leaves one way here: this member took part, and the key the ballot was filed under is gone.
        raise AlreadyVoted() from error


def _cast(
    poll_id: str, chosen: Sequence[str], answers: Mapping[str, Answer] | None, by: Member, again: bool
) -> Receipt:
    poll = Poll.objects.select_for_update().filter(public_id=poll_id).exclude(state=State.DRAFT).first()
    if poll is None or not can_see(by, poll):
        raise NotFound()
    now = timezone.now()
    refusal = refusal_to_vote(by, poll, now)
    if refusal and not again:
        raise _too_late(poll, by) if isinstance(refusal, Closed) else refusal
    key = voter_key(poll, by)
    sheet = _sheet(poll, key, now, by)
    if answers is None:
        answers = answers_of(sheet.questions, sheet.options, chosen)
    filled = fill(sheet.questions, answers)
    if again and sheet.mine:
        return Receipt(sheet.mine[0], filled.options, poll, changed=False)
    if refusal:
        raise refusal
    if sheet.mine:
        return _change(poll, sheet, key, filled, by)
    return _put_in(poll, sheet, key, filled, by, now)


def _too_late(poll: Poll, by: Member) -> Closed:
    if poll.participations.filter(member=by).exists():
        return Closed(_("The poll is closed: this ballot came too late. The one you put in before stands."))
    return Closed(_("The poll is closed: your ballot came too late. It was not counted, and we have not kept it."))


def _sheet(poll: Poll, key: str, now: datetime, by: Member) -> Sheet:
    """All a ballot needs to be read, in one query, after the lock. Young accounts are counted for a young account alone."""
    mine = Ballot.objects.filter(voter_key=OuterRef("my_key"))
    rows = list(
        Option.objects.filter(question__poll=poll)
        .select_related("question")
        .annotate(my_key=Value(key))
        .annotate(
            my_receipt=Subquery(mine.values("receipt")),
            my_choices=Subquery(mine.values("choices")),
            my_words=Subquery(mine.values("words")),
            young=_number_of_young(poll, now) if _is_young(by, now) else Value(0),
            behind=_not_yet_waiting(poll, Dimension.ALL, EVERYONE),
            behind_apart=_not_yet_waiting(poll, Dimension.APART, kind)
            if (kind := _kind_if_apart(by, now))
            else Value(0),
        )
        .order_by("question__position", "question_id", "position", "id")
    )
    questions: dict[int, Question] = {}
    by_question: dict[int, list[Option]] = {}
    for option in rows:
        option.question.poll = poll
        question = questions.setdefault(option.question_id, option.question)
        option.question = question
        by_question.setdefault(question.pk, []).append(option)
    for pk, question in questions.items():
        question._prefetched_objects_cache = {"options": by_question[pk]}
    if not rows:
        return Sheet([], [], None, 0, 0)
    first = rows[0]
    own = (first.my_receipt, first.my_choices, first.my_words or {}) if first.my_receipt else None
    return Sheet(list(questions.values()), rows, own, first.young, first.behind, first.behind_apart)


def _is_young(member: Member, now: datetime) -> bool:
    return now - member.date_joined < timedelta(days=settings.LAB["BURST_ACCOUNT_DAYS"])


def _number_of_young(poll: Poll, now: datetime):
    """How many accounts that were young then took part in the last hours: a burst shows in that."""
    found = young_of_late(poll, now).values("poll").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def _not_yet_waiting(poll: Poll, dimension: str, cell: str):
    """How many ballots of a cell came in since its totals that wait to be published."""
    found = Tally.objects.filter(
        poll=poll, question=None, option=None, dimension=dimension, cell=cell, key=Key.VOTES
    ).values(n=F("count") - F("waiting"))
    return Coalesce(Subquery(found, output_field=IntegerField()), 0)


def reason_apart(member: Member, sheet: Sheet, now: datetime) -> str:
    """Why this ballot is counted apart: the bank's own people; an account hours old; one of many young accounts at once."""
    kind = _kind_if_apart(member, now)
    return "" if kind == Apart.BURST and sheet.young_of_late < settings.LAB["BALLOT_BURST"] else kind


def _kind_if_apart(member: Member, now: datetime) -> str:
    """The one kind of `Apart` that this member's ballot may be of: of a burst, if there is one."""
    if member.is_staff:
        return Apart.STAFF
    if now - member.date_joined < timedelta(hours=settings.LAB["BALLOT_ACCOUNT_HOURS"]):
        return Apart.NEW
    return Apart.BURST if _is_young(member, now) else ""


def _put_in(poll: Poll, sheet: Sheet, key: str, filled: Filled, by: Member, now: datetime) -> Receipt:
    ballot = Ballot(
        voter_key=key, poll=poll, choices=filled.choices, words=filled.words, kind=by.kind, segment=by.segment,
        age_band=by.age_band, product=by.product, apart=reason_apart(by, sheet, now),
    )  # fmt: skip
    ballot.save(force_insert=True)
    shown = None if poll.confidential else ballot
    Participation.objects.create(poll=poll, member=by, at=now, ballot=shown, apart=ballot.apart)
    waiting = {Dimension.ALL: sheet.behind, Dimension.APART: sheet.behind_apart}
    due = [dimension for dimension, n in waiting.items() if n + 1 >= settings.LAB["RESULT_STEP"]]
    cells, turning = cells_of(poll, ballot), slots_of(sheet.questions) if due else ()
    move(poll, cells, counts_of(sheet.questions, filled.choices), turning=turning, turning_in=due)
    publish(BallotCast(poll_id=poll.pk), by=by)
    if sheet.young_of_late == settings.LAB["BALLOT_BURST"]:  # this one shows it
        set_burst_apart(poll, now)
    return Receipt(ballot.receipt, filled.options, poll, changed=False)


def _change(poll: Poll, sheet: Sheet, key: str, filled: Filled, by: Member) -> Receipt:
    receipt, choices, words = sheet.mine or ("", {}, {})
    changed = choices != filled.choices
    if changed or words != filled.words:
        if poll.sealed:
            raise Sealed()
        require_pace_of_changes(by)
        ballot = Ballot.objects.defer("poll").get(pk=key)
        before, after = counts_of(sheet.questions, choices), counts_of(sheet.questions, filled.choices)
        ballot.choices, ballot.words = filled.choices, filled.words
        ballot.save(update_fields=["choices", "words"])
        if changed or poll.reopened_at:
            # Words alone change no total. But the words of the first close were there to be read, and whoever reads them again
            # after the next must not find the one that differs: it counts as a change, as of choices.
            move(poll, cells_of(poll, ballot), _difference(before, after))
        unmix(poll)
        publish(BallotCast(poll_id=poll.pk), by=by)
    return Receipt(receipt, filled.options, poll, changed=changed)


def _difference(before: Counter, after: Counter) -> dict:
    return {slot: after[slot] - before[slot] for slot in {*before, *after} if after[slot] != before[slot]}


__all__ = ["AlreadyVoted", "Answer", "Invalid", "Receipt", "cast_ballot"]
