"""Circles: who makes them, who comes in, who goes. What belongs to a circle is read through `open_to(user)` everywhere."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotFound, NotSignedIn, require
from core.events import publish
from core.schedule import every
from core.shield import refuse_private

from ..events import CircleChanged, CircleInvited, CircleJoined, CircleLeft
from ..models import Circle, CircleMember, Member
from ..models.circles import RULED_BY
from ..permissions import can_run_circles, refuse_who_only_reads
from ..states import REGIONS, AgeBand, CircleEntry, Joining, Kind, Segment

ALLOWED = {"kind": Kind.values, "segment": Segment.values, "age_band": AgeBand.values, "region": list(REGIONS)}
SHORTEST_NAME, MOST_AT_ONCE = 3, 500
TEXTS = ("name_fr", "name_en", "description_fr", "description_en")


@transaction.atomic
def make_circle(*, name_fr: str, name_en: str, entry: str, rule: Mapping[str, Iterable[str]] | None = None, by: Member,
                bank_set_only: bool | None = None, description_fr: str = "", description_en: str = "") -> Circle:  # fmt: skip
    """A new circle. By rule, whoever fits is in it at once; only what the bank has set counts, unless `bank_set_only` is False.

    Raises NotAllowed, Invalid, PrivateData.
    """
    require(can_run_circles(by))
    circle = Circle(owner=by, entry=entry, bank_set_only=bank_set_only is not False)
    _write(circle, name_fr=name_fr, name_en=name_en, description_fr=description_fr, description_en=description_en)
    require(entry in CircleEntry.values, Invalid(_("Choose one of the answers offered."), code="entry", field="entry"))
    circle.rule = _checked_rule(rule or {}) if entry == CircleEntry.RULE else {}
    circle.save()
    refresh_circle(circle)
    publish(CircleChanged(circle.pk), by=by)
    return circle


@transaction.atomic
def change_circle(
    circle: Circle, *, by: Member, rule: Mapping[str, Iterable[str]] | None = None, bank_set_only: bool | None = None,
    **texts: str,
) -> Circle:  # fmt: skip
    """Change names, descriptions, the rule or whose word counts for it; whoever no longer fits is out of the circle at once."""
    require(can_run_circles(by))
    circle = _lock(circle)
    _write(circle, **texts)
    if rule is not None and circle.entry == CircleEntry.RULE:
        circle.rule = _checked_rule(rule)
    if bank_set_only is not None:
        circle.bank_set_only = bank_set_only
    circle.save()
    refresh_circle(circle)
    publish(CircleChanged(circle.pk), by=by)
    return circle


@transaction.atomic
def close_circle(circle: Circle, *, by: Member) -> Circle:
    """Nobody comes in any more and nothing new is written in it; its people go on reading it."""
    require(can_run_circles(by))
    circle = _lock(circle)
    if not circle.closed_at:
        circle.closed_at = timezone.now()
        circle.save(update_fields=["closed_at"])
        publish(CircleChanged(circle.pk), by=by)
    return circle


@transaction.atomic
def invite_to_circle(circle: Circle, emails: Iterable[str], *, by: Member) -> tuple[int, list[str]]:
    """Ask members in, by their e-mail: how many were asked now, and the addresses that no member has.

    Who was asked, is in, or left by choice is not asked again; who was put out is.
    """
    require(can_run_circles(by))
    circle = _lock(circle)
    _require_open(circle)
    by_invitation = circle.entry == CircleEntry.INVITATION
    require(
        by_invitation, Invalid(_("This circle takes everyone whose profile fits: nobody is invited."), code="by_rule")
    )
    wanted = list(dict.fromkeys(email.strip().lower() for email in emails if email.strip()))
    if len(wanted) > MOST_AT_ONCE:
        raise Invalid(_("Invite 500 people at a time at most."), code="too_many", field="emails")
    found = {member.email: member for member in Member.objects.living().filter(email__in=wanted)}
    known = {row.member_id: row for row in CircleMember.objects.filter(circle=circle, member__in=found.values())}
    asked = 0
    for member in found.values():
        row = known.get(member.pk)
        if row and row.joining != Joining.REMOVED:
            continue
        _stand(circle, member, Joining.INVITED)
        publish(CircleInvited(circle.pk, member.pk), by=by)
        asked += 1
    return asked, [email for email in wanted if email not in found]


@transaction.atomic
def join_circle(circle: Circle, *, by: Any) -> CircleMember:
    """Say yes to an invitation, or come back to a circle by rule that one left. Else the circle is not there (404)."""
    require(getattr(by, "is_authenticated", False), NotSignedIn())
    circle = _lock(circle)
    row = CircleMember.objects.filter(circle=circle, member=by).first()
    asked = row is not None and row.joining in (Joining.INVITED, Joining.IN)
    returns = row is not None and row.joining == Joining.LEFT and (not row.by_rule or circle.fits(by))
    require(asked or returns, NotFound())
    refuse_who_only_reads(by)
    if row.joining == Joining.IN:
        return row
    _require_open(circle)
    row = _stand(circle, by, Joining.IN, by_rule=row.by_rule)
    publish(CircleJoined(circle.pk, by.pk), by=by)
    return row


@transaction.atomic
def leave_circle(circle: Circle, *, by: Any) -> None:
    """Go, or say no to an invitation. What one wrote stays in the circle; one reads it no more. Again changes nothing."""
    require(getattr(by, "is_authenticated", False), NotSignedIn())
    row = CircleMember.objects.select_for_update().filter(circle=circle, member=by).first()
    require(row is not None and row.joining != Joining.REMOVED, NotFound())
    if row.joining != Joining.LEFT:
        _stand(circle, by, Joining.LEFT, by_rule=row.by_rule)
        publish(CircleLeft(circle.pk, by.pk), by=by)


@transaction.atomic
def remove_from_circle(circle: Circle, member: Member, *, by: Member) -> None:
    """Put someone out; they are not taken back by the rule, only by a new invitation."""
    require(can_run_circles(by))
    row = CircleMember.objects.select_for_update().filter(circle=circle, member=member).first()
    require(row is not None, NotFound())
    if row.joining != Joining.REMOVED:
        _stand(circle, member, Joining.REMOVED, by_rule=row.by_rule)
        publish(CircleLeft(circle.pk, member.pk, removed=True), by=by)


def refresh_circle(circle: Circle) -> None:
    """Make the memberships by rule what the rule says, leaving alone who left by choice or was put out."""
    if circle.entry != CircleEntry.RULE or circle.is_closed:
        return
    fitting = Member.objects.living().community()
    for field in RULED_BY:
        if circle.rule.get(field):
            fitting = fitting.filter(**{f"{field}__in": circle.rule[field]})
            if circle.bank_set_only:
                fitting = fitting.filter(bank_set__contains=f" {field} ")
    ruled = CircleMember.objects.filter(circle=circle, by_rule=True, joining=Joining.IN)
    ruled.exclude(member__in=fitting).delete()
    missing = fitting.exclude(circle_memberships__circle=circle).values_list("pk", flat=True)
    rows = [CircleMember(circle=circle, member_id=pk, joining=Joining.IN, by_rule=True) for pk in missing]
    CircleMember.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)


def refresh_member(member: Member) -> None:
    """The same for one member whose profile changed; called in the transaction of the change."""
    known = {row.circle_id: row for row in CircleMember.objects.filter(member=member)}
    for circle in Circle.objects.in_use().filter(entry=CircleEntry.RULE):
        row = known.get(circle.pk)
        if circle.fits(member) and row is None:
            _stand(circle, member, Joining.IN, by_rule=True)
        elif row and row.by_rule and row.joining == Joining.IN and not circle.fits(member):
            row.delete()


@every(hours=6)
def refresh_circles() -> None:
    """What changed elsewhere (an import by the bank, a role given) is caught up."""
    for circle in Circle.objects.in_use().filter(entry=CircleEntry.RULE):
        with transaction.atomic():
            refresh_circle(_lock(circle))


def find_circle(public_id: str, *, user: Any) -> Circle:
    """A circle whose content the reader may see; else NotFound, whatever the reason."""
    from ..permissions import can_see_circle

    circle = Circle.objects.filter(public_id=public_id).first()
    require(circle is not None and can_see_circle(user, circle), NotFound())
    return circle


def circle_to_write_in(public_id: str, *, by: Any) -> Circle | None:
    """The circle something new is written in; None for everybody. One must be in it, or run circles, and it must be open."""
    if not public_id:
        return None
    circle = Circle.objects.filter(public_id=public_id).first()
    is_in = circle is not None and CircleMember.objects.filter(circle=circle, member=by.pk, joining=Joining.IN).exists()
    require(circle is not None and (is_in or can_run_circles(by)), NotFound())
    _require_open(circle)
    return circle


def _stand(circle: Circle, member: Any, joining: str, *, by_rule: bool = False) -> CircleMember:
    values = {"joining": joining, "by_rule": by_rule, "at": timezone.now()}
    return CircleMember.objects.update_or_create(circle=circle, member=member, defaults=values)[0]


def _lock(circle: Circle) -> Circle:
    return Circle.objects.select_for_update().get(pk=circle.pk)


def _require_open(circle: Circle) -> None:
    if circle.is_closed:
        raise DomainError(_("This circle is closed: nothing new comes into it."), code="circle_closed", status=409)


def _write(circle: Circle, **texts: str) -> None:
    texts = {name: " ".join((texts.get(name, getattr(circle, name)) or "").split()) for name in TEXTS}
    refuse_private(**texts)
    for name, text in texts.items():
        if name.startswith("name") and len(text) < SHORTEST_NAME:
            raise Invalid(
                _("Give the circle a name of 3 letters at least, in both languages."), code="too_short", field=name
            )
        if len(text) > Circle._meta.get_field(name).max_length:
            raise Invalid(_("This text is too long."), code="too_long", field=name)
        setattr(circle, name, text)


def _checked_rule(rule: Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
    checked = {}
    for field in RULED_BY:
        values = list(dict.fromkeys(rule.get(field) or []))
        if any(value not in ALLOWED[field] for value in values):
            raise Invalid(_("Choose one of the answers offered."), code="not_a_choice", field=field)
        if values:
            checked[field] = values
    require(
        bool(checked),
        Invalid(_("Say whose profile fits: an empty rule takes nobody."), code="empty_rule", field="rule"),
    )
    return checked
