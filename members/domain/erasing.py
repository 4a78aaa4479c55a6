"""Erasing a member: the person goes, the tallies stay.

The row is emptied and kept, so votes and ballots still count. Each app erases its own part through the privacy registry.
Sessions and the mobile app's tokens die at once: an inactive account has none, and the password's hash that they are
bound to is gone. The log of consents stays (it names nobody once the row is empty) as proof that they were given.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, require
from core.events import publish
from core.privacy import holdings

from ..events import MemberErased
from ..models import Member
from ..permissions import can_erase
from .staffing import tell_staff_changed

LAST_ADMINISTRATOR = _("You are the last administrator. Name another one first.")


@transaction.atomic
def erase(member: Member, *, by: Member) -> Member:
    """Remove who the member is, everywhere, for ever. Erasing an erased member changes nothing."""
    require(can_erase(by, member))
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if member.erased_at:
        return member
    was_staff = member.is_staff
    alone = member.is_superuser and not Member.objects.living().filter(is_superuser=True).exclude(pk=member.pk).exists()
    require(not alone, DomainError(LAST_ADMINISTRATOR, code="last_administrator", status=409))
    close_doors(member)
    for holding in holdings.values():
        holding.erase(member)
    _empty(member)
    if was_staff:
        tell_staff_changed(member)
    publish(MemberErased(member_id=member.pk, public_id=member.public_id), by=by)
    return member


def close_doors(member: Member) -> None:
    """No session, no token, no second factor, no address to send a code to."""
    keys = list(UserSession.objects.filter(user=member).values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    for model in (UserSession, Authenticator, EmailAddress):
        model.objects.filter(user=member).delete()


def _empty(member: Member) -> None:
    member.email = f"{member.public_id}@erased.invalid"
    member.nickname = f"ancien-{member.public_id}"
    member.set_unusable_password()
    member.age_band = member.region = member.product = member.bank_set = member.bio = member.job_title = ""
    member.is_active = member.is_staff = member.is_superuser = member.is_ambassador = False
    member.shows_ideas = member.shows_details = False
    member.last_login = None
    member.erased_at = timezone.now()
    member.save()
    member.groups.clear()
    member.user_permissions.clear()
