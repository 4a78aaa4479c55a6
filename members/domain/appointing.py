"""Giving and taking roles. Roles make someone staff; the administrator's makes them hold every right."""

from collections.abc import Iterable

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.events import publish
from core.roles import ADMINISTRATOR, ALL

from ..events import RolesSet
from ..models import Member
from ..permissions import can_manage_members
from .staffing import tell_staff_changed

ALONE = _("There would be no administrator left. Name another one first.")


@transaction.atomic
def set_roles(member: Member, roles: Iterable[str], *, by: Member) -> Member:
    """The member holds exactly these roles from now on; none at all makes them a member like any other."""
    require(can_manage_members(by))
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    wanted = set(roles)
    unknown = wanted - set(ALL)
    require(not unknown, Invalid(_("We do not know this role."), code="unknown_role", field="roles"))
    others = Member.objects.living().filter(is_superuser=True).exclude(pk=member.pk)
    leaves_none = member.is_superuser and ADMINISTRATOR not in wanted and not others.exists()
    require(not leaves_none, DomainError(ALONE, code="last_administrator", status=409, field="roles"))
    member.groups.set(Group.objects.filter(name__in=wanted))
    was_staff, member.is_staff = member.is_staff, bool(wanted)
    member.is_superuser = ADMINISTRATOR in wanted
    member.save(update_fields=["is_staff", "is_superuser"])
    if member.is_staff != was_staff:
        tell_staff_changed(member)
    publish(RolesSet(member_id=member.pk, roles=sorted(wanted)), by=by)
    return member
