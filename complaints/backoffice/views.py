"""Complaints in the desk: parse, call the verb, present. What was typed comes back with a refusal."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.cursors import paginate
from core.desk import opens_to, render_page, url_if_there
from core.errors import DomainError
from core.forms import masked
from core.shield import PrivateData
from ideas.backoffice.forms import DeskForm
from ideas.domain.forgetting import without_greeted

from ..domain.answering import acknowledge, answer_complaint, close_complaint, house_mediator
from ..domain.opening import assign_complaint, open_complaint
from ..domain.retention import kept_until
from ..domain.sources import Source, find_source, place_of, words_of
from ..domain.turning_back import turn_back
from ..domain.undoing import seconds_left, undo_complaint
from ..forms import AcknowledgeForm, AnswerForm, AssignForm, CloseForm, OpenForm, TurnBackForm
from ..listing import VIEWS, counts_of, rows_of
from ..models import Complaint
from ..permissions import can_handle, can_read_complaints, can_see_place
from ..reading import find_for_desk, hands_of
from ..states import MOVES, State

FORMS: dict[str, type[DeskForm]] = {
    "acknowledge": AcknowledgeForm, "answer": AnswerForm, "close": CloseForm, "turn-back": TurnBackForm,
    "assign": AssignForm,
}  # fmt: skip
LEADS_TO = {
    "acknowledge": State.ACKNOWLEDGED,
    "answer": State.ANSWERED,
    "close": State.CLOSED,
    "turn-back": State.TURNED_BACK,
}


@require_GET
@opens_to(can_read_complaints)
def index(request: HttpRequest) -> HttpResponse:
    """The list, with both clocks; one view at a time."""
    view = request.GET.get("view", "open")
    view = view if view in VIEWS else "open"
    page, counts = paginate(rows_of(view, request.user), request.GET.get("cursor", "")), counts_of(request.user)
    tabs = [
        {"label": label, "count": counts.get(name), "is_here": name == view, "url": f"?view={name}", "name": name}
        for name, label in VIEWS.items()
    ]
    rows = [(complaint, hands_of(complaint)) for complaint in page.items]
    return render_page(
        request, "complaints/desk/list.html", title=_("Complaints"), rows=rows, page=page, tabs=tabs, view=view
    )


@require_http_methods(["GET", "POST"])
@opens_to(can_handle)
def new(request: HttpRequest) -> HttpResponse:
    """Make a complaint of `?idea=`, `?comment=` or `?remark=` (a comment under a poll)."""
    source = _source(request.GET)
    form, status = OpenForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            complaint = open_complaint(source, by=request.user, **said)
        except DomainError as refusal:
            form, status = _refused(form, refusal), refusal.status
        else:
            messages.success(request, _("Complaint %(reference)s is open.") % {"reference": complaint})
            return HttpResponseRedirect(reverse("complaints_desk:show", args=[complaint.public_id]))
    return render_page(
        request, "complaints/desk/open.html", title=_("Open a complaint"), crumbs=_crumbs(), status=status, form=form,
        source=source, place=place_of(source), sees_place=can_see_place(request.user, place_of(source)), words=words_of(source),
    )  # fmt: skip


def _source(query: Any) -> Source:
    source = find_source(query)
    if source is None:
        raise Http404
    return source


@require_GET
@opens_to(can_read_complaints)
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, find_for_desk(public_id, user=request.user))


@require_POST
@opens_to(can_handle)
def act(request: HttpRequest, public_id: str, name: str) -> HttpResponse:
    """Acknowledge, answer, close, turn back, assign, or undo the opening. A refusal gives the page back with what was typed."""
    complaint = find_for_desk(public_id, user=request.user)
    if name == "undo":
        return _undo(request, complaint)
    if name not in FORMS:
        raise Http404
    form = FORMS[name](request.POST)
    if not form.is_valid():
        return _page(request, complaint, name=name, form=form, status=400)
    try:
        words = _run(name, complaint, form.cleaned_data, request.user)
    except DomainError as refusal:
        complaint = find_for_desk(public_id, user=request.user)
        return _page(request, complaint, name=name, form=_refused(form, refusal), status=refusal.status)
    messages.success(request, words)
    return HttpResponseRedirect(reverse("complaints_desk:show", args=[complaint.public_id]))


def _undo(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """Take back that it was opened, while nobody has heard of it."""
    try:
        undo_complaint(complaint, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("complaints_desk:show", args=[complaint.public_id]))
    messages.success(request, _("Taken back. Nobody will be told."))
    return HttpResponseRedirect(reverse("complaints_desk:index"))


def _run(name: str, complaint: Complaint, said: dict, by: Any) -> str:
    if name == "acknowledge":
        acknowledge(complaint, text=said["text"], by=by)
        return _("The acknowledgement is sent.")
    if name == "answer":
        answer_complaint(complaint, outcome=said["outcome"], text=said["text"], mediator=said["mediator"], by=by)
        return _("The answer is sent.")
    if name == "close":
        close_complaint(complaint, by=by)
        return _("The complaint is closed.")
    if name == "turn-back":
        turn_back(complaint, reason=said["reason"], show=bool(said.get("show")), by=by)
        return _("It is a complaint no longer; the person is told.")
    assign_complaint(complaint, said["owner"], by=by)
    return _("It is noted who is in charge.")


def _refused(form: DeskForm, refusal: DomainError) -> DeskForm:
    """The same form with the refusal where it belongs; a private number in it never comes back."""
    if isinstance(refusal, PrivateData):
        form.data = masked(form.data)
    form.refuse(refusal.field, str(refusal))
    return form


def _page(
    request: HttpRequest, complaint: Complaint, *, name: str = "", form: DeskForm | None = None, status: int = 200
) -> HttpResponse:
    may = can_handle(request.user)
    offered = [move for move, state in LEADS_TO.items() if may and state in MOVES[complaint.state]]
    blank = {"acknowledge": {"text": _first_words(complaint)}, "answer": {"mediator": house_mediator()}}
    if form and not complaint.is_hidden:
        form.fields.pop("show", None)
    extra = {"turn-back": {"is_hidden": complaint.is_hidden}}
    forms = [
        (one, form if one == name else FORMS[one](initial=blank.get(one), **extra.get(one, {}))) for one in offered
    ]
    if name and name not in offered and form and name != "assign":
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
    owner = complaint.owner.public_id if complaint.owner else ""
    return render_page(
        request, "complaints/desk/show.html", title=complaint.reference, crumbs=_crumbs(), status=status,
        complaint=complaint, hands=hands_of(complaint), steps=list(complaint.steps.select_related("by")), forms=forms,
        assign=(form if name == "assign" else AssignForm(initial={"owner": owner})) if may else None, may=may,
        kept_until=kept_until(complaint), words=words_of(complaint.source),
        undo_seconds=seconds_left(complaint, request.user), triage_url=url_if_there("ideas_desk:index"),
    )  # fmt: skip


def _first_words(complaint: Complaint) -> str:
    """An acknowledgement to start from, in the person's language."""
    from django.utils.translation import override

    from core.words import day

    with override(complaint.complainant.language):
        words = pgettext(
            "letter",
            "Hello %(name)s,\n\nYour message of %(received)s is handled as a complaint, reference %(reference)s. "
            "We answer it by %(answer)s at the latest.\n\nPlease write to us about it from your secure messaging only.",
        ) % {
            "name": complaint.complainant, "received": day(complaint.received_at), "reference": complaint.reference,
            "answer": day(complaint.answer_by),
        }  # fmt: skip
    return without_greeted(words) if complaint.complainant.erased_at else words


def _crumbs() -> list:
    return [(_("Complaints"), reverse("complaints_desk:index"))]
