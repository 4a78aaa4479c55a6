"""Promises in the desk and through the API: the report, the themes' figures, the urgent words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from core.models import Event
from ideas.domain.promise_report import report
from ideas.models import Category, Idea, OfficialAnswer, UrgentWord
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_product_owner, an_auditor

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 20, 12, tzinfo=PARIS)
SHELL = 9


def at(month, day):
    return datetime(2026, month, day, 12, tzinfo=PARIS)


def answered(due, when, **fields):
    idea = an_idea(answered_at=when, **fields)
    return OfficialAnswer.objects.create(idea=idea, body="…", signature="Nadia", at=when, promise_due_at=due)


@pytest.fixture
def owner():
    return a_product_owner(nickname="Nadia")


@pytest.fixture
def history(owner):
    cards, loans = a_category(slug="cartes", name_fr="Cartes", owner=owner), a_category(name_fr="=Crédit")
    answered(at(9, 10), at(9, 8), category=cards)
    answered(at(9, 20), at(9, 25), category=cards)
    answered(at(10, 5), at(10, 1), category=loans, assignee=owner)
    an_idea(category=loans, promise_due_at=at(11, 10))  # owed
    an_idea(category=cards, promise_due_at=at(11, 5), state="declined")
    an_idea(category=cards, promise_due_at=at(11, 30))  # still has time
    undone = answered(at(10, 6), at(10, 20), category=cards)
    OfficialAnswer.objects.filter(pk=undone.pk).update(undone_at=at(10, 20))


def lines(tallies):
    return [(str(tally.label), tally.kept, tally.late, tally.owed, tally.decided) for tally in tallies]


def test_report_counts_kept_and_missed_by_month_theme_and_person(history, owner):
    found = report(at(9, 1).date(), NOW.date(), now=NOW)
    assert lines(found.months) == [
        ("2026-09-01", 1, 1, 0, 0), ("2026-10-01", 1, 0, 0, 0), ("2026-11-01", 0, 0, 1, 1),
    ]  # fmt: skip
    assert lines(found.themes) == [("Cartes", 1, 1, 0, 1), ("=Crédit", 1, 0, 1, 0)]
    assert lines(found.owners) == [("Nadia", 2, 1, 0, 1), ("None", 0, 0, 1, 0)]
    assert (found.whole.kept, found.whole.missed, found.whole.share) == (2, 2, 50)


def test_report_costs_the_same_queries_whatever_there_is(history, django_assert_num_queries):
    with django_assert_num_queries(6):
        report(at(9, 1).date(), NOW.date(), now=NOW)


def test_page_draws_it_and_gives_the_table(client, history):
    client.force_login(an_auditor())
    with time_machine.travel(NOW, tick=False):
        page = client.get(reverse("promises_desk:index")).content.decode()
    assert 'role="img"' in page
    assert "Cartes" in page
    assert "Nadia" in page


def test_csv_runs_no_formula(client, history):
    client.force_login(an_auditor())
    with time_machine.travel(NOW, tick=False):
        text = client.get(reverse("promises_desk:sheet")).content.decode()
    assert "'=Crédit" in text
    assert ";=Crédit" not in text


def test_product_owner_sets_a_themes_figures(client, owner):
    theme = a_category(slug="cartes")
    client.force_login(owner)
    said = {
        "promise_votes": "20",
        "promise_days": "7",
        "owner_percent": "",
        "manager_percent": "",
        "manager": owner.public_id,
    }
    assert client.post(reverse("promises_desk:rule", args=["cartes"]), said).status_code == 302
    theme = Category.objects.get(pk=theme.pk)
    assert (theme.promise, theme.manager) == ((20, 7, 70, 100), owner)


@pytest.mark.parametrize("typed", ["vite", "-3", "0", "1e3", "99999999999"])
def test_wrong_figure_is_refused_and_kept_to_be_mended(client, owner, typed):
    a_category(slug="cartes")
    client.force_login(owner)
    page = client.post(reverse("promises_desk:rule", args=["cartes"]), {"promise_votes": typed, "promise_days": "7"})
    assert page.status_code == 400
    assert f'value="{typed}"' in page.content.decode()
    assert Category.objects.get(slug="cartes").promise_votes is None


def test_words_are_added_and_taken_off(client, owner):
    client.force_login(owner)
    url = reverse("promises_desk:words")
    assert client.post(url, {"text": "Compte vidé", "language": "fr"}).status_code == 302
    again = client.post(url, {"text": "compte vide", "language": "fr"})
    assert (again.status_code, "compte vide" in again.content.decode()) == (409, True)
    word = UrgentWord.objects.get(text="Compte vidé")
    client.post(reverse("promises_desk:remove_word", args=[word.public_id]))
    assert not UrgentWord.objects.filter(pk=word.pk).exists()


def test_auditor_reads_all_three_pages_and_changes_nothing(client):
    a_category(slug="cartes")
    client.force_login(an_auditor())
    for name in ("index", "rules", "words"):
        assert client.get(reverse(f"promises_desk:{name}")).status_code == 200
    before = Event.objects.count()
    client.post(reverse("promises_desk:rule", args=["cartes"]), {"promise_days": "3"})
    client.post(reverse("promises_desk:words"), {"text": "panique", "language": "fr"})
    assert Event.objects.count() == before


@pytest.mark.parametrize("rows", [1, 3])
def test_rules_cost_the_same_queries_whatever_the_themes(client, owner, rows, django_assert_num_queries):
    for _row in range(rows):
        a_category(owner=owner)
    client.force_login(owner)
    client.get(reverse("promises_desk:rules"))
    with django_assert_num_queries(SHELL + 2):  # themes, colleagues
        client.get(reverse("promises_desk:rules"))


def test_api_sets_reads_and_reports(client, owner, history):
    client.force_login(owner)
    url = reverse("api_desk_promise_rule", args=["cartes"])
    answer = client.put(url, {"promise_days": 5}, "application/json")
    assert answer.json()["in_force"]["days"] == 5
    assert client.put(url, {"promise_days": 0}, "application/json").json()["code"] == "out_of_range"
    with time_machine.travel(NOW, tick=False):
        assert client.get(reverse("api_desk_promises")).json()["whole"]["kept"] == 2


def test_api_raises_and_calms(client, owner):
    idea = an_idea()
    client.force_login(owner)
    url = reverse("api_desk_urgency", args=[idea.public_id])
    why = {"reason": "Une cliente décrit un vol en cours."}
    assert client.put(url, why, "application/json").json()["urgent"] is True
    assert client.put(url, why, "application/json").status_code == 409
    assert client.delete(url, why, "application/json").json()["urgent"] is False
    assert Idea.objects.get(pk=idea.pk).urgent_since is None


def test_api_of_the_desk_is_closed_to_members(client):
    client.force_login(a_member())
    assert client.get(reverse("api_desk_promises")).status_code == 403
    assert client.get(reverse("api_desk_urgent_words")).status_code == 403


def test_promise_that_fell_due_today_is_not_owed_yet():
    an_idea(promise_due_at=timezone.now() + timedelta(minutes=5))
    today = timezone.localdate()
    assert report(today, today).whole.owed == 0
