import pytest

from betas.demo.load import load
from betas.models import Enrolment, Finding, FindingImage, Programme
from lab.demo import Demo
from members.demo import load as load_members
from tests.factories.ideas import an_idea

pytestmark = pytest.mark.django_db


def test_demo_shows_every_stage_with_testers_missions_reports_and_pictures():
    demo = Demo(say=lambda *_: None)
    load_members(demo)
    for state in ("in_beta", "planned", "delivered"):
        an_idea(state=state, author=demo.accounts["cliente"])
    load(demo)
    states = set(Programme.objects.values_list("state", flat=True))
    assert {"interest", "recruiting", "running", "evaluating", "closed"} <= states
    for programme in Programme.objects.with_seats():
        assert programme.seats_taken <= programme.seats
    mine = Enrolment.objects.get(member=demo.accounts["cliente"])
    assert (mine.state, mine.programme.title, mine.findings.count()) == ("active", "Carte en pause", 3)
    assert Finding.objects.count() > 25 and FindingImage.objects.count() >= 8
    shipped = Programme.objects.get(outcome="shipped")
    assert shipped.source_ideas[0].state == "delivered"
