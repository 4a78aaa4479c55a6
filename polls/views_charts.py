"""The charts of a result to keep, as the site gives them; the desk links here too."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from .charting import chart_file, growth_file, results_file
from .paces import require_pace_of_charts
from .views import read_poll


@require_GET
def chart(request: HttpRequest, public_id: str, question: str, name: str, kind: str) -> HttpResponse:
    """One chart as PNG, SVG or CSV; `?for=phone` lays it out for one."""
    require_pace_of_charts(request)
    poll = read_poll(request, public_id)
    return chart_file(request.user, poll, question, name, kind, on_phone=request.GET.get("for") == "phone")


@require_GET
def growth(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """How the turnout grew, in the same forms."""
    require_pace_of_charts(request)
    poll = read_poll(request, public_id)
    return growth_file(request.user, poll, kind, on_phone=request.GET.get("for") == "phone")


@require_GET
def results(request: HttpRequest, public_id: str) -> HttpResponse:
    require_pace_of_charts(request)
    return results_file(request.user, read_poll(request, public_id))
