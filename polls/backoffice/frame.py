"""What every page of the studio shares: the poll with its questions, the tabs above, the frame around."""

from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.desk import render_page

from ..domain.reading_words import asks_for_words
from ..models import Poll
from ..permissions import can_run_polls
from ..states import State


def tabs_of(poll: Poll, here: str) -> list[dict]:
    words = {
        "write": pgettext("studio", "Write"),
        "preview": _("Preview"),
        "check": pgettext("studio", "Open"),
        "live": pgettext("studio", "Result"),
        "words": _("Written answers"),
        "counting": pgettext("studio", "Counting"),
        "names": pgettext("studio", "Names"),
        "decide": pgettext("studio", "Decide"),
        "history": pgettext("studio", "History"),
    }
    icons = {
        "write": "pencil", "preview": "smartphone", "check": "calendar", "live": "chart-bar",
        "words": "message-square", "counting": "sliders-horizontal", "names": "users", "decide": "scale",
        "history": "clock",
    }  # fmt: skip
    shown = list(words)
    if poll.current_state in (State.DRAFT, State.SCHEDULED):
        shown = ["write", "preview", "check", "history"]
    if poll.is_template:
        shown.remove("check")
    if poll.confidential and "names" in shown:
        shown.remove("names")
    if "words" in shown and not asks_for_words(poll):
        shown.remove("words")
    return [
        {"name": name, "label": words[name], "icon": icons[name], "here": name == here,
         "url": reverse(f"polls_studio:{name}", args=[poll.public_id])}
        for name in shown
    ]  # fmt: skip


def tab_of(tab: str) -> Callable[..., str]:
    """The address of this tab, from the poll's id and whatever else an address of the poll holds."""
    return lambda public_id, **_more: reverse(f"polls_studio:{tab}", args=[public_id])


def page(request: HttpRequest, template: str, poll: Poll | None, here: str, *, status: int = 200, **context):
    context |= {
        "poll": poll, "tabs": tabs_of(poll, here) if poll else [], "runs": can_run_polls(request.user),
        "states": State,
    }  # fmt: skip
    return render_page(
        request, f"polls/studio/{template}.html", title=poll.title if poll else _("New poll"),
        crumbs=[(_("Polls"), reverse("polls_studio:index"))], status=status, **context,
    )  # fmt: skip


def read(public_id: str) -> Poll:
    polls = Poll.objects.with_ballot_count().with_questions().select_related("owner", "decided_by", "circle")
    return get_object_or_404(polls, public_id=public_id)
