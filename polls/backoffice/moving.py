"""The moves of a poll: one address each, sent by a button. A refusal shows the page it came from, with what was typed."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.desk import opens_to
from core.errors import DomainError, Invalid
from core.posting import posts_to
from core.words import number

from ..domain.closing import close, reopen
from ..domain.opening import audience_of, open_now, schedule, unschedule
from ..domain.reminding import remind, who_would_hear
from ..domain.writing import Frozen, move_close
from ..models import Poll
from ..permissions import can_read_studio
from .frame import tab_of
from .watching import show_live

ON_LIVE = ("close", "extend", "remind", "reopen")


@posts_to(lambda public_id, verb: tab_of("live" if verb in ON_LIVE else "check")(public_id))
@opens_to(can_read_studio)
def act(request: HttpRequest, public_id: str, verb: str) -> HttpResponse:
    """One move of the poll, then back to where it is seen."""
    poll = get_object_or_404(Poll, public_id=public_id)
    try:
        said, where = VERBS[verb](request, poll)
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        if verb in ON_LIVE:
            return show_live(request, public_id, refusal=refusal, typed={verb: request.POST.get("closes_at", "")})
        messages.error(request, str(refusal))
        return redirect("polls_studio:check", public_id)
    messages.success(request, said)
    return redirect(f"polls_studio:{where}", public_id)


def _open(request: HttpRequest, poll: Poll) -> tuple[str, str]:
    invited = audience_of(open_now(poll, by=request.user)).count()
    said = ngettext(
        "The poll is open. %(n)s member invited hears of it, by their preferences.",
        "The poll is open. The %(n)s members invited hear of it, by their preferences.",
        invited,
    )
    return said % {"n": number(invited)}, "live"


def _schedule(request: HttpRequest, poll: Poll) -> tuple[str, str]:
    schedule(poll, by=request.user)
    return _("The poll will open at its hour; members hear of it then, and not before."), "check"


def _unschedule(request: HttpRequest, poll: Poll) -> tuple[str, str]:
    unschedule(poll, by=request.user)
    return _("The poll is a draft again. Nobody had heard of it."), "write"


def _close(request: HttpRequest, poll: Poll) -> tuple[str, str]:
    close(poll, by=request.user)
    return _("The poll is closed, and those who voted hear of it. Now write the decision."), "decide"


def _extend(request: HttpRequest, poll: Poll) -> tuple[str, str]:
    try:
        move_close(poll, closes_at=_moment(request), by=request.user, now=timezone.now())
    except Frozen as refusal:
        raise Invalid(_("Only an open poll’s close can be moved.")) from refusal
    return _("The close is moved. Nobody is told: the new date stands on the poll’s page."), "live"


def _reopen(request: HttpRequest, poll: Poll) -> tuple[str, str]:
    reopen(poll, closes_at=_moment(request), by=request.user)
    return _("The poll is open again. Those who voted hear once that their ballot still stands."), "live"


def _remind(request: HttpRequest, poll: Poll) -> tuple[str, str]:
    people = who_would_hear(poll).count()
    remind(poll, by=request.user)
    said = ngettext(
        "The reminder is on its way to %(n)s member.", "The reminder is on its way to %(n)s members.", people
    )
    return said % {"n": number(people)}, "live"


def _moment(request: HttpRequest) -> datetime:
    try:
        moment = parse_datetime(request.POST.get("closes_at", ""))
        if moment:
            return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    except (ValueError, OverflowError):
        pass
    raise Invalid(_("Choose a moment to come."), field="closes_at")


VERBS: dict[str, Callable[[HttpRequest, Any], tuple[str, str]]] = {
    "open": _open, "schedule": _schedule, "unschedule": _unschedule, "close": _close, "extend": _extend, "reopen": _reopen,
    "remind": _remind,
}  # fmt: skip
