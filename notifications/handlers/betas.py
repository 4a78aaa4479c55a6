"""Who hears of beta programmes: candidates and testers of their own place and findings; who waited, of the opening.

A freed seat (SeatFreed) is told by the EnrolmentDecided of who now holds it, and by nothing else.
"""

from uuid import UUID

from django.db.models import Q

from betas.domain.telling import engaged_in, interested_in, seated_in, testers_of
from betas.events import EnrolmentDecided, FindingReviewed, ProgrammeClosed, ProgrammeOpened, ProgrammeStarted
from betas.models import Enrolment, Finding, Programme
from betas.states import Outcome, Review, State
from core.events import handles, job, later
from ideas.domain.following import audience_of
from members.models import Member

from ..domain.telling import News, only, tell
from ..states import Topic


@handles(EnrolmentDecided)
def on_decided(event: EnrolmentDecided, *, event_id: UUID) -> None:
    """The bank's word on one's place, if it still is its word."""
    enrolment = Enrolment.objects.filter(pk=event.enrolment_id, state=event.to_state).first()
    if enrolment is not None:
        payload = {"enrolment": enrolment.pk, "to": event.to_state}
        key = f"enrolment:{event_id}"
        news = News("enrolment_decided", Topic.BETAS, key, "programme", event.programme_id, payload, event_id=event_id)
        tell(only(enrolment.member_id), news)


@handles(FindingReviewed)
def on_reviewed(event: FindingReviewed, *, event_id: UUID) -> None:
    """What became of one's finding. That it waits again, after its author gave a detail, is no news."""
    finding = Finding.objects.select_related("enrolment").filter(pk=event.finding_id, state=event.to_state).first()
    if finding is not None and event.to_state != Review.NEW:
        payload = {"finding": finding.pk, "to": event.to_state}
        key = f"finding:{event_id}"
        news = News("finding_reviewed", Topic.BETAS, key, "programme", event.programme_id, payload, event_id=event_id)
        tell(only(finding.enrolment.member_id), news)


@handles(ProgrammeOpened)
def on_opened(event: ProgrammeOpened, *, event_id: UUID) -> None:
    if event.to_state == State.RECRUITING:
        tell_opening(event.programme_id, str(event_id))


@job
def tell_opening(programme_id: int, event_id: str, after: int = 0) -> None:
    """Who asked to be told, and the people of its ideas whom it is made for."""
    programme = Programme.objects.get(pk=programme_id)
    if not programme.is_open:
        return
    waited = frozenset(interested_in(programme).values_list("pk", flat=True))
    concerned = Q(pk__in=interested_in(programme).values("pk"))
    for idea in programme.source_ideas:
        concerned |= Q(pk__in=audience_of(idea).values("pk")) & _made_for(programme)
    news = News(
        "programme_opened", Topic.NEWS, f"programme:{programme.pk}:open", "programme", programme.pk, mine=waited,
        my_topic=Topic.BETAS, event_id=event_id,
    )  # fmt: skip
    if more := tell(Member.objects.living().of_circle(programme.circle_id).filter(concerned), news, after=after):
        later(tell_opening, programme_id, event_id, more)


def _made_for(programme: Programme) -> Q:
    wanted = Q(is_staff=False)
    for name, chosen in (
        ("kind", programme.eligible_kinds),
        ("segment", programme.eligible_segments),
        ("age_band", programme.eligible_ages),
    ):
        wanted &= Q(**{f"{name}__in": chosen}) if chosen else Q()
    return wanted


@handles(ProgrammeStarted)
def on_started(event: ProgrammeStarted, *, event_id: UUID) -> None:
    tell_start(event.programme_id, str(event_id))


@job
def tell_start(programme_id: int, event_id: str, after: int = 0) -> None:
    """Who holds a seat hears that the missions are there."""
    programme = Programme.objects.get(pk=programme_id)
    key = f"programme:{programme.pk}:start"
    news = News("programme_started", Topic.BETAS, key, "programme", programme.pk, event_id=event_id)
    if more := tell(seated_in(programme), news, after=after):
        later(tell_start, programme_id, event_id, more)


@handles(ProgrammeClosed)
def on_closed(event: ProgrammeClosed, *, event_id: UUID) -> None:
    tell_close(event.programme_id, str(event_id))


@job
def tell_close(programme_id: int, event_id: str, after: int = 0) -> None:
    """Testers hear what they changed; of a test that is dropped, candidates too. The people of its ideas hear by the move."""
    programme = Programme.objects.get(pk=programme_id)
    concerned = Q(pk__in=testers_of(programme).values("pk"))
    if programme.outcome == Outcome.DROPPED:
        concerned |= Q(pk__in=engaged_in(programme).values("pk"))
    key = f"programme:{programme.pk}:closed"
    news = News("programme_closed", Topic.BETAS, key, "programme", programme.pk, event_id=event_id)
    if more := tell(Member.objects.living().filter(concerned), news, after=after):
        later(tell_close, programme_id, event_id, more)
