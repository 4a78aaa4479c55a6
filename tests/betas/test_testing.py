import pytest

from betas.domain.briefing import drop_mission, shift_mission, write_mission
from betas.domain.testing import tick_steps
from betas.models import Enrolment, Mission
from core.errors import DomainError
from core.models import Event
from tests.factories.betas import a_mission, a_programme, a_tester, an_enrolment
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db


def test_mission_is_done_when_all_its_steps_are_ticked():
    tester = a_tester()
    mission = a_mission(tester.programme)
    assert tick_steps(mission, steps=[0, 2], by=tester.member).done_at is None
    assert tick_steps(mission, steps=[2, 1, 0, 0], by=tester.member).done_at
    tick_steps(mission, steps=[0, 1, 2], by=tester.member)
    assert Event.objects.filter(name="MissionCompleted").count() == 1
    assert Enrolment.objects.get(pk=tester.pk).state == "active"


@pytest.mark.parametrize(
    ("state", "enrolled", "code"),
    [
        ("recruiting", "agreed", "beta_not_started"),
        ("closed", "completed", "beta_over"),
        ("running", "accepted", "charter_unsigned"),
        ("running", "applied", "not_a_tester"),
        ("running", "withdrawn", "not_a_tester"),
    ],
)
def test_missions_are_done_by_testers_while_the_test_runs(state, enrolled, code):
    programme = a_programme(state=state)
    make = a_tester if enrolled in ("agreed", "completed") else an_enrolment
    enrolment, mission = make(programme, state=enrolled), a_mission(programme)
    with pytest.raises(DomainError) as refusal:
        tick_steps(mission, steps=[0], by=enrolment.member)
    assert refusal.value.code == code


def test_step_that_is_not_there_is_refused():
    tester = a_tester()
    with pytest.raises(DomainError) as refusal:
        tick_steps(a_mission(tester.programme), steps=[3], by=tester.member)
    assert refusal.value.code == "unknown_step"


def test_silent_tester_comes_back_while_a_seat_is_free():
    tester = a_tester(state="inactive")
    tick_steps(a_mission(tester.programme), steps=[0], by=tester.member)
    assert Enrolment.objects.get(pk=tester.pk).state == "active"
    full = a_programme(state="running", seats=1)
    late = a_tester(full, state="inactive")
    a_tester(full)
    with pytest.raises(DomainError) as refusal:
        tick_steps(a_mission(full), steps=[0], by=late.member)
    assert refusal.value.code == "beta_full"


def test_missions_are_written_in_order_and_change_places():
    programme, owner = a_programme(), a_product_owner()
    words = {"brief": "Que dit le terminal, et l’appli ?", "steps": "\n Payer \n\nRegarder", "by": owner}
    first = write_mission(programme, title="Payer en pause", **words)
    second = write_mission(programme, title="La rallumer", **words)
    assert first.step_list == ["Payer", "Regarder"]
    shift_mission(second, earlier=True, by=owner)
    assert list(Mission.objects.values_list("title", flat=True)) == ["La rallumer", "Payer en pause"]


def test_mission_that_was_begun_stays_and_keeps_its_number_of_steps():
    tester, owner = a_tester(), a_product_owner()
    mission = a_mission(tester.programme)
    tick_steps(mission, steps=[0], by=tester.member)
    with pytest.raises(DomainError):
        drop_mission(mission, by=owner)
    with pytest.raises(DomainError) as refusal:
        write_mission(
            tester.programme, mission=mission, title=mission.title, brief=mission.brief, steps="Une seule", by=owner
        )
    assert refusal.value.code == "mission_begun"


def test_member_does_not_write_missions():
    with pytest.raises(DomainError):
        write_mission(a_programme(), title="Une mission", brief="Un long propos", steps="Une étape", by=a_member())
