"""Circles on the site: mine, the invitations, and what each circle's people do together."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from betas.models import Programme
from core.cursors import paginate
from core.errors import DomainError, NotFound, require
from ideas.models import Idea
from ideas.presenting import card
from members.domain.circling import find_circle, join_circle, leave_circle
from members.models import Circle
from members.permissions import is_in_circle
from polls.models import Poll


@login_required
@require_safe
def circles(request):
    """The circles I am in, and those that ask me in."""
    mine, asked = Circle.objects.of(request.user).with_size(), Circle.objects.inviting(request.user)
    return render(request, "circles/list.html", {"circles": mine, "invitations": asked})


@login_required
@require_safe
def circle(request, public_id):
    """One circle: its polls and tests first, for they end; then its ideas."""
    found = find_circle(public_id, user=request.user)
    ideas = Idea.objects.visible_to(request.user).of_circle(found).in_public().with_card().with_my_vote(request.user)
    page = paginate(ideas.ordered("newest"), request.GET.get("cursor", ""))
    cards = [card(idea, request.user) for idea in page.items]
    more_url = f"?cursor={page.next}" if page.next else ""
    context = {"circle": found, "cards": cards, "more_url": more_url, "signed_out": False}
    if request.htmx and request.GET.get("cursor") and not request.htmx.boosted:
        return render(request, "ideas/_slips.html", context)
    context |= {
        "size": found.memberships.present().filter(joining="in").count(),
        "is_mine": is_in_circle(request.user, found.pk),
        "polls": Poll.objects.for_reading(request.user).of_circle(found).latest_first()[:6],
        "betas": Programme.objects.visible_to(request.user)
        .of_circle(found)
        .with_card()
        .with_my_state(request.user)[:6],
    }
    return render(request, "circles/detail.html", context)


@login_required
@require_POST
def circle_membership(request, public_id):
    """Come in, or go: `to` is "in" or "out"."""
    found = Circle.objects.filter(public_id=public_id).first()
    require(found is not None, NotFound())
    try:
        if request.POST.get("to") == "out":
            leave_circle(found, by=request.user)
            messages.success(request, _("You have left the circle. What you wrote stays there."))
            return HttpResponseRedirect(reverse("circles"))
        join_circle(found, by=request.user)
    except DomainError as refusal:
        if isinstance(refusal, NotFound):
            raise
        messages.error(request, str(refusal))
        return HttpResponseRedirect(reverse("circles"))
    messages.success(request, _("Welcome to the circle."))
    return HttpResponseRedirect(found.get_absolute_url())
