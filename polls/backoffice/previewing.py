"""The preview: the page members will see, at phone and desk width, drawn by its own templates from what is saved.

A frame shows it, as only a frame has a width of its own; the desk's policy lets pages of ours frame pages under /desk/ alone.
"""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.desk import opens_to

from ..consulting import visuals_of
from ..domain.previewing import as_if_open
from ..forms_talk import RemarkForm
from ..permissions import audience_in_words, can_read_studio
from ..sheets import Typed, sheets_of
from .frame import page, read


@opens_to(can_read_studio)
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    return page(request, "preview", read(public_id), "preview")


@opens_to(can_read_studio)
def paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """What stands in the frame: the poll as it would be open now, its options in the order they were written."""
    poll, reader = read(public_id), AnonymousUser()
    standing = as_if_open(poll, by=request.user)
    context = {
        "poll": poll, "standing": standing, "summary": None, "audience": audience_in_words(poll), "error": None,
        "sheets": sheets_of(reader, poll, standing, Typed()), "return_to": "",
        "base": "polls/studio/_paper.html",
    }  # fmt: skip
    if poll.consultation:
        visuals = visuals_of(reader, poll, standing.sight)
        context |= {"visuals": visuals, "can_react": True, "form": RemarkForm()}
    return render(request, "polls/show.html", context)
