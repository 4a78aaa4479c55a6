"""Saying who one is. Every answer but the name is optional, and can be emptied."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, require
from core.shield import for_public, refuse_private

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
NOT_A_CHOICE = _("Choose one of the answers offered.")
LONGEST_BIO = Member._meta.get_field("bio").max_length


@transaction.atomic
def describe_oneself(member: Member, *, by: Member, **changes) -> Member:
    """Change some of nickname, bio, language, segments and what the public page shows; nothing else can be named."""
    require(can_describe(by, member))
    member = Member.objects.select_for_update().get(pk=member.pk)
    for field, value in changes.items():
        if field == "nickname":
            value = choose_nickname(value, member=member)
        elif field == "bio":
            value = _bio(value)
        elif value not in CHOICES[field]:
            raise Invalid(NOT_A_CHOICE, code="not_a_choice", field=field)
        setattr(member, field, value)
    save_named(member, update_fields=list(changes))
    refresh_member(member)
    return member


def _bio(text: str) -> str:
    refuse_private(bio=text)
    text = for_public(" ".join((text or "").split()))
    if len(text) > LONGEST_BIO:
        raise Invalid(_("Say it in 280 characters at most."), code="too_long", field="bio")
    return text
