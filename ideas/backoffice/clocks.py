"""The promise's clock and an idea's age, in words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.words import NO_BREAK, is_french

from ..models import Idea
from ..states import AWAITING

SOON = timedelta(days=2)


@dataclass(frozen=True)
class Clock:
    """`level` is "late", "soon", "kept" or "" and gives the colour; `words` say it without."""

    level: str
    icon: str
    words: str


def clock_of(idea: Idea, now: datetime) -> Clock | None:
    """What the promise of an answer has come to; None where nothing is promised any more."""
    if idea.answered_at:
        return Clock("kept", "circle-check", _("Answered"))
    if idea.state not in AWAITING:
        return None
    if not idea.promise_due_at:
        votes = idea.category.promise.votes
        if idea.vote_score >= votes:
            return Clock("", "hourglass", _("Promise starting"))
        return Clock("", "clock", _("Under the %(votes)s votes") % {"votes": votes})
    return _running(idea.promise_due_at, now)


def _running(due: datetime, now: datetime) -> Clock:
    if due < now:
        hours = int((now - due).total_seconds() // 3600)
        words = _("%(n)s d late") % {"n": hours // 24} if hours >= 24 else _("%(n)s h late") % {"n": max(hours, 1)}
        return Clock("late", "triangle-alert", words)
    local = timezone.localtime(due)
    days = (local.date() - timezone.localtime(now).date()).days
    if days == 0:
        words = _("Today, %(hour)s") % {"hour": _hour(local)}
    elif days == 1:
        words = _("Tomorrow, %(hour)s") % {"hour": _hour(local)}
    else:
        words = ngettext("In %(n)s day", "In %(n)s days", days) % {"n": days}
    return Clock("soon", "alarm-clock", words) if due - now < SOON else Clock("", "clock", words)


def _hour(local: datetime) -> str:
    if not is_french():
        return f"{local:%H:%M}"
    return f"{local.hour}{NO_BREAK}h" + (f"{NO_BREAK}{local.minute:02}" if local.minute else "")


def age_of(since: datetime, now: datetime) -> str:
    """« 12 j », « 5 h »: as short as a row needs."""
    seconds = (now - since).total_seconds()
    if seconds < 3600:
        return _("%(n)s min") % {"n": max(int(seconds // 60), 1)}
    if seconds < 86_400:
        return _("%(n)s h") % {"n": int(seconds // 3600)}
    return _("%(n)s d") % {"n": int(seconds // 86_400)}
