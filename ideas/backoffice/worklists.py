"""Two lists to work through: the questions put to experts, and the merges that are suggested."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.cursors import paginate
from core.desk import opens_to, render_page

from ..models import MergeSuggestion, Routing
from ..permissions import can_answer, can_open_desk, can_triage
from . import undoing

SIZE = 20


@require_GET
@opens_to(can_open_desk)
def questions(request: HttpRequest) -> HttpResponse:
    """Open questions, the most pressing first: those put to the reader, or with `?all=1` everyone's."""
    everyone = request.GET.get("all") == "1" or not can_answer(request.user)
    rows = Routing.objects.open().select_related("idea", "idea__category", "expert", "asked_by")
    rows = rows.defer("idea__body", "expert__password", "asked_by__password")
    rows = rows if everyone else rows.put_to(request.user)
    page = paginate(rows.order_by("due_on", "id"), request.GET.get("cursor", ""), size=SIZE)
    return render_page(
        request, "ideas/desk/questions.html", title=_("Questions to experts"), crumbs=_crumbs(), rows=page.items,
        everyone=everyone, may_answer=can_answer(request.user), next_cursor=page.next, previous_cursor=page.previous,
    )  # fmt: skip


@require_GET
@opens_to(can_open_desk)
def suggestions(request: HttpRequest) -> HttpResponse:
    """Open suggestions, the likest first, each with its two ideas side by side."""
    rows = MergeSuggestion.objects.open().select_related("duplicate__category", "canonical__category")
    page = paginate(rows.order_by("-score", "-id"), request.GET.get("cursor", ""), size=SIZE)
    return render_page(
        request, "ideas/desk/suggestions.html", title=_("Suggested merges"), crumbs=_crumbs(), rows=page.items,
        may_triage=can_triage(request.user), next_cursor=page.next, previous_cursor=page.previous,
        undos=undoing.current(request), here=request.get_full_path(),
    )  # fmt: skip


def _crumbs() -> list:
    return [(_("Idea triage"), reverse("ideas_desk:index"))]
