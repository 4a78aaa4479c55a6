"""The beta studio in the desk: who reads, who writes, what each page costs."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from betas.domain.closing import close_programme
from betas.models import Enrolment, Finding, Mission, Programme
from betas.studio import findings_by_severity, funnel_of, who_hears_of_the_end
from ideas.domain.following import follow
from ideas.models import Idea
from notifications.domain.preferring import choose
from notifications.models import Notification
from notifications.states import Rhythm, Topic
from tests.factories.betas import a_finding, a_mission, a_programme, a_tester, an_enrolment
from tests.factories.ideas import an_idea
from tests.factories.members import a_board_member, a_member, a_product_owner, an_auditor
from tests.notifications.working import work

pytestmark = pytest.mark.django_db
PAGES = ("studio", "applicants", "missions", "findings", "edit", "close")
INDEX, APPLICANTS, MISSIONS, FINDINGS = 1, 3, 3, 4
HEARING = 11  # the ideas, eight of who hears of ideas, testers, and those of them who wish to hear
OURS = ('"betas_', '"ideas_', '"members_')


@contextmanager
def exactly(number):
    """So many queries of our own tables, the signed-in person apart: Wagtail's shell asks for the rest."""
    with CaptureQueriesContext(connection) as captured:
        yield
    ours = [query["sql"] for query in captured if any(f"FROM {name}" in query["sql"] for name in OURS)]
    ours = [sql for sql in ours if 'FROM "members_member" WHERE "members_member"."id"' not in sql]
    assert len(ours) == number, "\n".join(ours)


def desk(name, *args):
    return reverse(f"betas_desk:{name}", args=args)


def texts(**more):
    return {
        "title": "Carte en pause", "summary": "Bloquez votre carte, rallumez-la ensuite.",
        "intro": "La carte se met en pause, les abonnements continuent.", "seats": "20",
    } | more  # fmt: skip


def test_product_owner_makes_runs_and_closes_a_programme_from_a_planned_idea(client):
    idea = an_idea(state="planned", title="Mettre sa carte en pause")
    client.force_login(a_product_owner())
    page = client.get(desk("new") + f"?idea={idea.public_id}")
    assert page.status_code == 200 and "Mettre sa carte en pause" in page.content.decode()
    client.post(desk("new"), texts(ideas=[idea.public_id], has_waiting_list="on", eligible_kinds=["customer"]))
    programme = Programme.objects.get()
    assert (programme.state, programme.eligible_kinds) == ("draft", ["customer"])
    key = programme.public_id
    client.post(
        desk("missions", key), {"title": "Mettre en pause", "brief": "Trouvez le bouton.", "steps": "Ouvrir\nAppuyer"}
    )
    for step in ("interest", "recruiting"):
        client.post(desk("advance", key), {"to": step})
    candidate = an_enrolment(programme)
    client.post(desk("decide", key, candidate.public_id), {"to": "accepted", "note": "Bienvenue."})
    assert Enrolment.objects.get().state == "accepted"
    client.post(desk("advance", key), {"to": "running"})
    assert Idea.objects.get(pk=idea.pk).state == "in_beta"
    finding = a_finding(a_tester(programme))
    client.post(desk("finding", key, finding.public_id), {"to": "confirmed", "reply": "Merci, nous corrigeons."})
    assert Finding.objects.get().state == "confirmed"
    for name in PAGES:
        assert client.get(desk(name, key)).status_code == 200, name
    changed = "Vous avez changé le message de la pause, merci à tous."
    client.post(desk("close", key), {"outcome": "shipped", "what_changed": changed})
    assert Programme.objects.get().outcome == "shipped"
    assert Idea.objects.get(pk=idea.pk).state == "delivered"
    for name in PAGES:
        assert client.get(desk(name, key)).status_code == 200, name


@pytest.mark.parametrize("who", [an_auditor, a_board_member])
def test_auditor_and_board_read_and_do_not_write(client, who):
    tester = a_tester()
    finding, key = a_finding(tester), tester.programme.public_id
    candidate = an_enrolment(tester.programme)
    client.force_login(who())
    for name in PAGES:
        assert client.get(desk(name, key)).status_code == 200, name
    assert client.get(desk("finding", key, finding.public_id)).status_code == 200
    assert client.get(desk("new")).status_code == 302
    client.post(desk("advance", key), {"to": "evaluating"})
    client.post(desk("decide", key, candidate.public_id), {"to": "accepted"})
    client.post(desk("finding", key, finding.public_id), {"to": "confirmed"})
    client.post(desk("close", key), {"outcome": "dropped", "what_changed": "Nous arrêtons là, merci à vous tous."})
    client.post(desk("edit", key), texts(title="Un autre titre"))
    client.post(desk("missions", key), {"title": "Une mission", "brief": "Essayez ceci.", "steps": "Ouvrir"})
    programme = Programme.objects.get()
    assert (programme.state, programme.title) == ("running", tester.programme.title)
    assert Enrolment.objects.get(pk=candidate.pk).state == "applied"
    assert Finding.objects.get().state == "new"
    assert not Mission.objects.exists()


def test_member_does_not_enter_the_studio(client):
    client.force_login(a_member())
    assert client.get(desk("index")).status_code in (302, 403)


