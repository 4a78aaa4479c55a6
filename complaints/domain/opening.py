"""Making a complaint of an idea or a comment, under an idea or under a poll, and whose it is to handle."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.events import publish
from core.grounds import check_ground
from core.public_ids import ALPHABET
from core.roles import role_of
from core.shield import refuse_private
from ideas.domain.moving import STATED, check_reason
from ideas.states import Visibility

from ..events import ComplaintAssigned, ComplaintOpened
from ..models import TEXT_MAX, TEXT_MIN, Complaint, Step
from ..permissions import can_handle
from ..states import State
from .deadlines import acknowledge_by, answer_by, local_day
from .sources import Source, fields_of, kind_of


def open_complaint(
    source: Source, *, reason: str, by: Any, hide: bool = False, statement: str = "", **because: str
) -> Complaint:
    """Handle an idea or a comment as a complaint of its author, who is told in private; the clocks run since it was posted.

    `reason` says to colleagues why. The text stays public, unless `hide`: then `statement` is the reason that its author
    reads, with the `ground` and `rule` that hiding rests on. Nobody is told for the seconds of undo (undoing.py).

    Raises NotAllowed, Invalid (`internal_note`, `said_by_the_bank`), PrivateData, `already_complaint` (409).
    """
    require(can_handle(by))
    reason = check_text(reason, "reason")
    _require_customers(source)
    with transaction.atomic():
        source = type(source).objects.select_for_update().get(pk=source.pk)
        where = fields_of(source)
        if Complaint.objects.standing().filter(**where).exists():
            raise DomainError(_("This text is handled as a complaint already."), code="already_complaint", status=409)
        opened_at = timezone.now()  # what is hidden with it is hidden since then
        hidden = hide and _hide(source, statement, by, because)
        complaint = Complaint.objects.create(
            reference=new_reference(source.created_at), **where, complainant_id=source.author_id,
            owner=by, reason=reason, is_hidden=hidden, received_at=source.created_at,
            opened_at=opened_at, acknowledge_by=acknowledge_by(source.created_at), answer_by=answer_by(source.created_at),
        )  # fmt: skip
        record(complaint, State.OPENED, by)
        publish(ComplaintOpened(complaint.pk), by=by)
    return complaint


def _require_customers(source: Source) -> None:
    """What the bank says itself, in public or in a note, complains of nothing."""
    if getattr(source, "is_internal", False):
        raise Invalid(_("An internal note is not a customer’s complaint."), code="internal_note")
    if getattr(source, "is_official", False):
        raise Invalid(_("What the bank says itself is not a customer’s complaint."), code="said_by_the_bank")


def _hide(source: Source, statement: str, by: Any, because: dict) -> bool:
    """Take the text out of public sight, by the verb that tells its author why. What is hidden already stays so."""
    if source.visibility not in (Visibility.PUBLIC, Visibility.HELD):
        return True
    try:
        kind_of(source).hide(source, reason=statement, by=by, **because)
    except DomainError as refusal:
        if refusal.field == "reason":
            refusal.field = "statement"
        raise
    return True


def new_reference(received) -> str:
    """« R26-4KF9-2TQX »: read aloud without mistakes, and nobody can count how many there are."""
    code = "".join(secrets.choice(ALPHABET) for _place in range(8)).upper()
    return f"R{local_day(received):%y}-{code[:4]}-{code[4:]}"


def check_opening(*, reason: str, hide: bool = False, statement: str = "", **because: str) -> None:
    """What is written to open complaints of many texts at once, before the first is opened."""
    check_text(reason, "reason")
    if hide:
        check_reason(statement, field="statement", too_short=STATED)
        check_ground(because.get("ground"), because.get("rule"))


def check_text(text: str, field: str, *, least: int = TEXT_MIN) -> str:
    """A text of a complaint: long enough to say something, and without a customer's numbers."""
    text = text.strip()
    if len(text) < least:
        raise Invalid(_("Write a sentence or two: 20 characters at least."), code="too_short", field=field)
    if len(text) > TEXT_MAX:
        raise Invalid(_("This text is too long: 8,000 characters at most."), code="too_long", field=field)
    refuse_private(**{field: text})
    return text


def record(complaint: Complaint, state: str, by: Any, note: str = "") -> Step:
    return Step.objects.create(
        complaint=complaint, state=state, by=by, by_role=role_of(by), note=note, at=timezone.now()
    )


def assign_complaint(complaint: Complaint, to: Any, *, by: Any) -> Complaint:
    """Give it to a colleague who may handle it, or to the whole team (None)."""
    require(can_handle(by))
    if to is not None and not can_handle(to):
        raise Invalid(_("Choose a colleague who handles complaints."), code="cannot_handle", field="owner")
    with transaction.atomic():
        complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
        if complaint.owner_id != getattr(to, "pk", None):
            complaint.owner = to
            complaint.save(update_fields=["owner"])
            record(complaint, complaint.state, by, note=f"→ {to.nickname}" if to else "→ –")
            publish(ComplaintAssigned(complaint.pk, complaint.owner_id), by=by)
    return complaint
