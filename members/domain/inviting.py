"""Bringing a colleague in from the desk: they get an account that a code by e-mail opens, and their roles."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, require
from core.events import publish
from core.shield import refuse_private

from ..events import MemberJoined
from ..models import Member
from ..permissions import can_manage_members
from .appointing import set_roles
from .naming import choose_nickname


@transaction.atomic
def invite(*, email: str, nickname: str, job_title: str = "", roles: Iterable[str] = (), by: Member) -> Member:
    """A new member of the staff. The administrator answers for the address, so it counts as verified; no password is set."""
    require(can_manage_members(by))
    email = Member.objects.normalize_email(email).lower()
    taken = Member.objects.filter(email__iexact=email).exists()
    require(not taken, Invalid(_("This e-mail has an account already."), code="email_taken", field="email"))
    refuse_private(job_title=job_title)
    wanted = set(roles)
    named = choose_nickname(nickname, member=Member(is_staff=bool(wanted)))
    member = Member.objects.create_user(email, None, nickname=named, job_title=job_title, is_staff=bool(wanted))
    EmailAddress.objects.create(user=member, email=email, verified=True, primary=True)
    publish(MemberJoined(member_id=member.pk), by=by)
    return set_roles(member, wanted, by=by)


@transaction.atomic
def set_standing(member: Member, *, job_title: str, is_ambassador: bool, is_active: bool, by: Member) -> Member:
    """What the bank alone says of a member: their role in words, the ambassador's badge, whether the account is open."""
    require(can_manage_members(by))
    member = Member.objects.select_for_update().get(pk=member.pk)
    closes_own = member.pk == by.pk and not is_active
    require(
        not closes_own, Invalid(_("You cannot close your own account here."), code="own_account", field="is_active")
    )
    refuse_private(job_title=job_title)
    member.job_title, member.is_ambassador = job_title, is_ambassador
    member.is_active = is_active and not member.erased_at
    member.save(update_fields=["job_title", "is_ambassador", "is_active"])
    return member
