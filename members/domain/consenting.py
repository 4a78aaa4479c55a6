"""Giving and withdrawing consent. Every choice is a new line of an append-only log; withdrawing is as easy as giving."""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, require
from core.events import publish

from ..events import ConsentRecorded
from ..models import Consent, Member
from ..permissions import can_describe
from ..states import Channel, Purpose

OPTIONAL = (Purpose.NEWSLETTER, Purpose.PROFILING)


def text_version(purpose: str) -> int:
    """The version of the text that is consented to today."""
    return settings.LAB["CONSENT_VERSIONS"].get(purpose, 1)


def current_consents(member: Member) -> dict[str, Consent]:
    """The latest line for each purpose; a purpose never answered is absent, which means no."""
    latest: dict[str, Consent] = {}
    for line in member.consents.order_by("at", "id"):
        latest[line.purpose] = line
    return latest


def consents_to(member: Member, purpose: str) -> bool:
    """Whether the member's last word on the purpose is yes."""
    last = member.consents.filter(purpose=purpose).order_by("-at", "-id").first()
    return bool(last and last.given)


def has_accepted_charter(member: Member) -> bool:
    """Whether the member accepted the charter as it reads today."""
    return member.consents.filter(
        purpose=Purpose.CHARTER, given=True, text_version=text_version(Purpose.CHARTER)
    ).exists()


@transaction.atomic
def record_consent(
    member: Member, purpose: str, *, given: bool, by: Member, channel: str = Channel.SETTINGS
) -> Consent | None:
    """Write the member's choice, unless it is what the log says already (then None). Only they choose."""
    require(can_describe(by, member))
    Member.objects.select_for_update().get(pk=member.pk)
    if purpose not in Purpose.values:
        raise Invalid(_("We do not know this consent."), code="unknown_purpose", field="purpose")
    if purpose == Purpose.CHARTER and not given:
        raise Invalid(
            _("The charter goes with the account: to withdraw from it, erase your account."),
            code="charter_goes_with_account", field="purpose", status=409,
        )  # fmt: skip
    last = member.consents.filter(purpose=purpose).order_by("-at", "-id").first()
    version = text_version(purpose)
    if (last.given == given and (last.text_version == version or not given)) if last else not given:
        return None
    line = Consent.objects.create(member=member, purpose=purpose, given=given, text_version=version, channel=channel)
    publish(ConsentRecorded(member_id=member.pk, purpose=purpose, given=given), by=by)
    return line
