"""The wall: columns, cards, the line, and a panel beside them that explains, simulates or prepares."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.desk import opens_to, render_page
from core.errors import DomainError

from ..domain.placing import explain_card, move_card, set_effort
from ..domain.publishing import checks_before, preview_publication
from ..domain.walls import Wall, wall_of
from ..models import Quarter
from ..permissions import can_chair, can_make_items, can_place, can_read_board, can_score, can_sign
from ..states import Column, QuarterState
from . import panels
from .parsing import by_script, find_item, find_quarter, number, refused, wall_url


@opens_to(can_read_board)
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The quarter in progress, or the one named; `item` or `panel` opens the panel at the side."""
    quarter = _quarter(request.GET.get("quarter", ""))
    if quarter is None:
        return render_page(request, "board/desk/none.html", title=_("Board"), can_open=can_chair(request.user))
    wall = wall_of(quarter)
    context = rights(request.user, quarter) | {"wall": wall, "quarter": quarter, "phases": phases(quarter)}
    context |= _panel(request, wall)
    context["quarters"] = list(Quarter.objects.without_snapshot().order_by("-code")[:8])
    in_progress = any(one.state != QuarterState.PUBLISHED for one in context["quarters"])
    context["may_open"] = can_chair(request.user) and not in_progress
    return render_page(
        request, "board/desk/wall.html", title=_("Board of %(quarter)s") % {"quarter": quarter.label}, **context
    )


@opens_to(can_read_board)
@require_POST
def move(request: HttpRequest) -> HttpResponse:
    """Move a card, or write its effort and reason. A script gets the columns again, a form the wall."""
    quarter, item = find_quarter(request.POST.get("quarter", "")), find_item(request.POST.get("item", ""))
    to, reason, effort = request.POST.get("to", ""), request.POST.get("reason"), number(request.POST.get("effort"))
    position = number(request.POST.get("position"))
    try:
        if effort is not None:
            set_effort(quarter, item, effort=effort, by=request.user)
        if to:
            move_card(quarter, item, to=to, position=position, reason=reason, by=request.user)
        elif reason is not None:
            explain_card(quarter, item, reason=reason, by=request.user)
    except DomainError as error:
        return _refused(request, error, quarter, item)
    if by_script(request):
        quarter = find_quarter(quarter.code)
        context = rights(request.user, quarter) | {"wall": wall_of(quarter), "quarter": quarter}
        return render(request, "board/desk/_moved.html", context)
    return HttpResponseRedirect(wall_url(quarter, item=item.public_id))


def _refused(request: HttpRequest, error: DomainError, quarter: Quarter, item) -> HttpResponse:
    """The panel again, with the refusal at its field and what was typed."""
    if by_script(request) or error.field not in {"reason", "effort", "to"}:
        return refused(request, error, wall_url(quarter, item=item.public_id))
    wall = wall_of(quarter)
    context = rights(request.user, quarter) | {"wall": wall, "quarter": quarter, "phases": phases(quarter)}
    context |= panels.of_card(request, wall, item.public_id) | {"refusal": error, "typed": request.POST}
    context["masked"] = error.extra.get("masked", {}).get("reason", "")
    title = _("Board of %(quarter)s") % {"quarter": quarter.label}
    return render_page(request, "board/desk/wall.html", title=title, status=error.status, **context)


def _quarter(code: str) -> Quarter | None:
    """The one named; else the one in progress; else the newest."""
    if code:
        quarter = Quarter.objects.filter(code=code).first()
        if quarter is None:
            raise Http404
        return quarter
    return Quarter.objects.in_progress().first() or Quarter.objects.order_by("-code").first()


def _panel(request: HttpRequest, wall: Wall) -> dict:
    public_id, panel = request.GET.get("item", ""), request.GET.get("panel", "")
    if public_id:
        return panels.of_card(request, wall, public_id)
    if panel == "scoring":
        return panels.of_scoring(request, wall)
    if panel == "simulation" and wall.quarter.is_revealed:
        return panels.of_simulation(request, wall)
    if panel == "publication" and wall.quarter.is_kept:
        preview = preview_publication(wall.quarter, by=request.user)
        return {
            "panel": "publication",
            "audiences": preview.decisions,
            "everyone": preview.everyone,
            "checks": checks_before(wall.quarter, by=request.user),
        }
    return {"panel": ""}


def rights(user, quarter: Quarter) -> dict:
    """What the page offers this person at this step."""
    return {
        "may_move": can_place(user) and quarter.is_live,
        "may_say_effort": quarter.is_live and (can_place(user) or can_make_items(user)),
        "may_score": can_score(user) and quarter.takes_scores,
        "may_chair": can_chair(user),
        "may_sign": can_sign(user),
        "may_make": can_make_items(user),
        "froze_it": quarter.frozen_by_id == user.pk,
        "columns_of_choice": Column.choices,
    }


def phases(quarter: Quarter) -> list[dict]:
    """The course of the quarter: label, date if known, whether it is behind or here."""
    dates = {
        QuarterState.PREPARING: quarter.opened_at, QuarterState.SCORING: quarter.scoring_since,
        QuarterState.DECIDING: quarter.revealed_at, QuarterState.FROZEN: quarter.frozen_at,
        QuarterState.PUBLISHED: quarter.published_at,
    }  # fmt: skip
    order = list(QuarterState)
    here = order.index(quarter.state)
    return [
        {"label": state.label, "at": dates[state], "done": place < here or quarter.state == QuarterState.PUBLISHED,
         "here": place == here and quarter.state != QuarterState.PUBLISHED}
        for place, state in enumerate(order)
    ]  # fmt: skip
