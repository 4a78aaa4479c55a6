"""The poll studio, in the desk: write, check, open, watch, close, decide. Every change is a verb's."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from core.cursors import paginate
from core.desk import opens_to, render_page
from core.errors import DomainError, Invalid
from core.shield import PrivateData
from members.states import Kind

from .domain.closing import close
from .domain.deciding import decide, participants_of
from .domain.opening import audience_of, faults_of, open_now, schedule, unschedule
from .domain.standing import standing_of
from .domain.summarising import summarise, wilson
from .domain.writing import Frozen, move_close
from .forms import BLANK_ROWS, PollForm, initial_of, masked, rows_of, rows_sent
from .models import Poll
from .permissions import audience_in_words, can_read_studio, can_run_polls, can_see_results
from .states import Drawing, State


def _tabs(poll: Poll, here: str) -> list[dict]:
    words = {
        "write": pgettext("studio", "Write"),
        "check": pgettext("studio", "Open"),
        "live": pgettext("studio", "Result"),
        "decide": pgettext("studio", "Decide"),
    }
    icons = {"write": "pencil", "check": "calendar", "live": "chart-bar", "decide": "scale"}
    shown = ["write", "check"] if poll.current_state in (State.DRAFT, State.SCHEDULED) else list(words)
    return [
        {"name": name, "label": words[name], "icon": icons[name], "here": name == here,
         "url": reverse(f"polls_studio:{name}", args=[poll.public_id])}
        for name in shown
    ]  # fmt: skip


def _page(request: HttpRequest, template: str, poll: Poll | None, here: str, *, status: int = 200, **context):
    context |= {
        "poll": poll, "tabs": _tabs(poll, here) if poll else [], "runs": can_run_polls(request.user),
        "states": State,
    }  # fmt: skip
    return render_page(
        request, f"polls/studio/{template}.html", title=poll.title if poll else _("New poll"),
        crumbs=[(_("Polls"), reverse("polls_studio:index"))], status=status, **context,
    )  # fmt: skip


def _read(public_id: str) -> Poll:
    polls = Poll.objects.with_ballot_count().with_questions().select_related("owner", "decided_by")
    return get_object_or_404(polls, public_id=public_id)


@opens_to(can_read_studio)
def index(request: HttpRequest) -> HttpResponse:
    page = paginate(Poll.objects.for_studio(), request.GET.get("cursor", ""), size=30)
    context = {"page": page, "runs": can_run_polls(request.user), "states": State}
    return render_page(request, "polls/studio/index.html", title=_("Polls"), **context)


@opens_to(can_read_studio)
def write(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """The editor. Every button saves, so that moving an option loses neither a word nor a picture."""
    poll = _read(public_id) if public_id else None
    frozen = bool(poll and (poll.is_over or poll.participations.exists()))
    if request.method == "POST":
        return _save(request, poll)
    blank = request.GET.get("blank", "")
    blank = int(blank) if blank.isascii() and blank.isdigit() else (0 if poll else BLANK_ROWS)
    form = PollForm(initial=initial_of(poll) if poll else {}, rows=rows_of(poll, blank))
    return _editor(request, poll, form, frozen=frozen)


def _editor(request, poll, form, *, frozen=False, status=200) -> HttpResponse:
    return _page(
        request, "write", poll, "write", form=form, frozen=frozen, drawings=Drawing.choices, status=status,
        locked=frozen or not can_run_polls(request.user),
        secret=isinstance(form.refusal, PrivateData),
    )  # fmt: skip


def _save(request: HttpRequest, poll: Poll | None) -> HttpResponse:
    sent = masked(request.POST) if request.POST.get("do") == "mask" else request.POST
    form = PollForm(sent, rows=rows_sent(sent, request.FILES))
    saved = form.save(poll, by=request.user)
    if saved is None:
        return _editor(request, poll, form, status=form.refusal.status if form.refusal else 400)
    if request.POST.get("do") == "check":
        return redirect("polls_studio:check", saved.public_id)
    if request.POST.get("do") == "add":
        return HttpResponseRedirect(reverse("polls_studio:write", args=[saved.public_id]) + "?blank=1#options")
    messages.success(request, _("Saved."))
    return redirect("polls_studio:write", saved.public_id)


@opens_to(can_read_studio)
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Before opening: what is missing, how many are invited, and how sure the answer can be."""
    poll = _read(public_id)
    kinds = audience_of(poll).aggregate(
        invited=Count("pk"),
        customers=Count("pk", filter=Q(kind=Kind.CUSTOMER)),
        prospects=Count("pk", filter=Q(kind=Kind.PROSPECT)),
    )
    answers = round(kinds["invited"] * 0.18)
    low, high = wilson(answers // 2, answers) if answers else (0, 1)
    return _page(
        request, "check", poll, "check", faults=faults_of(poll), kinds=kinds, audience=audience_in_words(poll),
        margin=50 * (high - low), expected=answers, standing=standing_of(request.user, poll),
    )  # fmt: skip


def _figures(request: HttpRequest, poll: Poll) -> dict:
    sight = can_see_results(request.user, poll)
    return {"summary": summarise(poll), "sees": sight.allowed, "now": timezone.now()}


@opens_to(can_read_studio)
def live(request: HttpRequest, public_id: str) -> HttpResponse:
    poll = _read(public_id)
    return _page(request, "live", poll, "live", **_figures(request, poll))


@opens_to(can_read_studio)
def figures(request: HttpRequest, public_id: str) -> HttpResponse:
    """The figures alone, for the live page that asks again."""
    poll = _read(public_id)
    return render(request, "polls/studio/_figures.html", {"poll": poll, **_figures(request, poll)})


@opens_to(can_read_studio)
def decision(request: HttpRequest, public_id: str) -> HttpResponse:
    poll, typed, error = _read(public_id), "", None
    if request.method == "POST":
        typed = request.POST.get("decision", "")
        try:
            poll = decide(poll, typed, by=request.user)
        except DomainError as refusal:
            error = refusal
            if isinstance(refusal, PrivateData):
                typed = refusal.extra["masked"]["decision"]
        else:
            messages.success(request, _("The decision is published, and those who voted are told."))
            return redirect("polls_studio:decide", poll.public_id)
    return _page(
        request, "decide", poll, "decide", typed=typed, error=error, told=participants_of(poll).count(),
        status=error.status if error else 200, **_figures(request, poll),
    )  # fmt: skip


@require_POST
@opens_to(can_read_studio)
def act(request: HttpRequest, public_id: str, verb: str) -> HttpResponse:
    """One move of the poll, then back to where it is seen."""
    poll = get_object_or_404(Poll, public_id=public_id)
    try:
        said, where = VERBS[verb](request, poll)
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, str(refusal))
        return redirect("polls_studio:live" if verb in ("close", "extend") else "polls_studio:check", public_id)
    messages.success(request, said)
    return redirect(f"polls_studio:{where}", public_id)


