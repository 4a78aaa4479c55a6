"""The home page: what this place is in five seconds, what changed because of members, and what can be done today."""

from django.db.models import Case, IntegerField, Prefetch, When
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from betas.models import Programme
from betas.states import State as BetaState
from board.models import Quarter
from cms.models import HomePage, NewsIndexPage, NewsPage
from ideas.models import Challenge, Idea, IdeaMove
from ideas.phases import Phase, in_phase
from ideas.presenting import Card, card
from ideas.states import State
from polls.domain.standing import standing_of
from polls.models import Poll
from polls.sheets import Typed, sheets_of

from .figures import figures


def home(request):
    texts = HomePage.objects.filter(locale__language_code=get_language()).live().first()
    return render(
        request,
        "home/home.html",
        {
            "page": texts,
            "signed_out": not request.user.is_authenticated,
            "figures": figures(),
            "thanks": thanks(),
            **polls_for(request.user),
            "rising": rising(request.user),
            "betas": Programme.objects.listed(request.user)
            .in_state(BetaState.RECRUITING, BetaState.INTEREST)
            .with_card()
            .with_my_state(request.user)
            .order_by("-id")[:2],
            "challenge": challenge_in_progress(request.user),
            "quarter": Quarter.objects.in_progress().first(),
            "news": news(),
            "news_index": NewsIndexPage.objects.filter(locale__language_code=get_language()).live().first(),
        },
    )


def challenge_in_progress(user) -> Challenge | None:
    """The challenge one can take part in today, the one that closes soonest; else the next one announced."""
    challenges = Challenge.objects.open_to(user).with_entry_count().with_my_part(user)
    order = Case(When(in_phase(Phase.POSTING, timezone.now()), then=0), default=1, output_field=IntegerField())
    running = challenges.in_phase(Phase.POSTING, Phase.VOTING, Phase.ANNOUNCED).annotate(order=order)
    return running.order_by("order", "posting_ends_at", "id").first()


def thanks(size: int = 3, among: int = 12) -> list[Idea]:
    """The most wanted among the last deliveries, each with the move that says what was delivered, as `delivery`."""
    moves = IdeaMove.objects.filter(to_state=State.DELIVERED, undone_at__isnull=True).order_by("-at")
    ideas = (
        Idea.objects.listed().delivered().with_card().prefetch_related(Prefetch("moves", moves, to_attr="deliveries"))
    )
    ideas = sorted(ideas[:among], key=lambda idea: -idea.vote_score)[:size]
    for idea in ideas:
        idea.delivery = idea.deliveries[0] if idea.deliveries else None
    return ideas


def rising(user, size: int = 4) -> list[Card]:
    """Ideas on the rise, those still open to votes, with the reader's own vote."""
    ideas = Idea.objects.listed(user).open_to_votes().with_card().with_my_vote(user).ordered("trending")
    return [card(idea, user) for idea in ideas[:size]]


def polls_for(user) -> dict:
    """The poll of the moment, and the others that wait for this member: a few of them, and how many there are."""
    moment = poll_of_the_moment(user)
    waiting = Poll.objects.unanswered_by(user).with_total().soonest_to_close()
    if moment:
        waiting = waiting.exclude(pk=moment["poll"].pk)
    waiting = list(waiting[:3])
    return moment | {"waiting": waiting, "waiting_count": waiting[0].total if waiting else 0}


def poll_of_the_moment(user) -> dict:
    """What `polls/_ballot.html` needs to be answered in place."""
    poll = Poll.objects.of_the_moment(user)
    if poll is None:
        return {}
    standing = standing_of(user, poll)
    return {"poll": poll, "standing": standing, "sheets": sheets_of(user, poll, standing, Typed())}


def news(size: int = 3):
    pages = NewsPage.objects.filter(locale__language_code=get_language()).live()
    return pages.order_by("-date", "-id")[:size]
