"""Finding complaints, and their clocks in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.errors import NotFound, require

from .models import Complaint
from .permissions import can_read_complaints, can_see, can_see_place
from .states import Clock, State, warning_days


@dataclass(frozen=True)
class Hand:
    """One of the two clocks: `level` is "late", "soon", "kept", "missed" or "" and gives the colour; `words` say it without."""

    name: str
    label: Any
    day: date
    level: str
    words: str

    @property
    def icon(self) -> str:
        return {
            "late": "triangle-alert",
            "missed": "triangle-alert",
            "soon": "alarm-clock",
            "kept": "circle-check",
        }.get(self.level, "clock")


@dataclass(frozen=True)
class Place:
    """Where the text of a complaint stands, for one reader: `title` and `url` are empty where that is no longer theirs to read."""

    title: str
    url: str
    thing: Any  # the idea or poll, for its language


def place_for(complaint: Complaint, user: Any) -> Place:
    """Its title and address; of one's own idea the title at least; of what one may no longer read, neither."""
    thing = complaint.place
    if can_see_place(user, thing):
        return Place(thing.title, thing.get_absolute_url(), thing)
    own = complaint.source == thing and complaint.complainant_id == user.pk
    return Place(thing.title if own else "", "", thing)


def hands_of(complaint: Complaint, today: date | None = None) -> list[Hand]:
    """Both clocks, as they stand today."""
    today = today or timezone.localdate()
    first = complaint.acknowledged_at or complaint.answered_at  # an answer in time stands for both
    return [
        _hand(complaint, Clock.ACKNOWLEDGE, complaint.acknowledge_by, first, today),
        _hand(complaint, Clock.ANSWER, complaint.answer_by, complaint.answered_at, today),
    ]


def _hand(complaint: Complaint, clock: Clock, last: date, met_at: Any, today: date) -> Hand:
    if met_at:
        met = timezone.localtime(met_at).date()
        if met <= last:
            return Hand(clock.value, clock.label, last, "kept", _("In time"))
        late = (met - last).days
        words = ngettext("%(n)s day too late", "%(n)s days too late", late) % {"n": late}
        return Hand(clock.value, clock.label, last, "missed", words)
    left = complaint.days_left(clock, today)
    if left is None:
        stopped = complaint.state == State.TURNED_BACK
        return Hand(clock.value, clock.label, last, "", pgettext("clock", "stopped") if stopped else "")
    if left < 0:
        words = ngettext("%(n)s day late", "%(n)s days late", -left) % {"n": -left}
        return Hand(clock.value, clock.label, last, "late", words)
    if left == 0:
        return Hand(clock.value, clock.label, last, "soon", pgettext("deadline", "Today"))
    words = ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}
    return Hand(clock.value, clock.label, last, "soon" if left <= warning_days(clock) else "", words)


def find_complaint(public_id: str, *, user: Any) -> Complaint:
    """The complaint if the user may see it; else NotFound, whatever the reason."""
    complaint = Complaint.objects.with_people().filter(public_id=public_id).first()
    require(complaint is not None and can_see(user, complaint), NotFound())
    return complaint


def find_for_desk(public_id: str, *, user: Any) -> Complaint:
    require(can_read_complaints(user), NotFound())
    return find_complaint(public_id, user=user)
