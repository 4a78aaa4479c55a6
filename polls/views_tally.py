"""What lets anyone check a poll: the tally file, the program that recounts it, one's own ballot in it; and open polls' names."""

from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from core.cursors import paginate
from core.errors import DomainError, Invalid, require

from . import recount_alone
from .domain.publishing_tally import lines_of_file, open_tally
from .domain.showing_names import names_in
from .models import Poll
from .receipts import look_up
from .sheets import lines_of
from .views import read_poll

LONGEST_CODE = 40


@require_GET
def tally(request: HttpRequest, public_id: str) -> HttpResponse:
    """The file itself. A refusal is the page that says why."""
    poll = read_poll(request, public_id)
    try:
        found = open_tally(poll, by=request.user)
    except DomainError as refusal:
        return _page(request, poll, refusal=refusal)
    return StreamingHttpResponse(
        lines_of_file(found), content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="tally-{poll.public_id}.json"'},
    )  # fmt: skip


@require_GET
def program(request: HttpRequest) -> HttpResponse:
    """The program that recounts a file on any computer, as it runs here."""
    path = Path(recount_alone.__file__)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type="text/x-python")


@never_cache
@require_http_methods(["GET", "POST"])
def receipt(request: HttpRequest, public_id: str) -> HttpResponse:
    """How to check the count, and one's ballot by its code. The code is posted: it stands in no address and no log."""
    poll = read_poll(request, public_id)
    code = request.POST.get("code", "")[:LONGEST_CODE].strip()
    try:
        if request.method == "POST" and code:
            return _page(request, poll, code=code, asked=True, found=look_up(request, poll, code, by=request.user))
        open_tally(poll, by=request.user)
        require(request.method != "POST", Invalid(_("Type the code of your receipt."), field="code", code="no_code"))
    except DomainError as refusal:
        return _page(request, poll, code=code, refusal=refusal)
    return _page(request, poll)


def _page(request: HttpRequest, poll: Poll, *, code: str = "", asked: bool = False, found=None, refusal=None):
    context = {
        "poll": poll, "code": code, "asked": asked, "found": found, "refusal": refusal,
        "answers": _in_words(poll, found["choices"]) if found else [],
    }  # fmt: skip
    return render(request, "polls/receipt.html", context, status=refusal.status if refusal else 200)


def _in_words(poll: Poll, choices: dict) -> list[tuple]:
    return [
        (question, lines_of(question, choices[question.public_id]))
        for question in poll.questions.all()
        if question.public_id in choices
    ]


@require_GET
def names(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who answered what, in an open poll; there is no such page for a confidential one."""
    poll = read_poll(request, public_id)
    page = paginate(names_in(poll, by=request.user), request.GET.get("cursor", ""), size=50)
    rows = [(row.member, _in_words(poll, row.ballot.choices)) for row in page.items]
    return render(request, "polls/names.html", {"poll": poll, "page": page, "rows": rows})
