"""Beta tests on the site: the list, a programme, and the tester's book."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.cursors import paginate
from core.errors import NotFound, NotSignedIn

from .domain.applying import apply, register_interest, withdraw_interest
from .domain.enrolling import require_tester, sign_charter, withdraw
from .domain.finding import give_details, report, withdraw_screenshot
from .domain.testing import tick_steps
from .forms import ApplyForm, CharterForm, DetailsForm, FindingForm, HouseForm, StepsForm
from .models import Finding, Programme
from .reading import Seen, changed_by, find_finding, find_mission, find_programme, missions_of, my_enrolment
from .serving import screenshot
from .states import OPEN_STATES, Enrolled, Review, State

MOST_OPEN = 60
either = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What can be joined, what comes, what runs; then the past ones with what they changed, by cursor."""
    cursor = request.GET.get("cursor", "")
    listed = Programme.objects.listed(request.user)
    opened = []
    if not cursor:
        opened = list(listed.in_state(*OPEN_STATES).with_card().with_my_state(request.user).order_by("-id")[:MOST_OPEN])
    past = paginate(listed.in_state(State.CLOSED).with_results().order_by("-closed_at", "-id"), cursor, size=8)
    groups = [
        (_("Looking for testers"), [one for one in opened if one.takes_applications]),
        (_("Opening soon"), [one for one in opened if one.state == State.INTEREST]),
        (_("Being tested"), [one for one in opened if one.state != State.INTEREST and not one.takes_applications]),
    ]
    context = {"groups": groups, "past": past, "cursor": cursor, "is_empty": not opened and not past.items}
    return render(request, "betas/list.html", context)


@require_safe
def short(request: HttpRequest, public_id: str) -> HttpResponse:
    """A programme's address without its words, as mails and the app know it."""
    return redirect(find_programme(public_id, user=request.user))


@never_cache
@require_safe
def detail(request: HttpRequest, public_id: str, slug: str) -> HttpResponse:
    programme = _read(request, public_id)
    if request.path != programme.get_absolute_url():
        return redirect(programme, permanent=True)
    return _page(request, programme)


def _read(request: HttpRequest, public_id: str) -> Programme:
    programmes = Programme.objects.with_card().with_results().with_ideas()
    return find_programme(public_id, user=request.user, programmes=programmes)


def _page(request: HttpRequest, programme: Programme, form: HouseForm | None = None) -> HttpResponse:
    """The programme as this person sees it; `form` is one that was refused."""
    seen = Seen(programme, request.user)
    mine = seen.enrolment
    context: dict[str, Any] = {"programme": programme, "seen": seen, "mine": mine, "chance": seen.chance}
    context["apply_form"] = form if isinstance(form, ApplyForm) else ApplyForm(auto_id="apply_%s")
    if mine and mine.must_sign:
        context["charter_form"] = (
            form if isinstance(form, CharterForm) else CharterForm(initial={"version": programme.charter_version})
        )
    if seen.has_cockpit:
        missions = missions_of(programme, mine)
        findings = list(programme.findings.filed_by(request.user).with_details().order_by("-id")[:100])
        context |= {
            "missions": missions,
            "missions_done": sum(mission.done_at is not None for mission in missions),
            "findings": findings,
            "changed": changed_by(findings),
        }
    return render(request, "betas/detail.html", context, status=400 if form is not None else 200)


