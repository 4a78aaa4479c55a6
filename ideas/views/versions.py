"""What an idea said before: its versions, and two of them compared word by word."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.cursors import paginate
from core.errors import DomainError, NotAllowed, NotFound, require

from ..comparing import as_only_version, compare, versions_shown
from ..domain.hiding import hide_version, show_version, undoable_of
from ..domain.recording import undo_deed
from ..forms import HideForm, SightForm
from ..listing import find_idea
from ..models import Idea
from ..permissions import can_moderate
from ..states import Doing


@require_safe
def versions(request, public_id):
    """The newest first; `?from=1&to=3` compares. Without a choice: the last change."""
    idea = find_idea(public_id, user=request.user, ideas=Idea.objects.select_related("category"))
    page = paginate(versions_shown(idea, request.user).order_by("-number"), request.GET.get("cursor", ""))
    rows = page.items or [as_only_version(idea)]
    url = reverse("ideas:versions", args=[idea.public_id])
    context = {
        "idea": idea, "versions": rows, "comparison": _comparison(request, idea, rows), "url": url,
        "more_url": f"{url}?cursor={page.next}" if page.next else "", "mine": idea.author_id == request.user.pk,
        "may_hide": can_moderate(request.user), "newest": not request.GET.get("cursor"),
        "hides_some": any(row.hidden_at for row in rows),
    }  # fmt: skip
    if context["may_hide"] and (deed := undoable_of(idea, request.user)):
        number = next((row.number for row in rows if row.pk == deed.before.get("version")), rows[0].number)
        context["undo"] = {"key": deed.public_id, "url": reverse("ideas:version_sight", args=[idea.public_id, number])}
    return render(request, "ideas/versions.html", context)


def _comparison(request, idea: Idea, rows: list):
    """The two asked for, else the two newest. A number that is not there, or not shown to the reader, is not found."""
    asked = [request.GET.get(name, "") for name in ("from", "to")]
    if not any(asked):
        return compare(rows[1], rows[0]) if len(rows) > 1 else None
    require(all(number.isascii() and number.isdigit() and len(number) < 6 for number in asked), NotFound())
    wanted = sorted({int(number) for number in asked})
    found = {row.number: row for row in rows if row.number in wanted}
    if missing := [number for number in wanted if number not in found]:
        found |= {row.number: row for row in versions_shown(idea, request.user).filter(number__in=missing)}
    require(all(number in found for number in wanted), NotFound())
    return compare(found[wanted[0]], found[wanted[-1]])


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def version_sight(request, public_id, number):
    """Hide one earlier text from everyone but its author and staff, or show it again; asked with a reason first.

    `undo` names what was just done and is taken back.
    """
    require(can_moderate(request.user), NotAllowed())
    idea = find_idea(public_id, user=request.user, ideas=Idea.objects.select_related("category", "author"))
    version = versions_shown(idea, request.user).filter(number=number).first()
    require(version is not None, NotFound())
    url = reverse("ideas:versions", args=[idea.public_id])
    if "undo" in request.POST:
        return _take_back(request, idea, url)
    form, status = (SightForm if version.hidden_at else HideForm)(request.POST or None), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            verb = show_version if version.hidden_at else hide_version
            try:
                verb(version, by=request.user, **form.cleaned_data)
            except DomainError as refusal:
                form.take(refusal)
                status = refusal.status
            else:
                messages.success(request, _("Done. The author reads your reason in a few seconds."))
                return HttpResponseRedirect(url)
    context = {"idea": idea, "version": version, "form": form, "back": url}
    return render(request, "ideas/version_sight.html", context, status=status)


def _take_back(request, idea: Idea, url: str):
    deed = idea.deeds.filter(kind=Doing.VERSION, public_id=request.POST["undo"].replace("\x00", "")).first()
    require(deed is not None, NotFound())
    try:
        undo_deed(deed, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Taken back. Nobody will be told."))
    return HttpResponseRedirect(url)
