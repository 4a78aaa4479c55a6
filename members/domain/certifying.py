"""What the bank itself knows of a member: set by it, not by the member, and marked so field by field."""

import csv
import io
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.events import publish

from ..events import ProfileSetByBank
from ..models import Member
from ..models.circles import RULED_BY
from ..permissions import can_manage_members
from .circling import refresh_member
from .describing import CHOICES, NOT_A_CHOICE

LARGEST_FILE = 20_000_000


@transaction.atomic
def set_for_bank(member: Member, *, by: Member, **facts: str | None) -> Member:
    """Set some of kind, segment, age_band and region as the bank knows them; None gives a field back to the member.

    Circles by rule follow at once. Raises NotAllowed, Invalid.
    """
    require(can_manage_members(by))
    member = Member.objects.select_for_update().get(pk=member.pk)
    known = set(member.set_by_bank)
    for name, value in facts.items():
        if name not in RULED_BY or (value is not None and value not in CHOICES[name]):
            raise Invalid(NOT_A_CHOICE, code="not_a_choice", field=name)
        if value is None:
            known.discard(name)
        else:
            setattr(member, name, value)
            known.add(name)
    before, member.bank_set = member.bank_set, _packed(known)
    member.save(update_fields=["bank_set", *facts])
    refresh_member(member)
    if facts or before != member.bank_set:
        publish(ProfileSetByBank(member.pk, sorted(facts)), by=by)
    return member


def _packed(fields: set[str]) -> str:
    """With a space on each side of each name, so that a query finds a whole name."""
    return f" {' '.join(name for name in RULED_BY if name in fields)} " if fields else ""


@dataclass
class Report:
    """What a file brought: `refused` holds the line's number and why."""

    changed: int = 0
    same: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


def take_in_profiles(content: bytes, *, by: Member, is_dry: bool = True) -> Report:
    """Read a CSV of the bank: `email` and any of kind, segment, age_band, region. An empty cell leaves the field alone.

    A line that is refused keeps no other from being taken in; reading the same file again changes nothing.
    Raises NotAllowed, Invalid (`not_a_csv`).
    """
    require(can_manage_members(by))
    rows, report = _read(content), Report()
    for number, row in enumerate(rows, 2):
        facts = {name: row[name].strip() for name in RULED_BY if (row.get(name) or "").strip()}
        member = Member.objects.living().filter(email=(row.get("email") or "").strip().lower()).first()
        if member is None:
            report.refused.append((number, str(_("No member has this address."))))
        elif all(getattr(member, name) == value and name in member.set_by_bank for name, value in facts.items()):
            report.same += 1
        else:
            try:
                with transaction.atomic():
                    set_for_bank(member, by=by, **facts)
                    transaction.set_rollback(is_dry)
            except DomainError as refusal:
                report.refused.append((number, f"{refusal.field}: {refusal}"))
            else:
                report.changed += 1
    return report


def _read(content: bytes) -> list[dict[str, str]]:
    wrong = Invalid(_("Send a CSV file in UTF-8, with a column “email”."), code="not_a_csv", field="file")
    require(len(content) <= LARGEST_FILE, wrong)
    try:
        text = content.decode("utf-8-sig")
        mark = ";" if text.partition("\n")[0].count(";") else ","
        reader = csv.DictReader(io.StringIO(text), delimiter=mark)
        require("email" in (reader.fieldnames or ()), wrong)
        return list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        raise wrong from error
