"""A member's public page: who they are and what they chose to show, composed of several apps."""

from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from betas.models import Enrolment, Programme
from core.cursors import paginate
from ideas.models import Idea
from ideas.presenting import card
from ideas.states import State
from members.models import Member

SHOWN = 5


@require_safe
def person(request, public_id):
    """Nickname, badges and, unless they chose otherwise, their published ideas. Votes and ballots are never here."""
    someone = get_object_or_404(Member.objects.living(), public_id=public_id)
    context = {"person": someone, "cards": [], "signed_out": not request.user.is_authenticated}
    if someone.shows_ideas:
        ideas = Idea.objects.listed(request.user).written_by(someone)
        page = paginate(
            ideas.with_card().with_my_vote(request.user).ordered("newest"), request.GET.get("cursor", ""), size=SHOWN
        )
        context |= {
            "cards": [card(idea, request.user) for idea in page.items],
            "more_url": f"?{urlencode({'cursor': page.next})}" if page.next else "",
            "idea_count": ideas.count(),
            "delivered_count": ideas.filter(state=State.DELIVERED).count(),
            "beta_count": Enrolment.objects.of_member(someone)
            .filter(state="completed", programme__in=Programme.objects.listed(request.user))
            .count(),
        }
        if request.htmx and request.GET.get("cursor"):
            return render(request, "ideas/_slips.html", context)
    return render(request, "person.html", context)
