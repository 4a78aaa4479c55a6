"""What voters wrote on their ballots, without a name: a page by cursor, and all of it as a file."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET
from wagtail.admin import messages

from core.desk import opens_to
from core.errors import DomainError, NotFound

from .. import exporting_words
from ..domain.reading_words import read_words
from ..permissions import can_read_studio
from .frame import page, read


@require_GET
@opens_to(can_read_studio)
def words(request: HttpRequest, public_id: str) -> HttpResponse:
    poll = read(public_id)
    asked, cursor = request.GET.get("question", ""), request.GET.get("cursor", "")
    try:
        found = read_words(poll, by=request.user, question=asked, cursor=cursor)
    except DomainError as refusal:
        return page(request, "words", poll, "words", refusal=refusal, status=refusal.status)
    questions = list(dict.fromkeys(section.question for section in found.sections))
    shown = [section for section in found.sections if asked in ("", section.question.public_id)]
    return page(
        request, "words", poll, "words", words=found, asked=asked, questions=questions if len(questions) > 1 else [],
        withheld=[] if cursor else list(dict.fromkeys(one.question for one in shown if one.withheld)),
        none=not cursor and not found.texts, readable=any(not section.withheld for section in shown),
        whole=any(section.texts for section in found.sections),
    )  # fmt: skip


@require_GET
@opens_to(can_read_studio)
def export(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    poll = read(public_id)
    try:
        return exporting_words.words_file(poll, kind, by=request.user)
    except NotFound as missing:
        raise Http404 from missing
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("polls_studio:words", poll.public_id)
