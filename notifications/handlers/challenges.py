"""Who hears of challenges: those it calls when it opens and in the last days; winners, entrants and voters of the results;
entrants when the rules change; a juror of a seat offered."""

from uuid import UUID

from core.events import handles, job, later
from ideas.domain.challenges.telling import concerned_by_results, eligible_members, entrants_of, not_entered
from ideas.events import (
    ChallengeClosesSoon,
    ChallengeOpened,
    ChallengeResultsPublished,
    JurorInvited,
    RulesPublished,
)
from ideas.models import Challenge, Juror
from ideas.phases import OVER, Phase

from ..domain.telling import News, only, tell
from ..states import Topic

AUDIENCES = {
    "challenge_opened": eligible_members,
    "challenge_closes": not_entered,
    "challenge_rules": entrants_of,
    "challenge_results": concerned_by_results,
}
IN_PHASE = {
    "challenge_opened": (Phase.POSTING,),
    "challenge_closes": (Phase.POSTING,),
    "challenge_rules": (Phase.POSTING, Phase.VOTING, Phase.JURY),
    "challenge_results": OVER,
}


@handles(ChallengeOpened)
def on_opened(event: ChallengeOpened, *, event_id: UUID) -> None:
    tell_challenge("challenge_opened", event.challenge_id, str(event_id))


@handles(ChallengeClosesSoon)
def on_last_days(event: ChallengeClosesSoon, *, event_id: UUID) -> None:
    tell_challenge("challenge_closes", event.challenge_id, str(event_id))


@handles(RulesPublished)
def on_rules(event: RulesPublished, *, event_id: UUID) -> None:
    if event.asks_again:
        tell_challenge("challenge_rules", event.challenge_id, str(event_id), number=event.number)


@handles(ChallengeResultsPublished)
def on_results(event: ChallengeResultsPublished, *, event_id: UUID) -> None:
    tell_challenge("challenge_results", event.challenge_id, str(event_id))


@job
def tell_challenge(kind: str, challenge_id: int, event_id: str, after: int = 0, number: int = 0) -> None:
    """Each once. What is no longer so when the job runs (a challenge that has closed meanwhile) is not told."""
    challenge = Challenge.objects.filter(pk=challenge_id).first()
    if challenge is None or challenge.phase not in IN_PHASE[kind]:
        return
    key = f"{kind}:{challenge.pk}" + (f":{number}" if number else "")
    mine = frozenset()
    if kind == "challenge_results":
        mine = frozenset(challenge.winners.values_list("entry__idea__author_id", flat=True))
    elif kind == "challenge_rules":
        mine = frozenset(entrants_of(challenge).values_list("pk", flat=True))
    payload = {"number": number} if number else {}
    news = News(
        kind, Topic.CHALLENGES, key, "challenge", challenge.pk, payload, mine, Topic.MY_IDEA if mine else "", event_id
    )
    if more := tell(AUDIENCES[kind](challenge), news, after=after):
        later(tell_challenge, kind, challenge_id, event_id, more, number)


@handles(JurorInvited)
def on_invited(event: JurorInvited, *, event_id: UUID) -> None:
    """A seat in the jury is offered, or, to a colleague, given."""
    if Juror.objects.filter(challenge_id=event.challenge_id, member_id=event.member_id).exists():
        key = f"jury:{event_id}"
        news = News("juror_invited", Topic.CHALLENGES, key, "challenge", event.challenge_id, event_id=event_id)
        tell(only(event.member_id), news)
