"""Reviewing what testers report: the worst first."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_http_methods

from core.cursors import paginate
from core.desk import opens_to, url_if_there

from ..desk_forms import ReviewForm
from ..domain.reviewing import review
from ..models import Finding
from ..permissions import can_read_desk
from ..reading import find_finding
from ..states import REVIEW_MOVES, Review, Severity
from .frame import find, page


@require_GET
@opens_to(can_read_desk)
def index(request: HttpRequest, public_id: str) -> HttpResponse:
    programme = find(public_id)
    state, severity = request.GET.get("state", ""), request.GET.get("severity", "")
    findings = programme.findings.with_author().with_details().worst_first()
    if state in Review.values:
        findings = findings.filter(state=state)
    if severity in Severity.values:
        findings = findings.filter(severity=severity)
    context = {
        "page": paginate(findings, request.GET.get("cursor", ""), size=30),
        "states": Review.choices, "severities": Severity.choices, "state": state, "severity": severity,
    }  # fmt: skip
    return page(request, "betas/desk/findings.html", programme, "findings", **context)


def _buttons(finding: Finding) -> list[dict]:
    """The moves one can make, as buttons, in the order of their use."""
    labels = [
        (Review.CONFIRMED, pgettext("review", "Confirm"), "circle-check"),
        (Review.NEEDS_INFO, pgettext("review", "Ask for a detail"), "message-square"),
        (Review.FIXED, pgettext("review", "Fixed"), "check"),
        (Review.DUPLICATE, pgettext("review", "Duplicate"), "git-merge"),
        (Review.WONT_DO, pgettext("review", "Will not be done"), "ban"),
    ]
    return [{"to": to, "label": label, "icon": icon} for to, label, icon in labels if to in REVIEW_MOVES[finding.state]]


@require_http_methods(["GET", "POST"])
@opens_to(can_read_desk)
def show(request: HttpRequest, public_id: str, finding_id: str) -> HttpResponse:
    """A report with its pictures, the reply, and what one makes of it."""
    programme = find(public_id)
    findings = Finding.objects.with_details().with_author()
    finding = find_finding(programme, finding_id, user=request.user, findings=findings)
    others = list(programme.findings.filter(duplicate_of__isnull=True).exclude(pk=finding.pk).order_by("-id")[:200])
    form, status = ReviewForm(others=others), 200
    if request.method == "POST":
        form, status = ReviewForm(request.POST, others=others), 400
        if form.is_valid():
            done = form.attempt(
                review, finding=finding, to=request.POST.get("to", ""), by=request.user, **form.cleaned_data
            )
            if done:
                said = {"title": finding.title, "state": done.get_state_display()}
                messages.success(request, _("“%(title)s”: %(state)s. Its author is being told.") % said)
                return redirect("betas_desk:findings", public_id)
    context = {
        "finding": finding,
        "form": form,
        "to": request.POST.get("to", ""),
        "buttons": _buttons(finding),
        "item_url": url_if_there("board_desk:item_new"),
    }
    return page(request, "betas/desk/finding.html", programme, "findings", status=status, **context)
