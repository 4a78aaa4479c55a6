"""Who did what with a poll, and when."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from core.cursors import paginate
from core.desk import opens_to

from ..history import history_of, steps_of
from ..permissions import can_read_studio
from .frame import page, read

SIZE = 50


@require_GET
@opens_to(can_read_studio)
def history(request: HttpRequest, public_id: str) -> HttpResponse:
    poll = read(public_id)
    found = paginate(history_of(poll), request.GET.get("cursor", ""), size=SIZE)
    return page(request, "history", poll, "history", steps=steps_of(found.items), next=found.next)
