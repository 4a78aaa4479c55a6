"""Saying who one is. Every answer but the name is optional, and can be emptied."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, require
from core.events import publish
from core.shield import for_public, refuse_private

from ..events import GroupChanged
from ..models import Member
from ..permissions import can_describe
from ..states import REGIONS, AgeBand, Kind, Segment
from .circling import refresh_member
from .naming import choose_nickname, save_named

CHOICES = {
    "kind": Kind.values,
    "segment": Segment.values,
    "age_band": ["", *AgeBand.values],
    "region": ["", *REGIONS],
    "language": ["fr", "en"],
    "shows_ideas": [True, False],
    "shows_details": [True, False],
}
SET_BY_BANK = _("Your bank has set this itself. If it is wrong, write to us: we put it right.")
NOT_A_CHOICE = _("Choose one of the answers offered.")
LONGEST_BIO = Member._meta.get_field("bio").max_length


@transaction.atomic
def describe_oneself(member: Member, *, by: Member, **changes) -> Member:
    """Change some of nickname, bio, language, segments and what the public page shows; nothing else can be named.

    What the bank has set itself stays as it set it. Raises NotAllowed, Invalid (`set_by_bank`), PrivateData.
    """
    require(can_describe(by, member))
    member = Member.objects.select_for_update().get(pk=member.pk)
    group = member.kind, member.segment
    for field, value in changes.items():
        if field == "nickname":
            value = choose_nickname(value, member=member)
        elif field == "bio":
            value = _bio(value)
        elif value not in CHOICES[field]:
            raise Invalid(NOT_A_CHOICE, code="not_a_choice", field=field)
        elif field in member.set_by_bank and value != getattr(member, field):
            raise Invalid(SET_BY_BANK, code="set_by_bank", field=field)
        setattr(member, field, value)
    save_named(member, update_fields=list(changes))
    refresh_member(member)
    if (member.kind, member.segment) != group:
        publish(GroupChanged(member_id=member.pk), by=by)
    return member


def _bio(text: str) -> str:
    refuse_private(bio=text)
    text = for_public(" ".join((text or "").split()))
    if len(text) > LONGEST_BIO:
        raise Invalid(_("Say it in 280 characters at most."), code="too_long", field="bio")
    return text
