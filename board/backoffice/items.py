"""Subjects: made from an idea or from nothing, described, given evidence."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.desk import opens_to, render_page, url_if_there
from core.errors import DomainError
from ideas.models import Idea
from ideas.states import State
from polls.models import Poll

from ..domain.asking import ask_members, can_ask, polls_asked
from ..domain.demand import demand_of
from ..domain.items import (
    describe_item,
    drop_evidence,
    join_item,
    join_poll,
    make_item,
    make_item_from_idea,
    note_evidence,
    quarter_in_progress,
)
from ..permissions import can_make_items, can_read_board
from .parsing import by_script, find_item, number, refused


@opens_to(can_read_board)
@require_POST
def from_idea(request: HttpRequest) -> HttpResponse:
    """POST `idea` (its id), and maybe `reason`, `effort`, `silent`, `item` (a subject to join), `next` (where to go after)."""
    idea = get_object_or_404(Idea, public_id=request.POST.get("idea", ""))
    reason, silent = request.POST.get("reason", ""), bool(request.POST.get("silent"))
    back = _safe(request, request.POST.get("next", ""))
    try:
        if public_id := request.POST.get("item", ""):
            item = find_item(public_id)
            join_item(idea, item, by=request.user, reason=reason, silent=silent)
        else:
            effort = number(request.POST.get("effort"), 5)
            item = make_item_from_idea(idea, by=request.user, reason=reason, effort=effort, silent=silent)
    except DomainError as error:
        return refused(request, error, back or reverse("board_desk:index"))
    if by_script(request):
        return HttpResponse(status=204, headers={"Location": item.get_absolute_url()})
    messages.success(request, _("The idea now stands before the board, as “%(title)s”.") % {"title": item.title})
    return HttpResponseRedirect(back or item.get_absolute_url())


@opens_to(can_read_board)
def new(request: HttpRequest) -> HttpResponse:
    """A subject without an idea yet."""
    refusal, status = None, 200
    if request.method == "POST":
        try:
            item = make_item(
                title=request.POST.get("title", ""), summary=request.POST.get("summary", ""),
                effort=number(request.POST.get("effort"), 0), by=request.user,
            )  # fmt: skip
        except DomainError as error:
            refusal, status = error, error.status
        else:
            return HttpResponseRedirect(item.get_absolute_url())
    return render_page(
        request, "board/desk/item_new.html", title=_("New subject"), crumbs=_crumbs(), status=status, refusal=refusal,
        typed=request.POST, may_make=can_make_items(request.user), quarter=quarter_in_progress(),
    )  # fmt: skip


@opens_to(can_read_board)
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """A subject with all its evidence and the quarters it came before. A POST rewrites title and summary."""
    item = find_item(public_id)
    refusal, status = None, 200
    if request.method == "POST":
        title, summary = request.POST.get("title", ""), request.POST.get("summary", "")
        try:
            describe_item(item, title=title, summary=summary, by=request.user)
        except DomainError as error:
            refusal, status = error, error.status
            item.refresh_from_db()
        else:
            messages.success(request, _("The subject is rewritten."))
            return HttpResponseRedirect(item.get_absolute_url())
    return _page(request, item, refusal=refusal, status=status, typed=request.POST)


def _page(request: HttpRequest, item, *, refusal=None, status=200, typed=None) -> HttpResponse:
    placements = item.placements.select_related("quarter").defer("quarter__snapshot").order_by("-quarter__code")
    proofs = list(item.evidence.select_related("idea", "poll"))
    return render_page(
        request, "board/desk/item.html", title=item.title, crumbs=_crumbs(), status=status, refusal=refusal, item=item,
        proofs=list(enumerate(proofs)), demand=demand_of([item.pk])[item.pk], placements=list(placements),
        may_make=can_make_items(request.user), may_ask=can_ask(request.user), asked=polls_asked(proofs, request.user),
        typed=typed or {}, beta_url=url_if_there("betas_desk:new"),
        planned_idea=next((proof.idea for proof in proofs if proof.idea_id and proof.idea.state == State.PLANNED), None),
    )  # fmt: skip


@opens_to(can_read_board)
@require_POST
def add_evidence(request: HttpRequest, public_id: str) -> HttpResponse:
    """An idea or a poll by its id or address, or a note in words."""
    item, what = find_item(public_id), request.POST.get("what", "").strip()
    parts = {part for part in what.split("/") if part}
    idea = Idea.objects.filter(public_id__in=parts).first() if parts else None
    poll = Poll.objects.filter(public_id__in=parts).first() if parts and not idea else None
    try:
        if idea:
            weight = (request.POST.get("weight") or "1").replace(",", ".")
            join_item(idea, item, weight=float(weight) if _is_number(weight) else -1, by=request.user)
        elif poll:
            join_poll(poll, item, by=request.user)
        else:
            note_evidence(item, note=what, by=request.user)
    except DomainError as error:
        return _page(request, item, refusal=error, status=error.status, typed=request.POST)
    return HttpResponseRedirect(item.get_absolute_url())


@opens_to(can_read_board)
@require_POST
def drop(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    """Take away the evidence at a place of the list."""
    item = find_item(public_id)
    proofs = list(item.evidence.all())
    if position >= len(proofs):
        raise Http404
    drop_evidence(proofs[position], by=request.user)
    return HttpResponseRedirect(item.get_absolute_url())


@opens_to(can_read_board)
@require_POST
def ask(request: HttpRequest, public_id: str) -> HttpResponse:
    """Make a draft poll of the subject, and go to write it."""
    item = find_item(public_id)
    try:
        poll = ask_members(item, by=request.user)
    except DomainError as error:
        if error.status == 403:
            raise
        return _page(request, item, refusal=error, status=error.status)
    messages.success(request, _("The poll is a draft: write its question and options, then open it."))
    return HttpResponseRedirect(url_if_there("polls_studio:write", poll.public_id) or item.get_absolute_url())


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isascii() and text.replace(".", "", 1).isdigit()


def _crumbs() -> list:
    return [(_("Board"), reverse("board_desk:index"))]


def _safe(request: HttpRequest, url: str) -> str:
    return url if url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}) else ""
