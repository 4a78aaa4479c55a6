"""The list, one challenge's overview with live figures, its texts and terms, its rules, its dates."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.cursors import paginate
from core.desk import opens_to, render_page
from core.errors import DomainError

from ...challenge_presenting import steps_of
from ...domain.challenges import announcing
from ...domain.challenges.counting import live_figures
from ...domain.challenges.ruling import publish_rules
from ...domain.challenges.telling import eligible_members, entrants_of
from ...domain.challenges.writing import DATES, TERMS, write_challenge
from ...models import Challenge
from ...permissions import can_read_challenges, can_run_challenges
from ...phases import IN_PROGRESS, OVER, Phase
from .forms import ChallengeForm, LengthenForm, RulesForm
from .frame import HOME, find, page

FILTERS = {"progress": IN_PROGRESS, "draft": (Phase.DRAFT,), "over": OVER}
writes = require_http_methods(["GET", "POST"])


@require_GET
@opens_to(can_read_challenges)
def index(request: HttpRequest) -> HttpResponse:
    """All challenges, the newest first, a page at a time."""
    wanted = request.GET.get("phase", "")
    challenges = Challenge.objects.with_entry_count().with_jury_count().select_related("owner").order_by("-id")
    if wanted in FILTERS:
        challenges = challenges.in_phase(*FILTERS[wanted])
    names = [
        ("", pgettext("challenges", "All")), ("progress", pgettext("challenges", "In progress")),
        ("draft", pgettext("challenges", "Drafts")), ("over", pgettext("challenges", "Over")),
    ]  # fmt: skip
    context = {
        "page": paginate(challenges, request.GET.get("cursor", ""), size=30), "wanted": wanted,
        "filters": [{"code": code, "label": label, "is_here": code == wanted} for code, label in names],
        "runs": can_run_challenges(request.user),
    }  # fmt: skip
    return render_page(request, "ideas/challenges/desk/list.html", title=_("Challenges"), **context)


@require_GET
@opens_to(can_read_challenges)
def overview(request: HttpRequest, public_id: str) -> HttpResponse:
    return _overview(request, find(public_id))


def _overview(request: HttpRequest, challenge: Challenge, form: LengthenForm | None = None) -> HttpResponse:
    is_draft = challenge.phase == Phase.DRAFT
    form = form or LengthenForm(initial={name: getattr(challenge, name) for name in DATES})
    context = {
        "steps": steps_of(challenge), "figures": live_figures(challenge), "form": form, "is_draft": is_draft,
        "faults": announcing.faults_of(challenge) if is_draft else [], "called": eligible_members(challenge).count(),
        "is_over": challenge.phase in OVER,
    }  # fmt: skip
    status = 400 if form.errors else 200
    return page(request, "ideas/challenges/desk/overview.html", challenge, "overview", status=status, **context)


@writes
@opens_to(can_read_challenges)
def write(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """Make a draft, or change what may still change."""
    challenge = find(public_id) if public_id else None
    start = ChallengeForm.values_of(challenge) if challenge else {}
    if start.get("circle"):
        start["circle"] = challenge.circle.public_id
    form = ChallengeForm(request.POST if request.method == "POST" else None, initial=start)
    if challenge and challenge.phase not in (Phase.DRAFT, Phase.ANNOUNCED):
        form.freeze(TERMS)
    if challenge and challenge.phase != Phase.DRAFT:
        form.freeze(DATES)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            frozen = {name for name, field in form.fields.items() if field.disabled}
            values = {name: value for name, value in form.cleaned_data.items() if name not in frozen}
            if saved := form.attempt(write_challenge, challenge, by=request.user, **values):
                messages.success(request, _("Kept."))
                return redirect("challenges_desk:overview", saved.public_id)
    runs = can_run_challenges(request.user)
    if challenge:
        return page(request, "ideas/challenges/desk/write.html", challenge, "write", status=status, form=form)
    crumbs = [(_("Challenges"), reverse(HOME))]
    return render_page(
        request, "ideas/challenges/desk/write.html", title=_("New challenge"), crumbs=crumbs, status=status, form=form,
        runs=runs,
    )  # fmt: skip


@writes
@opens_to(can_read_challenges)
def rules(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every version, and a form for the next one that begins with the version in force."""
    challenge, status = find(public_id), 200
    in_force = challenge.rules
    start = {"body_fr": in_force.body_fr, "body_en": in_force.body_en} if in_force else {}
    form = RulesForm(initial=start)
    if request.method == "POST":
        form, status = RulesForm(request.POST), 400
        if form.is_valid() and (made := form.attempt(publish_rules, challenge, by=request.user, **form.cleaned_data)):
            messages.success(request, _("Version %(n)s is published and in force.") % {"n": made.number})
            return redirect("challenges_desk:rules", public_id)
    phase = challenge.phase
    context = {
        "form": form, "versions": list(challenge.rules_versions.select_related("by")),
        "may_change": phase in (Phase.DRAFT, Phase.ANNOUNCED, Phase.POSTING, Phase.VOTING),
        "asks_again": entrants_of(challenge).count() if phase in (Phase.POSTING, Phase.VOTING) else 0,
    }  # fmt: skip
    return page(request, "ideas/challenges/desk/rules.html", challenge, "rules", status=status, **context)


@require_POST
@opens_to(can_read_challenges)
def announce(request: HttpRequest, public_id: str) -> HttpResponse:
    try:
        announcing.announce(find(public_id), by=request.user)
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The challenge is announced. It opens by itself at its hour."))
    return redirect("challenges_desk:overview", public_id)


@require_POST
@opens_to(can_read_challenges)
def lengthen(request: HttpRequest, public_id: str) -> HttpResponse:
    """Put dates later; those that stay as they are change nothing."""
    challenge = find(public_id)
    form = LengthenForm(request.POST)
    if form.is_valid():
        shown = {name: getattr(challenge, name) for name in DATES}
        # The control shows minutes: a date that was not touched keeps its seconds.
        dates = {
            name: at
            for name, at in form.cleaned_data.items()
            if at and shown[name] and at != shown[name].replace(second=0, microsecond=0)
        }
        if form.attempt(announcing.lengthen, challenge, by=request.user, **dates):
            messages.success(request, _("The dates are put later."))
            return redirect("challenges_desk:overview", public_id)
    return _overview(request, challenge, form)
