"""The steps after opening: acknowledge, answer (accept or refuse), close."""

import re
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import ImpossibleMove, Invalid, require
from core.events import publish
from core.shield import refuse_private, scan

from ..events import ComplaintAcknowledged, ComplaintAnswered, ComplaintClosed
from ..models import MEDIATOR_MAX, Complaint
from ..permissions import can_handle
from ..states import MOVES, Outcome, State
from .opening import check_text, record


def acknowledge(complaint: Complaint, *, text: str, by: Any) -> Complaint:
    """Tell the person that it was received, and by when it is answered. Raises NotAllowed, ImpossibleMove, Invalid, PrivateData."""
    require(can_handle(by))
    text = check_text(text, "text")
    with transaction.atomic():
        complaint = hold(complaint, State.ACKNOWLEDGED)
        complaint.acknowledged_at, complaint.acknowledgement = timezone.now(), text
        complaint.save(update_fields=["state", "acknowledged_at", "acknowledgement"])
        record(complaint, State.ACKNOWLEDGED, by)
        publish(ComplaintAcknowledged(complaint.pk), by=by)
    return complaint


def answer_complaint(complaint: Complaint, *, outcome: str, text: str, by: Any, mediator: str = "") -> Complaint:
    """Accept or refuse, with reasons. A refusal names the mediator and how to reach them, or is not sent.

    Raises NotAllowed, ImpossibleMove, Invalid (`unknown_outcome`, `no_mediator`), PrivateData.
    """
    require(can_handle(by))
    if outcome not in Outcome.values:
        raise Invalid(_("Say whether it is accepted or refused."), code="unknown_outcome", field="outcome")
    text = check_text(text, "text")
    mediator = _check_mediator(mediator) if outcome == Outcome.REFUSED else ""
    with transaction.atomic():
        complaint = hold(complaint, State.ANSWERED)
        complaint.answered_at, complaint.answer = timezone.now(), text
        complaint.outcome, complaint.mediator = outcome, mediator
        complaint.save(update_fields=["state", "answered_at", "answer", "outcome", "mediator"])
        record(complaint, State.ANSWERED, by, note=str(outcome))
        publish(ComplaintAnswered(complaint.pk, outcome), by=by)
    return complaint


def close_complaint(complaint: Complaint, *, by: Any) -> Complaint:
    """File an answered complaint. Raises NotAllowed, ImpossibleMove."""
    require(can_handle(by))
    with transaction.atomic():
        complaint = hold(complaint, State.CLOSED)
        complaint.closed_at = timezone.now()
        complaint.save(update_fields=["state", "closed_at"])
        record(complaint, State.CLOSED, by)
        publish(ComplaintClosed(complaint.pk), by=by)
    return complaint


def house_mediator() -> str:
    """The mediator that the bank depends on, as settings name them; "" where they do not."""
    return settings.LAB["MEDIATOR"]


def _check_mediator(text: str) -> str:
    """A name and a way to reach it: a web address, an e-mail, or a postcode with its town."""
    text = text.strip()
    reachable = re.search(r"\bhttps?://|\bwww\.|\b\d{5}\s+\w", text) or any(
        found.kind == "email" for found in scan(text)
    )
    if len(text) < 10 or not reachable:
        message = _("A refusal names the mediator and gives a postal address, a site or an e-mail to reach them.")
        raise Invalid(message, code="no_mediator", field="mediator")
    if len(text) > MEDIATOR_MAX:
        raise Invalid(_("The mediator’s details hold 500 characters at most."), code="too_long", field="mediator")
    refuse_private(mediator=text)
    return text


def hold(complaint: Complaint, to: str) -> Complaint:
    """The row, locked and moved in memory; raises ImpossibleMove."""
    complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if to not in MOVES[complaint.state]:
        raise ImpossibleMove(
            _("A complaint that is “%(from)s” cannot become “%(to)s”.")
            % {"from": complaint.get_state_display().lower(), "to": State(to).label.lower()}
        )
    complaint.state = to
    return complaint


__all__ = ["acknowledge", "answer_complaint", "close_complaint", "hold", "house_mediator"]
