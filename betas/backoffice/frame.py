"""What the studio's pages share: finding the programme, its tabs, and a refusal said on top."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.desk import render_page
from core.errors import DomainError, NotFound

from ..models import Programme
from ..permissions import can_manage


def find(public_id: str) -> Programme:
    programme = Programme.objects.with_desk_row().with_ideas().filter(public_id=public_id).first()
    if programme is None:
        raise NotFound()
    return programme


def page(
    request: HttpRequest, template: str, programme: Programme, here: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A page of one programme: its tabs, with `here` the one that is open."""
    places = [
        ("studio", _("Overview"), None),
        ("applicants", pgettext("tab", "Recruit"), programme.waiting_count),
        ("missions", _("Missions"), programme.mission_count),
        ("findings", pgettext("testers", "Reports"), programme.new_finding_count),
        ("edit", pgettext("tab", "Texts and rules"), None),
        ("close", pgettext("tab", "Decision"), None),
    ]
    tabs = [
        {
            "label": label,
            "count": count,
            "is_here": name == here,
            "url": reverse(f"betas_desk:{name}", args=[programme.public_id]),
        }
        for name, label, count in places
    ]
    context |= {"programme": programme, "tabs": tabs, "may_write": can_manage(request.user, programme)}
    crumbs = [(_("Beta tests"), reverse("betas_desk:index"))]
    return render_page(request, template, title=programme.title, crumbs=crumbs, status=status, **context)


def say(request: HttpRequest, refusal: DomainError) -> None:
    messages.error(request, str(refusal))
