"""Casting a ballot: one per member, changed until the close unless sealed, never late."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, Subquery, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.errors import DomainError, Invalid, NotFound, NotSignedIn, require
from core.events import publish
from members.models import Member
from members.permissions import require_taking_part

from ..events import BallotCast
from ..models import Ballot, Option, Participation, Poll, Question, voter_key
from ..permissions import Closed, Sealed, can_see, refusal_to_vote
from ..states import APART_STAFF, State
from .tallying import move


@dataclass(frozen=True)
class Receipt:
    """What the voter gets back. `code` finds the ballot in the published tally, without a name."""

    code: str
    options: tuple[str, ...]  # public ids
    poll: Poll
    changed: bool


class AlreadyVoted(DomainError):
    code, status = "already_voted", 409
    message = _("You have already voted in this poll.")


def cast_ballot(poll_id: str, options: Sequence[str], *, by: Member) -> Receipt:
    """Put this member's ballot in, or change it; the same ballot again is no change and the same receipt.

    `poll_id` and `options` are public ids. The clock is read after the poll's row is locked, so that a ballot that waited
    for the lock while the poll closed is late. Raises Closed, NotOpen, NotInAudience, Sealed, Invalid (`unknown_option`,
    `too_many_options`, `no_option`).
    """
    require(by.is_authenticated, NotSignedIn(_("Sign in to answer: one member, one ballot.")))
    require_taking_part(by)
    try:
        with transaction.atomic():
            return _cast(poll_id, options, by)
    except IntegrityError as error:
        # The lock leaves one way here: this member took part, and the key the ballot was filed under is gone.
        raise AlreadyVoted() from error


def _cast(poll_id: str, option_ids: Sequence[str], by: Member) -> Receipt:
    poll = Poll.objects.select_for_update().filter(public_id=poll_id).exclude(state=State.DRAFT).first()
    if poll is None or not can_see(by, poll):
        raise NotFound()
    now = timezone.now()
    refusal = refusal_to_vote(by, poll, now)
    if isinstance(refusal, Closed):
        raise Closed(_("The poll is closed: your ballot came too late. It was not counted, and we have not kept it."))
    if refusal:
        raise refusal
    key = voter_key(poll, by)
    options = _options_and_ballot(poll, key)
    chosen = _read(options, option_ids)
    choices = _file(chosen)
    if options[0].my_receipt:
        before = {option.pk for option in options if _is_in(option, options[0].my_choices)}
        return _change(poll, options[0].my_receipt, key, before, chosen, choices, by)
    return _put_in(poll, key, chosen, choices, by, now)


def _options_and_ballot(poll: Poll, key: str) -> list[Option]:
    """The options, and with each of them the ballot this member may already have: one read, after the lock."""
    mine = Ballot.objects.filter(voter_key=OuterRef("my_key"))
    return list(
        Option.objects.filter(question__poll=poll)
        .select_related("question")
        .annotate(my_key=Value(key))
        .annotate(my_choices=Subquery(mine.values("choices")), my_receipt=Subquery(mine.values("receipt")))
        .order_by("question__position", "question_id", "position", "id")
    )


def _read(options: list[Option], wanted: Sequence[str]) -> list[Option]:
    """The options named, each once, in the poll's order; every question answered, none with too many."""
    wanted = set(wanted)
    chosen = [option for option in options if option.public_id in wanted]
    if len(chosen) != len(wanted):
        raise Invalid(
            _("This option is not part of the poll. Reload the page and choose again."),
            code="unknown_option", field="options",
        )  # fmt: skip
    for question in {option.question for option in options}:
        _check(question, [option for option in chosen if option.question_id == question.pk])
    return chosen


def _check(question: Question, chosen: list[Option]) -> None:
    if not chosen:
        raise Invalid(_("Choose an option before you vote."), code="no_option", field="options")
    if question.most and len(chosen) > question.most:
        message = ngettext(
            "Choose one option only.", "Choose %(most)d options at most: take some away.", question.most
        ) % {"most": question.most}
        raise Invalid(message, code="too_many_options", field="options", extra={"max_choices": question.most})


def _file(chosen: list[Option]) -> dict[str, list[str]]:
    choices: dict[str, list[str]] = {}
    for option in chosen:
        choices.setdefault(option.question.public_id, []).append(option.public_id)
    return choices


def _is_in(option: Option, choices: dict) -> bool:
    return option.public_id in choices.get(option.question.public_id, ())


def _put_in(poll: Poll, key: str, chosen: list[Option], choices: dict, by: Member, now: datetime) -> Receipt:
    Participation.objects.create(poll=poll, member=by, at=now)
    ballot = Ballot(
        voter_key=key, poll=poll, choices=choices, kind=by.kind, segment=by.segment, age_band=by.age_band,
        apart=APART_STAFF if by.is_staff else "",
    )  # fmt: skip
    ballot.save(force_insert=True)
    move(poll, ballot.cells(), plus={option.pk for option in chosen}, minus=set(), new=True)
    publish(BallotCast(poll_id=poll.pk), by=by)
    return Receipt(ballot.receipt, tuple(option.public_id for option in chosen), poll, changed=False)


def _change(
    poll: Poll, receipt: str, key: str, before: set[int], chosen: list[Option], choices: dict, by: Member
) -> Receipt:
    after = {option.pk for option in chosen}
    if before != after:
        if poll.sealed:
            raise Sealed()
        ballot = Ballot.objects.get(pk=key)
        ballot.choices = choices
        ballot.save(update_fields=["choices"])
        move(poll, ballot.cells(), plus=after - before, minus=before - after, new=False)
        publish(BallotCast(poll_id=poll.pk), by=by)
    return Receipt(receipt, tuple(option.public_id for option in chosen), poll, changed=before != after)
