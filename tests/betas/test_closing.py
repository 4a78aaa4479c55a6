import pytest

from betas.domain import telling
from betas.domain.closing import close_programme
from betas.models import Enrolment, InterestRegistration, Programme
from core import privacy
from core.errors import DomainError, ImpossibleMove, NotAllowed
from core.models import Event
from ideas.models import Idea
from tests.factories.betas import a_programme, a_screenshot, a_tester, an_enrolment
from tests.factories.ideas import an_idea
from tests.factories.members import a_board_member, a_member, a_product_owner

pytestmark = pytest.mark.django_db
TEXT = "Vous avez changé le message de la pause, et le bouton répond après un refus."


def state_of(idea):
    return Idea.objects.get(pk=idea.pk).state


def test_shipped_programme_delivers_its_ideas_with_the_text_as_reason():
    idea = an_idea(state="in_beta")
    programme = a_programme(state="running", ideas=[idea])
    tester, unsigned = a_tester(programme, state="active"), a_tester(programme)
    closed = close_programme(programme, outcome="shipped", what_changed=TEXT, by=a_product_owner())
    assert (closed.state, closed.outcome, closed.what_changed) == ("closed", "shipped", TEXT)
    assert state_of(idea) == "delivered"
    assert Idea.objects.get(pk=idea.pk).moves.get().reason == TEXT
    assert [Enrolment.objects.get(pk=row.pk).state for row in (tester, unsigned)] == ["completed", "agreed"]
    assert Event.objects.get(name="ProgrammeClosed").payload["outcome"] == "shipped"


@pytest.mark.parametrize("outcome", ["changed", "dropped"])
def test_what_is_not_shipped_goes_back_to_planned(outcome):
    idea = an_idea(state="in_beta")
    close_programme(
        a_programme(state="evaluating", ideas=[idea]), outcome=outcome, what_changed=TEXT, by=a_product_owner()
    )
    assert state_of(idea) == "planned"


def test_idea_that_another_programme_still_tries_stays_in_beta():
    idea = an_idea(state="in_beta")
    a_programme(state="running", ideas=[idea])
    close_programme(
        a_programme(state="running", ideas=[idea]), outcome="dropped", what_changed=TEXT, by=a_product_owner()
    )
    assert state_of(idea) == "in_beta"


def test_programme_that_never_ran_can_only_be_dropped():
    programme, owner = a_programme(state="recruiting"), a_product_owner()
    with pytest.raises(ImpossibleMove):
        close_programme(programme, outcome="shipped", what_changed=TEXT, by=owner)
    assert Programme.objects.get(pk=programme.pk).outcome == ""
    assert close_programme(programme, outcome="dropped", what_changed=TEXT, by=owner).state == "closed"


def test_closing_needs_a_text_and_the_right():
    programme = a_programme(state="running")
    with pytest.raises(DomainError) as refusal:
        close_programme(programme, outcome="shipped", what_changed="Fini.", by=a_product_owner())
    assert refusal.value.field == "what_changed"
    with pytest.raises(NotAllowed):
        close_programme(programme, outcome="shipped", what_changed=TEXT, by=a_board_member())


def test_testers_and_who_was_interested_can_be_told_each_once():
    programme = a_programme(state="running")
    tester = a_tester(programme)
    an_enrolment(programme, state="declined")
    curious = a_member()
    InterestRegistration.objects.create(programme=programme, member=curious)
    assert list(telling.testers_of(programme)) == [tester.member]
    assert list(telling.interested_in(programme)) == [curious]


def test_erased_member_frees_the_seat_and_leaves_the_finding_without_pictures():
    from betas.domain.finding import report

    programme = a_programme(state="running", seats=1)
    tester = a_tester(programme, device="Pixel 9", motivation="Je perds ma carte")
    waiting = an_enrolment(programme, state="waitlisted")
    finding = report(
        programme, title="Bouton gris", body="Il ne répond plus du tout.", by=tester.member,
        screenshots=[a_screenshot()],
    )  # fmt: skip
    assert privacy.holdings["betas.Finding"].export(tester.member)[0]["title"] == "Bouton gris"
    for name in ("betas.Enrolment", "betas.Finding", "betas.InterestRegistration"):
        privacy.holdings[name].erase(tester.member)
    tester.refresh_from_db(), finding.refresh_from_db(), waiting.refresh_from_db()
    assert (tester.state, tester.motivation, tester.device) == ("withdrawn", "", "")
    assert waiting.state == "accepted"
    assert finding.images.count() == 0 and finding.device == ""
