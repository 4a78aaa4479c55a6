"""Polls on the site: the list, a poll, a ballot."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.cursors import paginate
from core.errors import DomainError, NotSignedIn
from core.pace import with_wait
from core.posting import posts_to
from core.shield import PrivateData

from .carrying import Carried, arrived, carried, carry
from .consulting import can_react, read_questions, talk, visuals_of
from .domain.results import summarise
from .domain.standing import Standing, standing_of
from .domain.voting import cast_ballot
from .forms_talk import RemarkForm
from .models import Poll
from .permissions import audience_in_words
from .sheets import Typed, answers_in, sheets_of

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
            now_open = now_open.awaiting(request.user)
        open_polls = list(now_open[:MOST_OPEN])
    if not unanswered:
        over = paginate(polls.over().latest_first(), cursor, size=12)
    context = {"open_polls": open_polls, "over": over, "unanswered": unanswered, "cursor": cursor}
    return render(request, "polls/list.html", context)


def read_poll(request: HttpRequest, public_id: str) -> Poll:
    polls = Poll.objects.for_heading(request.user).with_remark_count().select_related("decided_by")
    return read_questions(get_object_or_404(polls, public_id=public_id), request.user)


@require_GET
def short(request: HttpRequest, public_id: str) -> HttpResponse:
    """A poll's address without its words, as mails and the app know it."""
    return redirect(get_object_or_404(Poll.objects.readable_by(request.user), public_id=public_id))


@require_GET
def show(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    poll = read_poll(request, public_id)
    if slug != poll.slug:
        return redirect(poll, permanent=True)
    found = carried(request, poll)
    return arrived(request, page(request, poll, typed=found.typed if found else Typed(), kept=found), found)


def address_of(public_id: str, visual_id: str = "") -> str:
    """A poll's page, for who has its id alone; at one of its visuals."""
    return reverse("polls:short", args=[public_id]) + (f"#visual-{visual_id}" if visual_id else "")


def page(
    request: HttpRequest, poll: Poll, *, typed: Typed, error: DomainError | None = None,
    form: RemarkForm | None = None, kept: Carried | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The poll's page, as it stands, with what was kept through the sign-in, or with a refusal: of a ballot (`error`), or of a
    remark (`form`)."""
    standing = standing_of(request.user, poll)
    context = {
        "poll": poll,
        "standing": standing,
        "summary": summarise(poll) if standing.sees_results else None,
        "audience": audience_in_words(poll),
        "error": error,
        "kept": kept if standing.can_vote else None,
        "sheets": sheets_of(request.user, poll, standing, typed, _wrongs(error)),
        "return_to": "",
    }
    if poll.consultation:
        context |= _consultation(request, poll, standing) | {"form": form or RemarkForm()}
    if error:
        return with_wait(render(request, "polls/show.html", context, status=error.status), error)
    return render(request, "polls/show.html", context, status=status)


def _consultation(request: HttpRequest, poll: Poll, standing: Standing) -> dict:
    """Visuals and remarks: one query for a poll read by `read_poll`."""
    asked = request.GET
    said = talk(poll, request.user, cursor=asked.get("cursor", ""), first=asked.get("remark", ""))
    visuals = visuals_of(request.user, poll, standing.sight)
    return said | {"visuals": visuals, "can_react": can_react(request.user, poll), "remark": asked.get("remark", "")}


def _wrongs(error: DomainError | None) -> dict[str, str]:
    """What is wrong with a ballot, by the public id of the question."""
    if error is None:
        return {}
    faults = error.extra.get("faults") or [{"question": error.extra.get("question", ""), "detail": str(error)}]
    return {str(fault["question"]): fault["detail"] for fault in faults if fault["question"]}


@posts_to(address_of)
def ballot(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put a ballot in. Answers with the page it came from; a fragment, where the form asks for one."""
    typed, back = Typed.read(request.POST), request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = ""
    try:
        receipt = cast_ballot(public_id, answers=answers_in(typed, read_poll(request, public_id)), by=request.user)
    except NotSignedIn:
        return _to_the_door(request, public_id, typed, back)
    except DomainError as refusal:
        if refusal.status == 404:
            raise
        return _refused(request, public_id, typed, back, refusal)
    if request.htmx and back:
        return _fragment(request, read_poll(request, public_id), back, typed=Typed())
    said = _("Your ballot is in. Your receipt: %(code)s") % {"code": receipt.code}
    messages.success(request, said)
    return HttpResponseRedirect(back or receipt.poll.get_absolute_url())


def _refused(request: HttpRequest, public_id: str, typed: Typed, back: str, refusal: DomainError) -> HttpResponse:
    poll, shown = read_poll(request, public_id), typed.masked
    if request.htmx and back:
        return _fragment(request, poll, back, error=refusal, typed=shown)
    return page(request, poll, error=refusal, typed=shown)


def _to_the_door(request: HttpRequest, public_id: str, typed: Typed, back: str) -> HttpResponse:
    """Sign in first, and come back to the poll with the answer still there (`carrying.py`): it stands in no address."""
    poll = get_object_or_404(Poll.objects.readable_by(request.user), public_id=public_id)
    door = f"{reverse('account_login')}?{urlencode({'next': poll.get_absolute_url()})}"
    answer = HttpResponse(headers={"HX-Redirect": door}) if request.htmx else HttpResponseRedirect(door)
    try:
        carry(answer, poll, typed)
    except PrivateData as refusal:
        return _refused(request, public_id, typed, back, refusal)
    return answer


def _fragment(request: HttpRequest, poll: Poll, back: str, *, typed: Typed, error=None) -> HttpResponse:
    """The poll as it stands in another page (`_ballot.html`)."""
    standing = standing_of(request.user, poll)
    context = {
        "poll": poll, "standing": standing, "error": error, "return_to": back, "fragment": True,
        "sheets": sheets_of(request.user, poll, standing, typed, _wrongs(error)),
    }  # fmt: skip
    if error:
        return with_wait(render(request, "polls/_ballot.html", context, status=error.status), error)
    return render(request, "polls/_ballot.html", context)
