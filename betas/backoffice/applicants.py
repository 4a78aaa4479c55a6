"""Choosing testers: who waits for a word first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from core.cursors import paginate
from core.desk import opens_to
from core.errors import NotFound

from ..desk_forms import NoteForm
from ..domain import enrolling
from ..models import Enrolment
from ..permissions import can_read_desk
from ..states import ENROLMENT_MOVES, Enrolled
from .frame import find, page

VERBS = {
    Enrolled.ACCEPTED: enrolling.accept,
    Enrolled.WAITLISTED: enrolling.put_on_waiting_list,
    Enrolled.DECLINED: enrolling.decline,
    Enrolled.REMOVED: enrolling.remove,
}


@require_GET
@opens_to(can_read_desk)
def index(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, public_id)


def _page(request: HttpRequest, public_id: str, *, refused: NoteForm | None = None, about: str = "") -> HttpResponse:
    programme = find(public_id)
    enrolments = programme.enrolments.with_member().applicants_first()
    found = paginate(enrolments, request.GET.get("cursor", ""), size=30)
    for enrolment in found.items:
        enrolment.offers = [code for code in VERBS if code in ENROLMENT_MOVES[enrolment.state]]
        enrolment.refused = refused if enrolment.public_id == about else None
    context = {"page": found, "refused": refused, "status": 400 if refused else 200}
    return page(request, "betas/desk/applicants.html", programme, "applicants", **context)


@require_POST
@opens_to(can_read_desk)
def decide(request: HttpRequest, public_id: str, enrolment_id: str) -> HttpResponse:
    """Accept, put on the waiting list, decline or remove, with a word if one wishes."""
    enrolment = (
        Enrolment.objects.select_related("programme", "member")
        .filter(programme__public_id=public_id, public_id=enrolment_id)
        .first()
    )
    verb = VERBS.get(request.POST.get("to", ""))
    if enrolment is None or verb is None:
        raise NotFound()
    form = NoteForm(request.POST)
    if form.is_valid():
        decided = form.attempt(verb, enrolment=enrolment, by=request.user, note=form.cleaned_data["note"])
        if decided:
            said = {"name": enrolment.member.nickname, "state": decided.get_state_display()}
            messages.success(request, _("%(name)s: %(state)s. They are being told.") % said)
            return redirect("betas_desk:applicants", public_id)
    return _page(request, public_id, refused=form, about=enrolment_id)
