"""Becoming a member: an adult, with a name that deceives nobody, who accepts the charter. All else is optional."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, require
from core.events import publish

from ..events import MemberJoined
from ..models import Member
from ..states import Channel, Kind, Purpose
from .circling import refresh_member
from .consenting import OPTIONAL, record_consent
from .naming import choose_nickname, save_named

ADULTS_ONLY = _("The Lab is for adults only. Tick the box if you are 18 or over.")
CHARTER_FIRST = _("To take part, accept the participation charter.")


def refuse_minor(is_adult: bool) -> None:
    """The Lab is for adults; nothing but a plain yes counts as one."""
    require(is_adult is True, Invalid(ADULTS_ONLY, code="adults_only", field="is_adult"))


def refuse_without_charter(accepts_charter: bool) -> None:
    require(accepts_charter is True, Invalid(CHARTER_FIRST, code="charter_required", field="accepts_charter"))


@transaction.atomic
def join(
    member: Member,
    *,
    nickname: str,
    kind: str,
    is_adult: bool,
    accepts_charter: bool,
    consents: Mapping[str, bool],
    channel: str = Channel.SIGNUP,
) -> Member:
    """Save who signs up (e-mail and password already set on it) with their consents, one log line each.

    They are a member once the address is confirmed: `settle`.
    """
    refuse_minor(is_adult)
    refuse_without_charter(accepts_charter)
    member.nickname = choose_nickname(nickname)
    require(kind in Kind.values, Invalid(_("Say whether you are a customer."), code="kind", field="kind"))
    member.kind = kind
    member.language = "en" if (get_language() or "").startswith("en") else "fr"
    member.adult_confirmed_at = timezone.now()
    save_named(member)
    record_consent(member, Purpose.CHARTER, given=True, by=member, channel=channel)
    for purpose in OPTIONAL:
        if consents.get(purpose) is True:
            record_consent(member, purpose, given=True, by=member, channel=channel)
    publish(MemberJoined(member_id=member.pk), by=member)
    return member


@transaction.atomic
def settle(member: Member) -> None:
    """The address is confirmed: from now on the member counts, and is in the circles whose rule fits. Twice changes nothing."""
    refresh_member(member)
