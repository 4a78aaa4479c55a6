"""Choosing testers, signing the charter, leaving; a seat given back goes to the next on the waiting list.

Every change of a seat happens under the programme's lock, so that seats taken are never over seats.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, ImpossibleMove, NotFound, NotSignedIn, require
from core.events import publish
from core.schedule import every
from core.shield import for_public
from members.permissions import require_taking_part

from ..events import CharterSigned, EnrolmentDecided, EnrolmentLeft, SeatFreed
from ..models import REPLY_MAX, Enrolment, Programme
from ..permissions import can_manage, is_signed_in
from ..states import ENGAGED, ENROLMENT_MOVES, HOLDS_A_SEAT, TAKING_APPLICATIONS, Enrolled, State
from .checking import check_text, full, lock


def accept(enrolment: Enrolment, *, by: Any, note: str = "") -> Enrolment:
    """Give a seat. Raises `beta_full` (409) when there is none left, `beta_not_open`, ImpossibleMove."""
    return _decide(enrolment, Enrolled.ACCEPTED, by=by, note=note)


def put_on_waiting_list(enrolment: Enrolment, *, by: Any, note: str = "") -> Enrolment:
    return _decide(enrolment, Enrolled.WAITLISTED, by=by, note=note)


def decline(enrolment: Enrolment, *, by: Any, note: str = "") -> Enrolment:
    """Say no to a candidate, with a word if one wishes."""
    return _decide(enrolment, Enrolled.DECLINED, by=by, note=note)


def remove(enrolment: Enrolment, *, by: Any, note: str) -> Enrolment:
    """Take a tester out, with the reason; the seat goes to the next."""
    return _decide(
        enrolment, Enrolled.REMOVED, by=by, note=check_text(note, field="note", shortest=10, longest=REPLY_MAX)
    )


def _decide(enrolment: Enrolment, to: str, *, by: Any, note: str) -> Enrolment:
    require(can_manage(by, enrolment.programme))
    note = for_public(check_text(note, field="note", longest=REPLY_MAX))
    with transaction.atomic():
        programme, enrolment = lock_both(enrolment)
        if to == Enrolled.ACCEPTED:
            _check_seat(programme)
        had_a_seat, before = enrolment.holds_a_seat, enrolment.state
        move(enrolment, to)
        enrolment.note = note
        enrolment.save(update_fields=["note"])
        publish(EnrolmentDecided(enrolment.pk, programme.pk, before, to), by=by)
        if had_a_seat and not enrolment.holds_a_seat:
            free_seat(programme, by=by)
    return enrolment


def _check_seat(programme: Programme) -> None:
    if programme.state not in TAKING_APPLICATIONS:
        raise DomainError(_("This test takes nobody in at the moment."), code="beta_not_open", status=409)
    if programme.enrolments.holding_seats().count() >= programme.seats:
        raise full()


def sign_charter(enrolment: Enrolment, *, version: int, by: Any) -> Enrolment:
    """Agree to the charter as it reads now. Raises `charter_changed` (409) when it was another text. Twice is once."""
    _require_mine(enrolment, by)
    require_taking_part(by)
    with transaction.atomic():
        programme, enrolment = lock_both(enrolment)
        if enrolment.is_tester:
            return enrolment
        if version != programme.charter_version:
            raise DomainError(
                _("The charter has changed meanwhile: read it again, then sign."),
                code="charter_changed", status=409, extra={"charter_version": programme.charter_version},
            )  # fmt: skip
        move(enrolment, Enrolled.AGREED)
        enrolment.agreed_version, enrolment.agreed_at = version, enrolment.state_since
        enrolment.seen_at = enrolment.state_since
        enrolment.save(update_fields=["agreed_version", "agreed_at", "seen_at"])
        publish(CharterSigned(enrolment.pk, programme.pk, version), by=by)
    return enrolment


def withdraw(enrolment: Enrolment, *, by: Any) -> Enrolment:
    """Leave, at any time and without a reason. The seat goes to the next. Twice is once."""
    _require_mine(enrolment, by)
    return give_back(enrolment, by=by)


def give_back(enrolment: Enrolment, *, by: Any) -> Enrolment:
    """Leave without a check of who asks: also how erasing a member frees the seats."""
    with transaction.atomic():
        programme, enrolment = lock_both(enrolment)
        if enrolment.state not in ENGAGED:
            return enrolment
        had_a_seat = enrolment.holds_a_seat
        move(enrolment, Enrolled.WITHDRAWN)
        publish(EnrolmentLeft(enrolment.pk, programme.pk), by=by)
        if had_a_seat:
            free_seat(programme, by=by)
    return enrolment


def show_life(enrolment: Enrolment) -> Enrolment:
    """The tester did something: active, if a seat is left for who was silent. The programme is locked."""
    if enrolment.state == Enrolled.INACTIVE:
        _check_seat(enrolment.programme)
    if enrolment.state in (Enrolled.AGREED, Enrolled.INACTIVE):
        move(enrolment, Enrolled.ACTIVE)
    enrolment.seen_at = timezone.now()
    enrolment.save(update_fields=["seen_at"])
    return enrolment


def free_seat(programme: Programme, *, by: Any) -> None:
    """A seat was given back: the next on the waiting list gets it and is told. The programme is locked."""
    offered = offer_free_seats(programme, limit=1, by=by)
    publish(SeatFreed(programme.pk, offered[0].pk if offered else None), by=by)


def offer_free_seats(programme: Programme, *, limit: int, by: Any) -> list[Enrolment]:
    """Take in the oldest on the waiting list, `limit` at most and never over the seats. The programme is locked."""
    if programme.state not in TAKING_APPLICATIONS:
        return []
    free = programme.seats - programme.enrolments.holding_seats().count()
    offered = list(programme.enrolments.waiting()[: max(min(limit, free), 0)])
    for enrolment in offered:
        move(enrolment, Enrolled.ACCEPTED)
        publish(EnrolmentDecided(enrolment.pk, programme.pk, Enrolled.WAITLISTED, Enrolled.ACCEPTED), by=None)
    return offered


@every(hours=24)
def release_silent() -> None:
    """While a test runs, who gives no sign of life for LAB["BETA_SILENT_DAYS"] gives the seat to the next."""
    limit = timezone.now() - timedelta(days=settings.LAB["BETA_SILENT_DAYS"])
    silent = Q(seen_at__lt=limit) | Q(seen_at__isnull=True, state_since__lt=limit)
    for programme in Programme.objects.in_state(State.RUNNING):
        with transaction.atomic():
            programme = lock(programme)
            late = silent & Q(programme__state_since__lt=limit)
            for enrolment in programme.enrolments.filter(late, state__in=HOLDS_A_SEAT):
                before = enrolment.state
                move(enrolment, Enrolled.INACTIVE)
                publish(EnrolmentDecided(enrolment.pk, programme.pk, before, Enrolled.INACTIVE))
                free_seat(programme, by=None)


def lock_both(enrolment: Enrolment) -> tuple[Programme, Enrolment]:
    """The programme first, then the enrolment: one order everywhere."""
    programme = lock(Programme(pk=enrolment.programme_id))
    enrolment = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    enrolment.programme = programme
    return programme, enrolment


def move(enrolment: Enrolment, to: str) -> None:
    if to not in ENROLMENT_MOVES[enrolment.state]:
        raise ImpossibleMove(
            _("Someone who is “%(from)s” cannot become “%(to)s”.")
            % {"from": enrolment.get_state_display(), "to": Enrolled(to).label}
        )
    enrolment.state, enrolment.state_since = to, timezone.now()
    enrolment.save(update_fields=["state", "state_since"])


def _require_mine(enrolment: Enrolment, by: Any) -> None:
    require(is_signed_in(by), NotSignedIn())
    require(enrolment.member_id == by.pk, NotFound())


def require_tester(programme: Programme, member: Any) -> Enrolment:
    """The member's enrolment, charter signed. Raises NotSignedIn, `not_a_tester`, `charter_unsigned` (403)."""
    require(is_signed_in(member), NotSignedIn())
    enrolment = Enrolment.objects.filter(programme=programme, member=member).first()
    if enrolment and enrolment.must_sign:
        raise DomainError(_("Sign the charter first: it takes a minute."), code="charter_unsigned", status=403)
    if not enrolment or not (enrolment.is_tester or enrolment.state == Enrolled.COMPLETED):
        raise DomainError(_("This is for the testers of this programme."), code="not_a_tester", status=403)
    return enrolment


def require_test_open(programme: Programme) -> None:
    if not programme.is_tested:
        code = "beta_over" if programme.state in (State.CLOSED, State.ARCHIVED) else "beta_not_started"
        message = (
            _("This test is over. Thank you for what you did.")
            if code == "beta_over"
            else _("This test has not started yet. We will tell you when it does.")
        )
        raise DomainError(message, code=code, status=409)
