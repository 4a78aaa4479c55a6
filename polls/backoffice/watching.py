"""The result and the turnout, as they come in, with the moves that are left to make."""

from collections.abc import Mapping
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django_htmx.http import HttpResponseClientRefresh

from core.desk import opens_to
from core.errors import DomainError

from ..domain.hearing import hearers_of
from ..domain.participating import turnout_of
from ..domain.results import summarise
from ..models import Poll
from ..permissions import can_read_studio, can_run_polls, can_see_results
from ..states import State
from .frame import page, read


def figures_of(request: HttpRequest, poll: Poll) -> dict:
    sight = can_see_results(request.user, poll)
    return {"summary": summarise(poll), "sees": sight.allowed, "now": timezone.now()}


def turnout_figures(poll: Poll) -> dict:
    turnout = turnout_of(poll)
    points = [(formats.date_format(span.start, "SHORT_DATE_FORMAT"), span.whole) for span in turnout.course]
    if points:
        points.insert(0, ("", 0))  # from nobody: the first day is a line too
    return {"turnout": turnout, "points": points}


@opens_to(can_read_studio)
def live(request: HttpRequest, public_id: str) -> HttpResponse:
    return show_live(request, public_id)


def show_live(
    request: HttpRequest, public_id: str, *, refusal: DomainError | None = None, typed: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page, and a refusal of one of its moves with what was typed for it."""
    poll = read(public_id)
    return page(
        request, "live", poll, "live", refusal=refusal, typed=typed or {}, stage=_stage_of(poll), **_moves_of(request, poll),
        **figures_of(request, poll), **turnout_figures(poll), status=refusal.status if refusal else 200,
    )  # fmt: skip


def _moves_of(request: HttpRequest, poll: Poll) -> dict:
    """Who would hear of what, asked only of polls with moves to make here."""
    if not (poll.is_open or poll.current_state == State.CLOSED) or not can_run_polls(request.user):
        return {}
    return {"hearers": hearers_of(poll), "again": timezone.localtime(timezone.now() + timedelta(days=7))}


def _stage_of(poll: Poll) -> str:
    """What the live page is drawn for as long as figures may still move; "" once they stand."""
    if poll.is_open:
        return "open"
    return "counting" if poll.is_over and not poll.is_counted else ""


@opens_to(can_read_studio)
def figures(request: HttpRequest, public_id: str) -> HttpResponse:
    """The figures alone, for the live page that asks again; the whole page, with state and moves, once its poll has gone on."""
    poll = read(public_id)
    stage = _stage_of(poll)
    if request.GET.get("stage", stage) != stage:
        return HttpResponseClientRefresh()
    context = {"poll": poll, "ticks": True, **figures_of(request, poll), **turnout_figures(poll)}
    return render(request, "polls/studio/_live.html", context)
