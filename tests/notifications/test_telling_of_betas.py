import pytest
from django.core import mail
from django.utils import translation

from betas.domain.applying import apply
from betas.domain.closing import close_programme
from betas.domain.enrolling import accept, remove
from betas.domain.reviewing import review
from betas.domain.running import open_recruiting, start
from betas.models import InterestRegistration
from ideas.domain.voting import cast_vote
from ideas.states import State
from notifications.domain.presenting import present
from tests.factories.betas import a_finding, a_mission, a_programme, a_tester, an_enrolment
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner

from .working import told, work

pytestmark = pytest.mark.django_db
CHANGED = "Le bouton de pause est plus grand, et l’écran dit quand la carte repart."


def lead_of(note):
    with translation.override("fr"):
        return present([note], note.member)[0].said.lead


def test_candidate_hears_what_became_of_the_application():
    programme, owner = a_programme(state="recruiting"), a_product_owner()
    enrolment = an_enrolment(programme, state="applied")
    accept(enrolment, by=owner)
    work()
    [note] = told(enrolment.member)
    assert lead_of(note) == "Une place vous attend dans un bêta-test"
    assert mail.outbox[0].to == [enrolment.member.email]


def test_next_on_the_waiting_list_hears_once_of_the_freed_seat():
    programme, owner = a_programme(state="running", seats=1), a_product_owner()
    tester = a_tester(programme)
    waiting = an_enrolment(programme, state="waitlisted")
    remove(tester, note="Merci d’avoir essayé avec nous.", by=owner)
    work()
    assert [lead_of(note) for note in told(waiting.member)] == ["Une place vous attend dans un bêta-test"]
    assert len(told(tester.member)) == 1


def test_tester_hears_what_became_of_a_finding_and_nobody_else_may_read_it():
    finding = a_finding()
    review(finding, "confirmed", reply="Vu, nous corrigeons cette semaine.", by=a_product_owner())
    work()
    [note] = told(finding.enrolment.member)
    assert lead_of(note) == "Votre retour est confirmé"
    assert present([note], a_member())[0].is_gone


def test_who_waited_and_who_follows_its_idea_hear_that_it_recruits_each_once():
    idea, both, voter, curious = an_idea(), a_member(), a_member(), a_member()
    for member in (both, voter):
        cast_vote(idea, by=member)
    programme = a_programme(state="interest", ideas=[idea])
    for member in (both, curious):
        InterestRegistration.objects.create(programme=programme, member=member)
    open_recruiting(programme, by=a_product_owner())
    work()
    assert [len(told(member, "programme_opened")) for member in (both, voter, curious)] == [1, 1, 1]
    assert lead_of(told(both)[0]) == "Un bêta-test que vous attendiez recrute"
    assert lead_of(told(voter)[0]) == "Un bêta-test essaie une idée que vous suivez"


def test_opening_is_told_to_those_it_is_made_for():
    idea, prospect = an_idea(), a_member(kind="prospect")
    cast_vote(idea, by=prospect)
    open_recruiting(a_programme(state="interest", ideas=[idea], eligible_kinds=["customer"]), by=a_product_owner())
    work()
    assert told(prospect) == []
    assert len(told(idea.author)) == 1


def test_testers_hear_of_the_release_by_their_test_voters_by_the_idea_and_who_is_both_once():
    idea = an_idea(state=State.IN_BETA)
    programme = a_programme(state="running", ideas=[idea])
    tester, both, voter = a_tester(programme, state="active").member, a_member(), a_member()
    a_tester(programme, member=both, state="active")
    for member in (both, voter):
        cast_vote(idea, by=member)
    close_programme(programme, outcome="shipped", what_changed=CHANGED, by=a_product_owner())
    work()
    kinds = [[note.kind for note in told(member)] for member in (tester, both, voter, idea.author)]
    assert kinds == [["programme_closed"], ["programme_closed"], ["idea_moved"], ["idea_moved"]]
    assert lead_of(told(voter)[0]) == "Livrée, grâce à vous"


def test_application_itself_is_no_news_to_who_made_it():
    programme, member = a_programme(state="recruiting"), a_member()
    apply(programme, by=member)
    work()
    assert told(member) == []


def test_who_holds_a_seat_hears_that_the_test_starts_and_others_do_not():
    programme = a_programme(state="recruiting")
    a_mission(programme)
    tester, unsigned, candidate = (
        a_tester(programme), an_enrolment(programme, state="accepted"), an_enrolment(programme, state="applied")
    )  # fmt: skip
    start(programme, by=a_product_owner())
    work()
    heard = [len(told(row.member, "programme_started")) for row in (tester, unsigned, candidate)]
    assert heard == [1, 1, 0]
    assert lead_of(told(tester.member)[0]).startswith("Votre bêta-test commence")