def _to_the_door(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Sign in first, then back to the programme."""
    return redirect(f"{reverse('account_login')}?{urlencode({'next': programme.get_absolute_url()})}")


@require_POST
def ask_for_a_seat(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = _read(request, public_id)
    form = ApplyForm(request.POST, auto_id="apply_%s")
    if form.is_valid():
        try:
            enrolment = form.attempt(apply, programme=programme, by=request.user, **form.cleaned_data)
        except NotSignedIn:
            return _to_the_door(request, programme)
        if enrolment:
            messages.success(request, _after_applying(enrolment.state))
            return redirect(programme)
    return _page(request, programme, form)


def _after_applying(state: str) -> str:
    if state == Enrolled.ACCEPTED:
        return _("You have a seat. Sign the charter below, and it is yours.")
    if state == Enrolled.WAITLISTED:
        return _("You are on the waiting list. We write to you as soon as a seat is free.")
    return _("Your application has arrived. We answer you here and by e-mail.")


@require_POST
def interest(request: HttpRequest, public_id: str) -> HttpResponse:
    """Tell me when it opens, or no longer."""
    programme = _read(request, public_id)
    if not request.user.is_authenticated:
        return _to_the_door(request, programme)
    if request.POST.get("wanted") == "no":
        withdraw_interest(programme, by=request.user)
        messages.success(request, _("Noted: we will not write to you about it."))
    else:
        register_interest(programme, by=request.user)
        messages.success(request, _("Noted: we write to you before the others when it opens."))
    return redirect(programme)


@require_POST
@login_required
def sign(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = _read(request, public_id)
    enrolment = my_enrolment(programme, request.user)
    if enrolment is None:
        raise NotFound()
    form = CharterForm(request.POST)
    if form.is_valid():
        version = form.cleaned_data["version"]
        if form.attempt(sign_charter, enrolment=enrolment, version=version, by=request.user):
            messages.success(request, _("Welcome aboard: your seat is yours."))
            return redirect(f"{programme.get_absolute_url()}#book")
    return _page(request, programme, form)


@never_cache
@either
@login_required
def leave(request: HttpRequest, public_id: str) -> HttpResponse:
    """Asks once, then gives the seat back."""
    programme = _read(request, public_id)
    enrolment = my_enrolment(programme, request.user)
    if enrolment is None:
        raise NotFound()
    if request.method == "POST":
        withdraw(enrolment, by=request.user)
        messages.success(request, _("You have left the test. Your reports stay, and we tell you what becomes of them."))
        return redirect(programme)
    return render(request, "betas/leave.html", {"programme": programme, "mine": enrolment})


@never_cache
@either
@login_required
def mission(request: HttpRequest, public_id: str, mission_id: str) -> HttpResponse:
    programme = find_programme(public_id, user=request.user)
    enrolment = require_tester(programme, request.user)
    wanted = find_mission(programme, mission_id)
    if request.method == "POST":
        form = StepsForm(request.POST, count=len(wanted.step_list))
        if form.is_valid():
            progress = tick_steps(wanted, steps=form.cleaned_data["steps"], by=request.user)
            if progress.done_at:
                messages.success(request, _("Mission done, thank you. What did you notice?"))
                return redirect(f"{programme.get_absolute_url()}#book")
            messages.success(request, _("Your steps are kept."))
        return redirect("betas:mission", public_id, mission_id)
    found = next(one for one in missions_of(programme, enrolment) if one.pk == wanted.pk)
    return render(request, "betas/mission.html", {"programme": programme, "mission": found, "mine": enrolment})


@never_cache
@either
@login_required
def new_finding(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = find_programme(public_id, user=request.user)
    enrolment = require_tester(programme, request.user)
    missions = list(programme.missions.all())
    if request.method == "POST":
        form = FindingForm(request.POST, request.FILES, missions=missions)
        if form.is_valid() and form.attempt(report, programme=programme, by=request.user, **form.cleaned_data):
            messages.success(request, _("Thank you: your report has arrived. You see here what becomes of it."))
            return redirect(f"{programme.get_absolute_url()}#findings")
        status = 400
    else:
        typed = {"device": enrolment.device, "kind": "issue", "mission": request.GET.get("mission", "")}
        form, status = FindingForm(initial=typed, missions=missions), 200
    return render(request, "betas/report.html", {"programme": programme, "form": form}, status=status)


@never_cache
@either
@login_required
def finding(request: HttpRequest, public_id: str, finding_id: str) -> HttpResponse:
    """One of my findings, the bank's reply, and the way to answer its question."""
    programme = find_programme(public_id, user=request.user)
    found = find_finding(programme, finding_id, user=request.user, findings=Finding.objects.with_details())
    form, status = DetailsForm(), 200
    if request.method == "POST":
        form, status = DetailsForm(request.POST), 400
        if form.is_valid() and form.attempt(give_details, finding=found, by=request.user, **form.cleaned_data):
            messages.success(request, _("Thank you: we look at it again."))
            return redirect("betas:finding", public_id, finding_id)
    asks = found.state == Review.NEEDS_INFO and found.enrolment.member_id == request.user.pk
    context = {"programme": programme, "finding": found, "form": form, "asks": asks}
    return render(request, "betas/finding.html", context, status=status)


@never_cache
@either
@login_required
def picture(request: HttpRequest, public_id: str, finding_id: str, image_id: str) -> HttpResponse:
    """A screenshot, to its author and the bank; a POST takes it back for good."""
    programme = find_programme(public_id, user=request.user)
    found = find_finding(programme, finding_id, user=request.user)
    if request.method != "POST":
        return screenshot(found, image_id)
    withdraw_screenshot(found, image_id, by=request.user)
    messages.success(request, _("The picture is deleted, and its file too."))
    if found.enrolment.member_id != request.user.pk:
        return redirect("betas_desk:finding", public_id, finding_id)
    return redirect("betas:finding", public_id, finding_id)
