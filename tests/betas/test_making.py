import pytest

from betas.domain.making import edit_programme, make_programme
from betas.models import Enrolment, Programme
from core.errors import DomainError, NotAllowed
from core.shield import PrivateData
from ideas.models import Idea
from tests.factories.betas import a_programme, an_enrolment
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner, an_auditor

pytestmark = pytest.mark.django_db
TEXTS = {
    "title": "Carte en pause",
    "summary": "Bloquez votre carte, rallumez-la ensuite.",
    "intro": "La carte se met en pause, les abonnements continuent.",
}


def test_programme_is_made_from_a_planned_idea_which_does_not_move():
    idea = an_idea(state="planned")
    programme = make_programme(ideas=[idea], by=a_product_owner(), **TEXTS)
    assert programme.state == "draft"
    assert programme.source_ideas == [idea]
    assert programme.charter
    assert Idea.objects.get(pk=idea.pk).state == "planned"


@pytest.mark.parametrize("who", [a_member, an_auditor])
def test_only_product_owners_make_programmes(who):
    with pytest.raises(NotAllowed):
        make_programme(by=who(), **TEXTS)


def test_iban_in_a_text_of_the_staff_is_refused():
    with pytest.raises(PrivateData) as refusal:
        make_programme(by=a_product_owner(), **TEXTS | {"intro": "Virez sur FR76 3000 6000 0112 3456 7890 189 svp"})
    assert refusal.value.field == "intro"
    assert not Programme.objects.exists()


def test_new_charter_text_is_a_new_version():
    programme, owner = a_programme(), a_product_owner()
    same = edit_programme(programme, by=owner, title="Un autre titre")
    assert same.charter_version == 1
    assert edit_programme(programme, by=owner, charter="Une charte que nous avons relue.").charter_version == 2


def test_more_seats_go_to_the_waiting_list_in_order():
    programme = a_programme(seats=1)
    an_enrolment(programme, state="accepted")
    first, second = an_enrolment(programme, state="waitlisted"), an_enrolment(programme, state="waitlisted")
    edit_programme(programme, by=a_product_owner(), seats=2)
    assert [Enrolment.objects.get(pk=row.pk).state for row in (first, second)] == ["accepted", "waitlisted"]


def test_seats_cannot_go_under_those_taken():
    programme = a_programme(seats=2)
    an_enrolment(programme, state="accepted"), an_enrolment(programme, state="agreed")
    with pytest.raises(DomainError) as refusal:
        edit_programme(programme, by=a_product_owner(), seats=1)
    assert refusal.value.code == "too_few_seats"
