"""What is settled with one press beside an idea: a question or votes taken back, a suggested merge dismissed."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from core.desk import opens_to
from core.errors import DomainError

from ..domain.routing import withdraw_question
from ..domain.suggesting import dismiss_merge
from ..domain.voting_for_others import take_back_votes
from ..models import MergeSuggestion, Routing, VoteOnBehalf
from ..permissions import can_open_desk
from . import undoing
from .moves.base import done_deed


@require_POST
@opens_to(can_open_desk)
def take_question_back(request: HttpRequest, key: str) -> HttpResponse:
    routing = _one(Routing.objects.select_related("idea", "expert"), key)
    return _settle(request, lambda: withdraw_question(routing, by=request.user).deed, _("The question is taken back."))


@require_POST
@opens_to(can_open_desk)
def take_votes_back(request: HttpRequest, key: str) -> HttpResponse:
    vote = _one(VoteOnBehalf.objects.select_related("idea"), key)
    return _settle(request, lambda: take_back_votes(vote, by=request.user), _("These votes do not count any more."))


@require_POST
@opens_to(can_open_desk)
def dismiss(request: HttpRequest, key: str) -> HttpResponse:
    suggestion = _one(MergeSuggestion.objects.select_related("duplicate", "canonical"), key)
    words = _("Two ideas: this pair will not be suggested again.")
    return _settle(request, lambda: dismiss_merge(suggestion, by=request.user), words)


def _one(rows: Any, key: str) -> Any:
    found = rows.filter(public_id=key).first()
    if not found:
        raise Http404
    return found


def _settle(request: HttpRequest, act: Callable[[], Any], words: str) -> HttpResponse:
    """Do it, keep the ten seconds in which it can be undone, and go back to where it was pressed."""
    try:
        undoing.remember(request, done_deed(words, act()))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(back if safe else reverse("ideas_desk:index"))