def test_refusals_are_said_and_what_was_typed_is_kept(client):
    owner, programme = a_product_owner(), a_programme(seats=1)
    a_tester(programme)
    late = an_enrolment(programme)
    client.force_login(owner)
    key = programme.public_id
    full = client.post(desk("decide", key, late.public_id), {"to": "accepted", "note": "Bienvenue parmi nous"})
    assert full.status_code == 400 and "Bienvenue parmi nous" in full.content.decode()
    secret = client.post(desk("new"), texts(intro="Virez sur FR76 3000 6000 0112 3456 7890 189 merci"))
    assert secret.status_code == 400 and 'name="masked"' in secret.content.decode()
    assert Programme.objects.count() == 1
    short = client.post(desk("close", key), {"outcome": "dropped", "what_changed": "Fini."})
    assert short.status_code == 400 and "Fini." in short.content.decode()
    client.post(desk("advance", key), {"to": "running"})
    assert Programme.objects.get().state == "recruiting"
    finding = a_finding(a_tester())
    asked = client.post(desk("finding", finding.programme.public_id, finding.public_id), {"to": "wont_do"})
    assert asked.status_code == 400 and Finding.objects.get().state == "new"


def test_missions_are_moved_and_taken_out(client):
    first = a_mission(position=0)
    second = a_mission(first.programme, position=1)
    client.force_login(a_product_owner())
    client.post(desk("mission", first.programme.public_id, second.public_id), {"do": "earlier"})
    assert list(Mission.objects.all()) == [second, first]
    client.post(desk("mission", first.programme.public_id, second.public_id), {"do": "drop"})
    assert list(Mission.objects.all()) == [first]


def test_funnel_and_severities_count_people_and_reports_once():
    tester = a_tester(state="active")
    programme = tester.programme
    an_enrolment(programme), an_enrolment(programme, state="accepted")
    a_finding(tester, severity="blocker"), a_finding(tester, severity="blocker", state="fixed")
    a_finding(tester, kind="idea", state="confirmed"), a_finding(tester, state="duplicate")
    assert [step.people for step in funnel_of(programme)] == [3, 2, 1, 1, 1, 0]
    lines = {line.code: (line.new, line.open, line.settled) for line in findings_by_severity(programme)}
    assert lines == {"blocker": (1, 0, 1), "major": (0, 0, 0), "minor": (0, 0, 0), "": (0, 1, 0)}


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_of_the_studio_cost_the_same_for_more_rows(client, rows):
    programme = a_programme(state="running")
    for _ in range(rows):
        a_programme(state="draft", owner=a_product_owner())
        tester = a_tester(programme)
        a_finding(tester, mission=a_mission(programme))
    client.force_login(a_product_owner())
    client.get(desk("index"))
    for name, number in (("index", INDEX), ("applicants", APPLICANTS), ("missions", MISSIONS), ("findings", FINDINGS)):
        args = [] if name == "index" else [programme.public_id]
        with exactly(number):
            assert client.get(desk(name, *args)).status_code == 200


def hears_nothing_of(topic):
    member = a_member()
    choose(topic, inbox=False, mail=Rhythm.NEVER, by=member)
    return member


def test_end_is_counted_by_who_does_hear_of_it(client):
    """Whoever stopped that kind of news is not counted; a tester hears by the test, not a second time by the idea."""
    owner = a_product_owner()
    tried, planned, over = (an_idea(state=state) for state in ("in_beta", "planned", "declined"))
    programme = a_programme(state="running", ideas=[tried, planned, over])
    a_tester(programme, state="active", member=hears_nothing_of(Topic.BETAS))
    tester, follower = a_tester(programme, state="active").member, a_member()
    for idea in (tried, planned):
        for member in (tester, follower, hears_nothing_of(Topic.FOLLOWED_IDEA), owner):
            follow(idea, by=member)
    counted = who_hears_of_the_end(programme, by=owner)
    assert counted == (1, 3)  # two authors and the follower; that of the declined one hears nothing
    client.force_login(owner)
    page = client.get(desk("close", programme.public_id))
    assert (page.context["testers"], page.context["voters"]) == counted
    close_programme(programme, outcome="shipped", what_changed="Le bouton répond après un refus.", by=owner)
    work()
    heard = [
        {row.member_id for row in Notification.objects.filter(kind=kind)} for kind in ("programme_closed", "idea_moved")
    ]
    assert heard == [{tester.pk}, {tried.author_id, planned.author_id, follower.pk}]


def test_end_of_a_programme_that_nobody_tested_moves_no_idea_and_tells_none_of_its_people():
    programme = a_programme(state="recruiting", ideas=[an_idea(state="planned")])
    assert who_hears_of_the_end(programme, by=a_product_owner()) == (0, 0)


@pytest.mark.parametrize("rows", [1, 3])
def test_count_of_who_hears_of_the_end_costs_the_same_for_more_ideas(rows, django_assert_num_queries):
    owner, programme = (
        a_product_owner(),
        a_programme(state="running", ideas=[an_idea(state="in_beta") for _ in range(rows)]),
    )
    for idea in Idea.objects.all():
        a_tester(programme, state="active")
        follow(idea, by=a_member())
    who_hears_of_the_end(programme, by=owner)
    with django_assert_num_queries(HEARING):
        assert who_hears_of_the_end(programme, by=owner) == (rows, 2 * rows)
