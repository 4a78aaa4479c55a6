"""Polls written from others: duplicates, templates kept by the studio, templates that ship."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.desk import opens_to
from core.posting import posts_to

from ..domain import duplicating
from ..models import Poll
from ..permissions import can_read_studio
from .frame import tab_of


@posts_to(tab_of("write"))
@opens_to(can_read_studio)
def duplicate(request: HttpRequest, public_id: str) -> HttpResponse:
    """A draft from any poll, ended ones and templates too."""
    copy = duplicating.duplicate(get_object_or_404(Poll, public_id=public_id), by=request.user)
    messages.success(request, _("The copy is a draft: give it its dates."))
    return redirect("polls_studio:write", copy.public_id)


@posts_to(tab_of("write"))
@opens_to(can_read_studio)
def keep(request: HttpRequest, public_id: str) -> HttpResponse:
    duplicating.keep_as_template(get_object_or_404(Poll, public_id=public_id), by=request.user)
    messages.success(request, _("Kept as a template: you find it on the page of a new poll."))
    return redirect("polls_studio:new")


@posts_to(tab_of("write"))
@opens_to(can_read_studio)
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    duplicating.drop_template(get_object_or_404(Poll, public_id=public_id), by=request.user)
    messages.success(request, _("The template is taken away. Polls written from it stay."))
    return redirect("polls_studio:new")


@posts_to(lambda key: reverse("polls_studio:new"))
@opens_to(can_read_studio)
def start(request: HttpRequest, key: str) -> HttpResponse:
    """A draft from a template that ships with the lab."""
    poll = duplicating.write_from_shipped(key, by=request.user)
    messages.success(request, _("The draft is written. Change what you like."))
    return redirect("polls_studio:write", poll.public_id)
