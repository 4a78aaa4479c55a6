"""Polls on the site: the list, a poll, a ballot."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.cursors import paginate
from core.errors import DomainError, NotSignedIn

from .domain.standing import standing_of
from .domain.summarising import summarise
from .domain.voting import cast_ballot
from .models import Poll
from .permissions import audience_in_words

MOST_OPEN = 60


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Open polls, the soonest to close first; then the closed ones, by cursor. `?unanswered=1` shows what awaits me."""
    unanswered = request.GET.get("unanswered") == "1" and request.user.is_authenticated
    cursor = request.GET.get("cursor", "")
    polls = Poll.objects.for_reading(request.user).select_related("decided_by")
    open_polls, over = [], None
    if not cursor:
        now_open = polls.open().soonest_to_close()
        if unanswered:
            now_open = now_open.for_audience_of(request.user).filter(my_answer_at__isnull=True)
        open_polls = list(now_open[:MOST_OPEN])
    if not unanswered:
        over = paginate(polls.over().latest_first(), cursor, size=12)
    context = {"open_polls": open_polls, "over": over, "unanswered": unanswered, "cursor": cursor}
    return render(request, "polls/list.html", context)


def _read(request: HttpRequest, public_id: str) -> Poll:
    polls = Poll.objects.for_reading(request.user).select_related("decided_by")
    return get_object_or_404(polls, public_id=public_id)


@require_GET
def short(request: HttpRequest, public_id: str) -> HttpResponse:
    """A poll's address without its words, as mails and the app know it."""
    return redirect(get_object_or_404(Poll.objects.readable_by(request.user), public_id=public_id))


@require_GET
def show(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    poll = _read(request, public_id)
    if slug != poll.slug:
        return redirect(poll, permanent=True)
    return _page(request, poll, typed=request.GET.getlist("options"))


def _page(request: HttpRequest, poll: Poll, *, error: DomainError | None = None, typed=()) -> HttpResponse:
    standing = standing_of(request.user, poll)
    context = {
        "poll": poll,
        "standing": standing,
        "summary": summarise(poll) if standing.sees_results else None,
        "audience": audience_in_words(poll),
        "error": error,
        "ticked": frozenset(typed) or standing.chosen,
        "return_to": "",
    }
    return render(request, "polls/show.html", context, status=error.status if error else 200)


@require_POST
def ballot(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a ballot in. Answers with the page it came from; a fragment, where the form asks for one."""
    chosen, back = request.POST.getlist("options"), request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = ""
    try:
        receipt = cast_ballot(public_id, chosen, by=request.user)
    except DomainError as refusal:
        if isinstance(refusal, NotSignedIn):
            return _to_the_door(request, public_id, chosen)
        if refusal.status == 404:
            raise
        poll = _read(request, public_id)
        if request.htmx and back:
            return _fragment(request, poll, back, error=refusal, typed=chosen)
        return _page(request, poll, error=refusal, typed=chosen)
    if request.htmx and back:
        return _fragment(request, _read(request, public_id), back)
    said = _("Your ballot is in. Your receipt: %(code)s") % {"code": receipt.code}
    messages.success(request, said)
    return HttpResponseRedirect(back or receipt.poll.get_absolute_url())


def _to_the_door(request: HttpRequest, public_id: str, chosen: list[str]) -> HttpResponse:
    """Sign in first, and come back to the poll with the choice still ticked."""
    poll = get_object_or_404(Poll.objects.readable_by(request.user), public_id=public_id)
    here = f"{poll.get_absolute_url()}?{urlencode({'options': chosen}, doseq=True)}"
    door = f"{reverse('account_login')}?{urlencode({'next': here})}"
    return HttpResponse(headers={"HX-Redirect": door}) if request.htmx else HttpResponseRedirect(door)


def _fragment(request: HttpRequest, poll: Poll, back: str, *, error=None, typed=()) -> HttpResponse:
    """The poll as it stands in another page (`_ballot.html`)."""
    standing = standing_of(request.user, poll)
    context = {
        "poll": poll, "standing": standing, "error": error, "ticked": frozenset(typed) or standing.chosen,
        "return_to": back, "fragment": True,
    }  # fmt: skip
    return render(request, "polls/_ballot.html", context, status=error.status if error else 200)
