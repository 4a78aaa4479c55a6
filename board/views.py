"""What anyone reads of the board: the roadmap, the list of quarters, the minutes, and the file behind the hash."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.cursors import paginate

from .domain.freezing import canonical
from .domain.minutes import minutes_of
from .domain.roadmaps import roadmap
from .models import Quarter


@require_safe
def show_roadmap(request: HttpRequest) -> HttpResponse:
    return render(request, "board/roadmap.html", {"roadmap": roadmap()})


@require_safe
def quarters(request: HttpRequest) -> HttpResponse:
    page = paginate(Quarter.objects.published(), request.GET.get("cursor", ""), size=12)
    rows = [(quarter, _tally(quarter)) for quarter in page.items]
    more = f"{request.path}?cursor={page.next}" if page.next else ""
    return render(request, "board/quarters.html", {"rows": rows, "more": more})


@require_safe
def minutes(request: HttpRequest, code: str) -> HttpResponse:
    quarter = _published(code)
    others = Quarter.objects.published().exclude(pk=quarter.pk)[:6]
    context = {"quarter": quarter, "minutes": minutes_of(quarter), "others": [(one, _tally(one)) for one in others]}
    context["coming"] = Quarter.objects.in_progress().without_snapshot().first()
    return render(request, "board/minutes.html", context)


@require_safe
def notes(request: HttpRequest, code: str) -> HttpResponse:
    """The very bytes whose SHA-256 is the hash."""
    quarter = _published(code)
    headers = {"Content-Disposition": f'attachment; filename="{quarter.code}.json"'}
    return HttpResponse(canonical(quarter.snapshot), content_type="application/json", headers=headers)


def _published(code: str) -> Quarter:
    quarter = Quarter.objects.published().select_related("frozen_by", "published_by").filter(code=code).first()
    if quarter is None:
        raise Http404
    return quarter


def _tally(quarter: Quarter) -> dict[str, int]:
    """How many subjects were before the board, and how many were retained."""
    columns = [row["column"] for row in (quarter.snapshot or {}).get("items", ())]
    return {"all": len(columns), "retained": columns.count("this_quarter")}
