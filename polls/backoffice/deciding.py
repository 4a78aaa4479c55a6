"""The decision, and the answer to those who voted."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.desk import opens_to
from core.errors import DomainError
from core.shield import PrivateData

from ..domain.deciding import decide, letters_of, readers_of
from ..models import Poll
from ..permissions import can_read_studio
from .frame import page, read
from .watching import figures_of


@opens_to(can_read_studio)
def decision(request: HttpRequest, public_id: str) -> HttpResponse:
    poll, typed, error = read(public_id), "", None
    retained = request.POST.get("retained", "")
    if request.method == "POST":
        typed = request.POST.get("decision", "")
        try:
            if "preview" in request.POST:
                letters = letters_of(poll, typed, retained=retained, by=request.user)
                return _page(request, poll, typed, retained, letters=letters)
            poll = decide(poll, typed, retained=retained, by=request.user)
        except DomainError as refusal:
            error = refusal
            if isinstance(refusal, PrivateData):
                typed = refusal.extra["masked"]["decision"]
        else:
            messages.success(request, _("The decision is published, and those who voted are told."))
            return redirect("polls_studio:decide", poll.public_id)
    return _page(request, poll, typed, retained, error=error)


def _page(request: HttpRequest, poll: Poll, typed: str, retained: str, *, error=None, letters=()) -> HttpResponse:
    readers = readers_of(poll)
    return page(
        request, "decide", poll, "decide", typed=typed, retained=retained, error=error, told=sum(readers.values()),
        letters=[(letter, readers.get(letter.language, 0)) for letter in letters],
        status=error.status if error else 200, **figures_of(request, poll),
    )  # fmt: skip
