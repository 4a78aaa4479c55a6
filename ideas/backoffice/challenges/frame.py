"""What the pages of one challenge share: finding it, its tabs."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.desk import render_page
from core.errors import NotFound, require

from ...models import Challenge
from ...permissions import can_run_challenges
from ...phases import Phase

HOME = "challenges_desk:index"


def find(public_id: str) -> Challenge:
    challenges = Challenge.objects.with_rules().with_entry_count().with_jury_count()
    challenge = challenges.select_related("owner", "circle", "proposed_by", "published_by").filter(public_id=public_id)
    found = challenge.first()
    require(found is not None, NotFound())
    return found


def page(
    request: HttpRequest, template: str, challenge: Challenge, here: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of one challenge, with `here` the tab that is open."""
    places = [
        ("overview", pgettext("challenge", "Overview"), None),
        ("write", pgettext("challenge", "Texts and terms"), None),
        ("rules", pgettext("challenge", "Rules"), challenge.rules.number if challenge.rules else None),
        ("jury", pgettext("challenge", "Jury"), challenge.juror_count),
        ("results", pgettext("challenge", "Results"), None),
    ]
    tabs = [
        {"label": label, "count": count, "is_here": name == here,
         "url": reverse(f"challenges_desk:{name}", args=[challenge.public_id])}
        for name, label, count in places
    ]  # fmt: skip
    context |= {
        "challenge": challenge, "tabs": tabs, "runs": can_run_challenges(request.user), "phase": challenge.phase,
        "phases": Phase,
    }  # fmt: skip
    crumbs = [(_("Challenges"), reverse(HOME))]
    return render_page(request, template, title=challenge.title, crumbs=crumbs, status=status, **context)
