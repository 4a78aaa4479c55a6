"""The list of programmes, making one, its overview, its course and its end."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.cursors import paginate
from core.desk import opens_to, render_page
from core.errors import DomainError, Invalid
from ideas.models import Idea

from ..desk_forms import CloseForm, ProgrammeForm
from ..domain import running
from ..domain.closing import close_programme
from ..domain.making import edit_programme, make_programme
from ..models import Programme
from ..permissions import can_manage, can_read_desk
from ..states import MOVES, OPEN_STATES, Outcome, State
from ..studio import findings_by_severity, funnel_of, missions_done, who_hears_of_the_end
from .frame import find, page, say

VERBS = {
    "interest": running.open_interest,
    "recruiting": running.open_recruiting,
    "running": running.start,
    "resume": running.resume,
    "evaluating": running.evaluate,
    "archived": running.archive,
}
FILTERS = {"open": OPEN_STATES, "draft": (State.DRAFT,), "closed": (State.CLOSED, State.ARCHIVED)}
write = require_http_methods(["GET", "POST"])


@require_GET
@opens_to(can_read_desk)
def index(request: HttpRequest) -> HttpResponse:
    """All programmes, the newest first, a page at a time."""
    wanted = request.GET.get("state", "")
    programmes = Programme.objects.with_desk_row().order_by("-id")
    if wanted in FILTERS:
        programmes = programmes.in_state(*FILTERS[wanted])
    names = [
        ("", pgettext("beta programmes", "All")), ("open", pgettext("beta programmes", "Open")),
        ("draft", pgettext("beta programmes", "Drafts")), ("closed", pgettext("beta programmes", "Closed")),
    ]  # fmt: skip
    context = {
        "page": paginate(programmes, request.GET.get("cursor", "")), "wanted": wanted,
        "filters": [{"code": code, "label": label, "is_here": code == wanted} for code, label in names],
        "may_write": can_manage(request.user),
    }  # fmt: skip
    return render_page(request, "betas/desk/list.html", title=_("Beta tests"), **context)


@write
@opens_to(can_manage)
def new(request: HttpRequest) -> HttpResponse:
    """Make a programme; from ideas with `?idea=public_id`, once or more, and from a board item with `?item=`."""
    keys = request.POST.getlist("ideas") or request.GET.getlist("idea")
    linked = list(Idea.objects.filter(public_id__in=keys))
    if request.method == "POST":
        form = ProgrammeForm(request.POST, linked=linked)
        if form.is_valid() and (programme := form.attempt(make_programme, by=request.user, **form.cleaned_data)):
            messages.success(request, _("The draft is made. Nobody but you and your colleagues sees it."))
            return redirect("betas_desk:studio", programme.public_id)
        status = 400
    else:
        first = linked[0] if linked else None
        typed = {
            "ideas": [idea.public_id for idea in linked], "title": first.title[:90] if first else "",
            "board_item_ref": request.GET.get("item", "")[:20],
        }  # fmt: skip
        form, status = ProgrammeForm(initial=typed, linked=linked), 200
    crumbs = [(_("Beta tests"), reverse("betas_desk:index"))]
    return render_page(
        request,
        "betas/desk/new.html",
        title=_("New beta test"),
        crumbs=crumbs,
        status=status,
        form=form,
        may_write=True,
    )


@require_GET
@opens_to(can_read_desk)
def studio(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = find(public_id)
    moves = MOVES[programme.state]
    context = {
        "funnel": funnel_of(programme),
        "severities": findings_by_severity(programme),
        "missions": list(missions_done(programme)),
        "duplicates": programme.findings.filter(state="duplicate").count(),
        "can_interest": State.INTEREST in moves,
        "can_recruit": State.RECRUITING in moves,
        "can_start": programme.state == State.RECRUITING,
        "can_evaluate": State.EVALUATING in moves,
        "can_resume": programme.state == State.EVALUATING,
        "can_archive": State.ARCHIVED in moves,
        "can_close": State.CLOSED in moves,
    }
    return page(request, "betas/desk/studio.html", programme, "studio", **context)


@write
@opens_to(can_read_desk)
def edit(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = find(public_id)
    linked = [link.idea for link in programme.idea_links.all()]
    status = 200
    if request.method == "POST":
        form = ProgrammeForm(request.POST, linked=linked)
        if form.is_valid() and form.attempt(edit_programme, programme=programme, by=request.user, **form.cleaned_data):
            messages.success(request, _("Kept."))
            return redirect("betas_desk:edit", public_id)
        status = 400
    else:
        form = ProgrammeForm(initial=ProgrammeForm.values_of(programme), linked=linked)
    return page(request, "betas/desk/edit.html", programme, "edit", status=status, form=form)


@require_POST
@opens_to(can_read_desk)
def advance(request: HttpRequest, public_id: str) -> HttpResponse:
    """The next step of its course: announce, recruit, start, evaluate, resume, archive."""
    programme = find(public_id)
    try:
        verb = VERBS.get(request.POST.get("to", ""))
        if verb is None:
            raise Invalid(_("Choose a step."), field="to")
        programme = verb(programme, by=request.user)
    except DomainError as refusal:
        say(request, refusal)
    else:
        messages.success(request, _("The programme is now “%(state)s”.") % {"state": programme.get_state_display()})
    return redirect("betas_desk:studio", public_id)


@write
@opens_to(can_read_desk)
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say what came of it. Before, how many people will hear."""
    programme = find(public_id)
    form, status = CloseForm(initial={"outcome": Outcome.SHIPPED}), 200
    if request.method == "POST":
        form, status = CloseForm(request.POST), 400
        if form.is_valid() and form.attempt(close_programme, programme=programme, by=request.user, **form.cleaned_data):
            messages.success(request, _("Closed. Testers and the people of its ideas are being told."))
            return redirect("betas_desk:studio", public_id)
    testers, voters = who_hears_of_the_end(programme, by=request.user)
    context = {"form": form, "testers": testers, "voters": voters, "can_close": State.CLOSED in MOVES[programme.state]}
    return page(request, "betas/desk/close.html", programme, "close", status=status, **context)
