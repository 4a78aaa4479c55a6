import pytest
from django.utils import translation

from board.domain.publishing import publish_quarter
from ideas.domain.voting import cast_vote
from ideas.states import State
from notifications.domain.presenting import present
from tests.factories.board import WHY, a_quarter, an_item, freeze
from tests.factories.ideas import an_idea
from tests.factories.members import a_board_chair, a_member

from .working import told, work

pytestmark = pytest.mark.django_db


def test_people_of_a_decided_idea_hear_of_it_once_and_other_members_of_the_minutes():
    quarter, voter, other = a_quarter(), a_member(), a_member()
    planned, put_off = an_idea(state=State.CANDIDATE), an_idea(state=State.CANDIDATE)
    cast_vote(planned, by=voter)
    an_item(quarter, ideas=[planned], column="this_quarter", reason=WHY)
    an_item(quarter, ideas=[put_off], column="later", reason=WHY)
    publish_quarter(freeze(quarter), by=a_board_chair())
    work()
    assert [note.kind for note in told(voter)] == ["idea_moved"]
    assert [note.kind for note in told(other)] == ["quarter_published"]
    [news] = told(put_off.author)
    with translation.override("fr"):
        assert present([news], put_off.author)[0].said.lead == "Le comité remet votre idée à plus tard"


def test_who_published_and_the_staff_are_not_told_of_the_minutes():
    quarter, chair = a_quarter(), a_board_chair()
    publish_quarter(freeze(quarter), by=chair)
    work()
    assert told(chair) == []
