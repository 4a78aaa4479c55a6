"""My votes: what one supports, the newest first, each to be taken back from there."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from core.cursors import paginate

from ..domain.leaving import has_left_something
from ..listing import with_answer
from ..models import Idea
from ..presenting import card


@login_required
@require_safe
def my_votes(request):
    ideas = with_answer(Idea.objects.voted_by(request.user).with_card().with_my_vote(request.user))
    page = paginate(ideas.order_by("-voted", "-id"), request.GET.get("cursor", ""))
    url = reverse("my_votes")
    context = {
        "cards": [card(idea, request.user) for idea in page.items], "is_first": not request.GET.get("cursor"),
        "has_left": has_left_something(request.user), "more_url": f"{url}?{urlencode({'cursor': page.next})}" if page.next else "",
    }  # fmt: skip
    if request.htmx and request.GET.get("cursor") and not request.htmx.boosted:
        return render(request, "ideas/_slips.html", context)
    return render(request, "ideas/my_votes.html", context)
