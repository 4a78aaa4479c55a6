"""Writing what to test."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.desk import opens_to
from core.errors import DomainError

from ..desk_forms import MissionForm
from ..domain.briefing import drop_mission, shift_mission, write_mission
from ..permissions import can_read_desk
from ..reading import find_mission
from ..studio import missions_done
from .frame import find, page, say


@require_http_methods(["GET", "POST"])
@opens_to(can_read_desk)
def index(request: HttpRequest, public_id: str) -> HttpResponse:
    """The missions in order, and a form for the next one."""
    programme, form, status = find(public_id), MissionForm(), 200
    if request.method == "POST":
        form, status = MissionForm(request.POST), 400
        if form.is_valid() and form.attempt(write_mission, programme=programme, by=request.user, **form.cleaned_data):
            messages.success(request, _("The mission is written."))
            return redirect("betas_desk:missions", public_id)
    return page(
        request, "betas/desk/missions.html", programme, "missions",
        status=status, form=form, missions=list(missions_done(programme)),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@opens_to(can_read_desk)
def edit(request: HttpRequest, public_id: str, mission_id: str) -> HttpResponse:
    """New words for a mission; or move it, or take it out, by the buttons of the list."""
    programme = find(public_id)
    mission = find_mission(programme, mission_id)
    do = request.POST.get("do", "")
    if request.method == "POST" and do:
        try:
            if do == "drop":
                drop_mission(mission, by=request.user)
            else:
                shift_mission(mission, earlier=do == "earlier", by=request.user)
        except DomainError as refusal:
            say(request, refusal)
        return redirect("betas_desk:missions", public_id)
    values = {name: getattr(mission, name) for name in ("title", "brief", "steps", "duration")}
    form, status = MissionForm(initial=values), 200
    if request.method == "POST":
        form, status = MissionForm(request.POST), 400
        if form.is_valid() and form.attempt(
            write_mission, programme=programme, mission=mission, by=request.user, **form.cleaned_data
        ):
            messages.success(request, _("Kept."))
            return redirect("betas_desk:missions", public_id)
    return page(request, "betas/desk/mission.html", programme, "missions", status=status, form=form, mission=mission)
