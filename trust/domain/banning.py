"""Strikes and bans. A ban takes away taking part, never reading, and ends by itself."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotAllowed, require
from core.events import publish
from ideas.domain.moving import check_statement
from members.models import Member
from members.permissions import FOR_GOOD

from ..events import StrikeGiven
from ..models import Ban, Statement, Strike
from ..permissions import can_ban
from ..states import Ground, Measure
from ..subjects import of_member
from .stating import make_statement

LONGEST_DAYS = 3650


def strike(statement: Statement, *, by: Any) -> Strike:
    """Count a breach against the statement's addressee, for LAB["STRIKE_DAYS"]."""
    expires = timezone.now() + timedelta(days=settings.LAB["STRIKE_DAYS"])
    given = Strike.objects.create(member=statement.member, statement=statement, expires_at=expires)
    publish(StrikeGiven(statement.member_id, statement.pk), by=by)
    return given


def active_strikes(member: Any):
    """Those that still count."""
    return Strike.objects.filter(member=member, withdrawn_at__isnull=True, expires_at__gt=timezone.now())


def ban(member: Member, *, days: int | None, reason: str, by: Any, ground: str = Ground.CHARTER, rule: str = "") -> Ban:
    """Suspend taking part for `days`, or until it is lifted (None). The member reads why, and can appeal.

    Raises NotAllowed (`staff_member`, `own_account`), `already_banned` (409), Invalid, PrivateData.
    """
    require(can_ban(by))
    require(member.pk != by.pk, NotAllowed(_("Nobody suspends themselves."), code="own_account"))
    require(not member.is_staff, NotAllowed(_("The bank’s staff are not suspended here."), code="staff_member"))
    reason, until = check_statement(reason), _end_of(days)
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=member.pk)
        if member.banned_until and member.banned_until > timezone.now():
            raise DomainError(_("This member is suspended already."), code="already_banned", status=409)
        statement = make_statement(
            of_member(member), Measure.BANNED, facts=reason, by=by, ground=ground, rule=rule[:200], until=until
        )
        made = Ban.objects.create(member=member, statement=statement, until=until)
        member.banned_until = until
        member.save(update_fields=["banned_until"])
    return made


def lift_ban(member: Member, *, reason: str, by: Any) -> Statement:
    """End a ban before its time. Raises NotAllowed, `not_banned` (409), Invalid, PrivateData."""
    require(can_ban(by))
    reason = check_statement(reason)
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=member.pk)
        if not member.banned_until or member.banned_until <= timezone.now():
            raise DomainError(_("This member is not suspended."), code="not_banned", status=409)
        now = timezone.now()
        Ban.objects.filter(member=member, lifted_at__isnull=True, until__gt=now).update(lifted_at=now)
        member.banned_until = None
        member.save(update_fields=["banned_until"])
        return make_statement(of_member(member), Measure.LIFTED, facts=reason, by=by)


def _end_of(days: int | None) -> datetime:
    if days is None:
        return FOR_GOOD
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid(_("Give a number of days from 1 to 3,650."), code="bad_days", field="days")
    return timezone.now() + timedelta(days=days)
