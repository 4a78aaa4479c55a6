"""Taking back a complaint that was opened by mistake: the text is an idea or a comment like any other again."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, require
from core.events import publish
from ideas.domain.moving import changed_since
from ideas.domain.putting_back import puts_back
from ideas.models import BulkLine, Idea
from ideas.states import Visibility

from ..events import ComplaintTurnedBack
from ..models import Complaint
from ..permissions import can_handle
from ..states import State
from .answering import hold
from .opening import check_text, record
from .sources import Source, fields_of, kind_of


def turn_back(complaint: Complaint, *, reason: str, by: Any, show: bool = False) -> Complaint:
    """Say that it was no complaint, while nothing was answered: both clocks stop, the file stays with its history.

    `reason` is read by the person and by colleagues. `show`: what was hidden is shown to everyone again, by moderation's own
    verb, with the same reason. The text can become a complaint again later, from its posting on. Raises NotAllowed (`self_review`
    for what one hid oneself and is contested), ImpossibleMove once it is answered, Invalid, PrivateData.
    """
    require(can_handle(by))
    reason = check_text(reason, "reason")
    with transaction.atomic():
        complaint = hold(complaint, State.TURNED_BACK)
        complaint.turned_back_at, complaint.turned_back_reason = timezone.now(), reason
        if show:
            complaint.is_hidden = not _show(complaint.source, reason, by)
        complaint.save(update_fields=["state", "turned_back_at", "turned_back_reason", "is_hidden"])
        record(complaint, State.TURNED_BACK, by)
        publish(ComplaintTurnedBack(complaint.pk), by=by)
    return complaint


def _show(source: Source, reason: str, by: Any) -> bool:
    """Whether it is public by now; what its author took away or a moderator removed is not ours to show."""
    if source.visibility == Visibility.PUBLIC:
        return True
    if source.visibility not in (Visibility.HELD, Visibility.HIDDEN):
        raise DomainError(_("This text was taken away: it cannot be shown from here."), code="not_hidden", status=409)
    kind_of(source).show(source, reason=reason, by=by)
    return True


@puts_back("complaint", check=lambda reason: check_text(reason, "reason"))
def _put_back(idea: Idea, line: BulkLine, *, reason: str, silent: bool, by: Any) -> None:
    """A run over many ideas opened it by mistake; what that run hid is shown again. The person is told in any case."""
    since = line.run.created_at
    complaint = Complaint.objects.standing().filter(**fields_of(idea)).first()
    if not complaint or not complaint.steps.filter(state=State.OPENED, by=by, at__gte=since).exists():
        raise changed_since()
    hidden = idea.visibility == Visibility.HIDDEN and idea.moderations.filter(by=by, at__gte=since).exists()
    turn_back(complaint, reason=reason, by=by, show=hidden)
