"""Applying for a seat: who may, and what happens when all are taken. Registering interest before it opens."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, NotFound, NotSignedIn, require
from core.events import publish
from core.shield import refuse_private
from members.permissions import require_taking_part
from members.states import Kind as MemberKind

from ..events import EnrolmentApplied
from ..models import MOTIVATION_MAX, Enrolment, InterestRegistration, Programme
from ..permissions import can_see, is_signed_in
from ..states import INELIGIBLE, Enrolled, State
from .checking import check_text, full, lock


@dataclass(frozen=True)
class Chance:
    """Whether one can apply now, and if not why (`code` as in the refusals)."""

    can_apply: bool
    refusal: DomainError | None = None

    @property
    def code(self) -> str:
        return self.refusal.code if self.refusal else ""


def why_ineligible(programme: Programme, member: Any) -> str:
    """The first rule the member does not meet (a key of INELIGIBLE), or nothing. An empty rule lets all in."""
    if member.is_staff:
        return "staff"
    if programme.eligible_kinds and member.kind not in programme.eligible_kinds:
        return "prospect" if member.kind == MemberKind.CUSTOMER else "kind"
    if programme.eligible_segments and member.segment not in programme.eligible_segments:
        return "segment"
    if programme.eligible_ages and member.age_band not in programme.eligible_ages:
        return "age"
    return ""


def chance_of(programme: Programme, member: Any, enrolment: Enrolment | None) -> Chance:
    """For pages and the API, to say beforehand what `apply` would answer. Programme `with_seats()`."""
    try:
        check_may_apply(programme, member, enrolment)
        if not programme.seats_left and not programme.has_waiting_list:
            raise full()
    except DomainError as refusal:
        return Chance(False, refusal)
    return Chance(True)


def check_may_apply(programme: Programme, member: Any, enrolment: Enrolment | None) -> None:
    """Raise NotSignedIn, `already_enrolled`, `enrolment_closed`, `beta_not_open`, `not_eligible` (with the `rule`)."""
    require(is_signed_in(member), NotSignedIn(_("Sign in to take part. What you typed is kept.")))
    if enrolment and enrolment.state in (Enrolled.DECLINED, Enrolled.REMOVED):
        raise DomainError(
            _("We could not keep your application for this test. The next ones are open to you."),
            code="enrolment_closed", status=409,
        )  # fmt: skip
    if enrolment and enrolment.state != Enrolled.WITHDRAWN:
        raise DomainError(_("You have applied already."), code="already_enrolled", status=409)
    if not programme.takes_applications:
        raise DomainError(_("This test takes no applications at the moment."), code="beta_not_open", status=409)
    rule = why_ineligible(programme, member)
    if rule:
        raise DomainError(INELIGIBLE[rule], code="not_eligible", status=403, extra={"rule": rule})


def apply(programme: Programme, *, by: Any, motivation: str = "", device: str = "") -> Enrolment:
    """Ask for a seat. Asking again changes nothing.

    Taken at once where it is first come, first served; on the waiting list, or refused with `beta_full`, when all
    seats are taken. Raises what `check_may_apply` raises, Invalid, PrivateData.
    """
    require(is_signed_in(by), NotSignedIn(_("Sign in to take part. What you typed is kept.")))
    require(can_see(by, programme), NotFound())
    require_taking_part(by)
    refuse_private(motivation=motivation, device=device)
    motivation = check_text(motivation, field="motivation", longest=MOTIVATION_MAX)
    device = check_text(device, field="device", longest=60)
    with transaction.atomic():
        programme = lock(programme)
        enrolment = Enrolment.objects.filter(programme=programme, member=by).first()
        if enrolment and enrolment.state not in (Enrolled.WITHDRAWN, Enrolled.DECLINED, Enrolled.REMOVED):
            return enrolment
        check_may_apply(programme, by, enrolment)
        enrolment = enrolment or Enrolment(programme=programme, member=by)
        enrolment.state, now = _place(programme), timezone.now()
        enrolment.motivation, enrolment.device = motivation, device
        enrolment.applied_at = enrolment.state_since = now
        enrolment.agreed_version = enrolment.agreed_at = enrolment.seen_at = None
        enrolment.note = ""
        enrolment.save()
        InterestRegistration.objects.filter(programme=programme, member=by).delete()
        publish(EnrolmentApplied(enrolment.pk, programme.pk, enrolment.state), by=by)
    return enrolment


def _place(programme: Programme) -> str:
    """Where a new application goes. The programme is locked."""
    taken = programme.enrolments.holding_seats().count()
    if taken >= programme.seats:
        require(programme.has_waiting_list, full())
        return Enrolled.WAITLISTED
    if not programme.accepts_at_once:
        return Enrolled.APPLIED
    return Enrolled.WAITLISTED if programme.enrolments.waiting().exists() else Enrolled.ACCEPTED


def register_interest(programme: Programme, *, by: Any) -> None:
    """Be told when it recruits. Doing it again changes nothing."""
    require(is_signed_in(by), NotSignedIn(_("Sign in, and we will tell you when it opens.")))
    require(can_see(by, programme), NotFound())
    require_taking_part(by)
    if programme.state != State.INTEREST:
        raise DomainError(_("This test has opened already: see its page."), code="beta_not_announced", status=409)
    InterestRegistration.objects.get_or_create(programme=programme, member=by)


def withdraw_interest(programme: Programme, *, by: Any) -> None:
    require(is_signed_in(by), NotSignedIn())
    InterestRegistration.objects.filter(programme=programme, member=by).delete()