def _open(request, poll):
    open_now(poll, by=request.user)
    return _("The poll is open."), "live"


def _schedule(request, poll):
    schedule(poll, by=request.user)
    return _("The poll will open at its hour."), "check"


def _unschedule(request, poll):
    unschedule(poll, by=request.user)
    return _("The poll is a draft again."), "write"


def _close(request, poll):
    close(poll, by=request.user)
    return _("The poll is closed. Now write the decision."), "decide"


def _extend(request, poll):
    moment = parse_datetime(request.POST.get("closes_at", ""))
    if moment is None:
        raise Invalid(_("Choose a moment to come."), field="closes_at")
    moment = timezone.make_aware(moment) if timezone.is_naive(moment) else moment
    try:
        move_close(poll, closes_at=moment, by=request.user, now=timezone.now())
    except Frozen as refusal:
        raise Invalid(_("Only an open poll’s close can be moved.")) from refusal
    return _("The close is moved."), "live"


VERBS = {"open": _open, "schedule": _schedule, "unschedule": _unschedule, "close": _close, "extend": _extend}

urlpatterns = [
    path("", index, name="index"),
    path("new/", write, name="new"),
    path("<str:public_id>/", write, name="write"),
    path("<str:public_id>/check/", check, name="check"),
    path("<str:public_id>/live/", live, name="live"),
    path("<str:public_id>/figures/", figures, name="figures"),
    path("<str:public_id>/decide/", decision, name="decide"),
    *[path(f"<str:public_id>/{verb}/", act, {"verb": verb}, name=verb) for verb in VERBS],
]
