import pytest

from betas.domain.running import archive, evaluate, open_interest, open_recruiting, resume, start
from betas.models import Programme
from betas.states import MOVES, State
from core.errors import DomainError, ImpossibleMove, NotAllowed
from core.models import Event
from ideas.models import Idea
from tests.factories.betas import a_mission, a_programme
from tests.factories.ideas import an_idea
from tests.factories.members import a_board_member, a_product_owner

pytestmark = pytest.mark.django_db
VERBS = {
    State.INTEREST: open_interest, State.RECRUITING: open_recruiting, State.RUNNING: start,
    State.EVALUATING: evaluate, State.ARCHIVED: archive,
}  # fmt: skip


@pytest.mark.parametrize("begin", State.values)
def test_only_the_legal_moves_are_possible(begin):
    owner = a_product_owner()
    for end, verb in VERBS.items():
        programme = a_programme(state=begin)
        a_mission(programme)
        if end in MOVES[begin]:
            assert verb(programme, by=owner).state == end
        else:
            with pytest.raises(ImpossibleMove):
                verb(programme, by=owner)
            assert Programme.objects.get(pk=programme.pk).state == begin


def test_planned_idea_becomes_in_beta_when_the_test_starts_and_not_before():
    idea, other = an_idea(state="planned"), an_idea(state="candidate")
    programme, owner = a_programme(state="draft", ideas=[idea, other]), a_product_owner()
    a_mission(programme)
    open_recruiting(programme, by=owner)
    assert Idea.objects.get(pk=idea.pk).state == "planned"
    start(programme, by=owner)
    assert Idea.objects.get(pk=idea.pk).state == "in_beta"
    assert programme.title in Idea.objects.get(pk=idea.pk).moves.get().reason
    assert Idea.objects.get(pk=other.pk).state == "candidate"


def test_idea_merged_since_moves_as_the_one_that_stays():
    stays = an_idea(state="planned")
    programme = a_programme(ideas=[an_idea(state="merged", merged_into=stays)])
    a_mission(programme)
    start(programme, by=a_product_owner())
    assert Idea.objects.get(pk=stays.pk).state == "in_beta"


def test_test_without_a_mission_does_not_start():
    programme = a_programme()
    with pytest.raises(DomainError) as refusal:
        start(programme, by=a_product_owner())
    assert refusal.value.code == "no_mission"
    assert Programme.objects.get(pk=programme.pk).state == "recruiting"


def test_board_member_reads_and_does_not_open():
    with pytest.raises(NotAllowed):
        open_recruiting(a_programme(state="draft"), by=a_board_member())


def test_evaluation_can_go_back_to_the_test():
    programme, owner = a_programme(state="evaluating"), a_product_owner()
    assert resume(programme, by=owner).state == "running"
    with pytest.raises(ImpossibleMove):
        resume(a_programme(state="recruiting"), by=owner)


def test_opening_is_told_once_by_an_event():
    open_interest(a_programme(state="draft"), by=a_product_owner())
    assert Event.objects.get(name="ProgrammeOpened").payload["to_state"] == "interest"
