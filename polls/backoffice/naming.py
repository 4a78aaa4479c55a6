"""Names beside answers, of open polls alone: a list by cursor, and the same as a file. Of other polls the address is not there."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from core.cursors import paginate
from core.desk import opens_to
from core.errors import DomainError, NotFound

from .. import exporting
from ..domain.naming import named_answers
from ..permissions import can_read_studio
from .frame import page, read


@require_GET
@opens_to(can_read_studio)
def names(request: HttpRequest, public_id: str) -> HttpResponse:
    poll = read(public_id)
    try:
        found = paginate(named_answers(poll, by=request.user), request.GET.get("cursor", ""), size=50)
    except NotFound as missing:
        raise Http404 from missing
    except DomainError as refusal:
        return page(request, "names", poll, "names", refusal=refusal, status=refusal.status)
    questions = list(poll.questions.all())
    lines = [
        {"row": row, "counted": row.ballot.is_counted(poll.counts_in),
         "answers": exporting.in_words(poll, row.ballot)}
        for row in found.items
    ]  # fmt: skip
    return page(request, "names", poll, "names", lines=lines, questions=questions, next=found.next)


@require_GET
@opens_to(can_read_studio)
def export(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    poll = read(public_id)
    try:
        return exporting.names_file(poll, kind, by=request.user)
    except NotFound as missing:
        raise Http404 from missing
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("polls_studio:names", poll.public_id)
