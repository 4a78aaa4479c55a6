"""Supporting an idea and following it: with htmx the button alone changes, without JavaScript one comes back to the page."""

from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from ..beside import votes_apart
from ..domain.following import follow, unfollow
from ..domain.voting import cast_vote, withdraw_vote
from ..intending import intend
from ..listing import find_idea
from ..models import Idea
from ..presenting import vote_url


@require_http_methods(["GET", "POST"])
def vote(request, public_id):
    """POST `?to=in` supports, `?to=out` takes it back. Signed out: the door, where a vote wanted is cast, then back."""
    ideas = Idea.objects.all()
    idea = find_idea(public_id, user=request.user, ideas=ideas)
    if request.method == "GET":  # the way back from the door
        return HttpResponseRedirect(idea.get_absolute_url())
    if not request.user.is_authenticated:
        if request.GET.get("to") != "out":
            intend(request, idea)
        return to_the_door(request, f"{back(request, idea)}#idea-{idea.public_id}")
    change = withdraw_vote if request.GET.get("to") == "out" else cast_vote
    result = change(idea, by=request.user)
    if not request.htmx:
        return HttpResponseRedirect(f"{back(request, idea)}#idea-{idea.public_id}")
    idea.my_vote, idea.vote_score = result.my_vote, result.vote_count
    is_big = request.POST.get("size") == "big"
    if is_big and request.user.is_staff:
        idea.refresh_from_db(fields=["staff_votes"])
    context = {
        "votes_apart": votes_apart(idea),
        "idea": idea,
        "action": vote_url(idea),
        "following": idea.my_vote or idea.author_id == request.user.pk,
    }
    return render(request, "ideas/_vote_big.html" if is_big else "ideas/_vote.html", context)


@require_POST
def follow_or_not(request, public_id):
    """POST `?to=in` follows, `?to=out` is silence."""
    idea = find_idea(public_id, user=request.user)
    if not request.user.is_authenticated:
        return to_the_door(request, idea.get_absolute_url())
    following = request.GET.get("to") != "out"
    (follow if following else unfollow)(idea, by=request.user)
    if not request.htmx:
        return HttpResponseRedirect(f"{idea.get_absolute_url()}#follow")
    return render(request, "ideas/_follow.html", {"idea": idea, "following": following})


def to_the_door(request, place: str):
    """Sign in, then back to that place of ours."""
    response = redirect_to_login(place)
    return HttpResponseClientRedirect(response.url) if request.htmx else response


# Where one may come back to after a vote without JavaScript. Not the notebook: it would come up empty.
COMES_BACK = {"home", "search", "my_lab", "my_votes", "member_page", "ideas:list", "ideas:detail"}


def back(request, idea: Idea) -> str:
    """The page of ours one came from if it lists ideas, else the idea's."""
    referer = request.headers.get("Referer", "").partition("#")[0]
    is_ours = url_has_allowed_host_and_scheme(
        referer, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    try:
        name = resolve(urlsplit(referer).path).view_name if is_ours else ""
    except Resolver404:
        name = ""
    return referer if name in COMES_BACK else idea.get_absolute_url()
