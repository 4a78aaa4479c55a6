"""The queue: what each view holds, in which order, with which figure, at which cost; and one's named views."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError, NotAllowed, NotFound
from core.shield import PrivateData
from ideas import queueing
from ideas.domain import viewing
from ideas.domain.measuring import measure_all
from ideas.models import Idea, SavedView
from ideas.queueing import Asked, View, add_view, figures_of, totals
from ideas.queueing.views import _views
from ideas.states import State
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner

pytestmark = pytest.mark.django_db


def desk(client, **params):
    return client.get(reverse("ideas_desk:index"), params)


def found(client, **params):
    return [row.title for row in desk(client, **params).context["rows"]]


def asked(text, saved=()):
    return Asked.of(QueryDict(text), saved)


def titles(text, user, saved=()):
    return {idea.title for idea in asked(text, saved).ideas(user, timezone.now())}


def test_each_view_holds_what_its_name_says(owner):
    now = timezone.now()
    an_idea(title="À moi", assignee=owner)
    an_idea(title="En danger", promise_due_at=now + timedelta(days=1))
    an_idea(title="Qui monte", votes_7d=6)
    an_idea(title="Répondue", answered_at=now, state=State.UNDER_REVIEW)
    an_idea(title="Retenue", visibility="held")
    an_idea(title="Masquée", visibility="hidden")
    an_idea(title="Soutenue en interne", staff_votes=1, vote_score=4)
    an_idea(title="Livrée", state=State.DELIVERED)
    whole = {"À moi", "En danger", "Qui monte", "Répondue", "Soutenue en interne"}  # what is held stands apart
    assert titles("", owner) == whole
    assert titles("view=mine", owner) == {"À moi"}
    assert titles("view=unassigned", owner) == whole - {"À moi"}
    assert titles("view=risk", owner) == {"En danger"}
    assert titles("view=rising", owner) == {"Qui monte"}
    assert titles("view=unanswered", owner) == whole - {"Répondue"}
    assert titles("view=new", owner) == whole - {"Répondue"}
    assert titles("view=held", owner) == {"Retenue", "Masquée"}
    assert titles("view=staff", owner) == {"Soutenue en interne"}
    assert titles("state=delivered", owner) == {"Livrée"}


def test_a_view_is_narrowed_by_theme_author_and_who_carries_it(owner):
    cards = a_category(slug="cartes")
    an_idea(title="Carte", category=cards)
    an_idea(title="De prospect", author=a_member(kind="prospect"))
    an_idea(title="D’étudiante", author=a_member(segment="student"), led_by="prospect")
    assert titles("category=cartes", owner) == {"Carte"}
    assert titles("author=prospect", owner) == {"De prospect"}
    assert titles("author=student", owner) == {"D’étudiante"}
    assert titles("voters=prospect", owner) == {"D’étudiante"}


def test_queue_sorts_by_promise_votes_growth_and_age(client, owner):
    now = timezone.now()
    an_idea(title="Ancienne", created_at=now - timedelta(days=9), vote_score=2, votes_7d=1)
    an_idea(title="Aimée", created_at=now - timedelta(days=5), vote_score=90)
    an_idea(title="Montante", created_at=now - timedelta(days=1), vote_score=20, votes_7d=19)
    an_idea(title="Promise", created_at=now - timedelta(days=3), promise_due_at=now + timedelta(days=4))
    assert found(client, sort="promise")[0] == "Promise"
    assert found(client, sort="votes")[:2] == ["Aimée", "Montante"]
    assert found(client, sort="growth")[:2] == ["Montante", "Ancienne"]
    assert found(client, sort="oldest") == ["Ancienne", "Aimée", "Promise", "Montante"]
    assert found(client, sort="newest") == ["Montante", "Promise", "Aimée", "Ancienne"]


def test_what_awaits_no_decision_is_put_in_order_by_when_it_was_decided(client, owner):
    now = timezone.now()
    for days, title in ((3, "Avant"), (1, "Hier"), (9, "Jadis")):
        an_idea(title=title, state=State.DECLINED, state_since=now - timedelta(days=days))
    assert found(client, state="declined") == ["Hier", "Avant", "Jadis"]
    assert found(client, state="declined", sort="growth") == ["Hier", "Avant", "Jadis"]
    offered = [name for name, _label in desk(client, state="declined").context["sorts"]]
    assert offered == ["decided", "votes", "oldest", "newest"]
    assert "decided" not in dict(desk(client, state="new").context["sorts"])


def test_chosen_state_of_the_queue_holds_what_awaits_a_decision(owner):
    an_idea(title="À trier")
    an_idea(title="Masquée", visibility="hidden")
    assert titles("state=new", owner) == {"À trier"}
    assert titles("view=held&state=new", owner) == {"Masquée"}


def test_figures_are_exact_below_a_thousand_and_stop_there(owner, monkeypatch):
    for _row in range(4):
        an_idea()
    assert str(totals(owner)["new"]) == "4"
    monkeypatch.setattr(queueing.figures, "CAP", 3)
    assert str(totals(owner)["new"]) == "2+"


def test_counts_stand_beside_views_and_themes_in_one_query(owner, django_assert_num_queries):
    cards = a_category(slug="cartes")
    an_idea(category=cards)
    an_idea(category=cards, state=State.DECLINED)
    an_idea()
    now = timezone.now()
    questions = {name: asked(f"view={name}").filtered(owner, now) for name in ("all", "held")}
    with django_assert_num_queries(1):
        figures = figures_of(questions, around=True)
    assert (figures.views["all"].count, figures.views["held"].count) == (2, 0)
    assert {theme.slug: theme.count.count for theme in figures.themes}["cartes"] == 1


def test_wave_of_held_spam_stands_in_its_own_view_and_every_figure_agrees(client, owner):
    cards = a_category(slug="cartes")
    an_idea(title="Une vraie idée", category=cards)
    for n in range(5):
        an_idea(title=f"Spam {n}", category=cards, visibility="held")
    client.force_login(owner)
    page = client.get(reverse("ideas_desk:index"))
    counts = {tab.name: tab.count for tab in page.context["tabs"]}
    assert [row.title for row in page.context["rows"]] == ["Une vraie idée"]
    assert [counts[name] for name in ("all", "new", "unassigned", "unanswered", "held")] == [1, 1, 1, 1, 5]
    assert {theme.slug: theme.count.count for theme in page.context["themes"]}["cartes"] == 1


def test_counts_stand_beside_who_wrote_and_who_carries(client, owner):
    an_idea(author=a_member(kind="prospect"))
    an_idea(author=a_member(kind="prospect"), led_by="prospect")
    an_idea(author=a_member(kind="prospect"), visibility="held", led_by="prospect")
    client.force_login(owner)
    page = client.get(reverse("ideas_desk:index"))
    assert {value: figure.count for value, _label, figure in page.context["authors"]}["prospect"] == 2
    assert {value: figure.count for value, _label, figure in page.context["carriers"]}["prospect"] == 1
    label = {value: label for value, label, _figure in page.context["authors"]}["prospect"]
    assert f"{label} (2)" in page.content.decode() and f"{label} (1)" in page.content.decode()
    for name, number in (("author", 2), ("voters", 1)):
        assert len(client.get(reverse("ideas_desk:index"), {name: "prospect"}).context["rows"]) == number


def test_an_app_above_adds_a_view_of_its_own(client, owner):
    from django.db.models import Q

    an_idea(title="Signalée par trois personnes")
    an_idea()
    add_view(View("three", "Signalées trois fois", lambda user, now: Q(title__startswith="Signalée"), 75))
    try:
        assert found(client, view="three") == ["Signalée par trois personnes"]
        assert {tab.name: tab.count for tab in desk(client).context["tabs"]}["three"] == 1
    finally:
        _views.pop("three")


def test_growth_and_who_carries_an_idea_are_measured_from_the_votes(settings):
    settings.LAB = settings.LAB | {"SMALLEST_CELL": 2}
    idea, duplicate = an_idea(), an_idea()
    for _voter in range(2):
        idea.votes.up(a_member(kind="prospect").pk)
    idea.votes.up(a_member().pk)
    idea.votes.up(a_product_owner().pk)
    both = a_member(kind="prospect")
    for one in (idea, duplicate):
        one.votes.up(both.pk)
    Idea.objects.filter(pk=duplicate.pk).update(merged_into=idea, state="merged")
    assert measure_all() == 1
    idea.refresh_from_db()
    assert (idea.votes_7d, idea.led_by) == (5, "prospect")
    from vote.models import Vote

    Vote.objects.update(create_at=timezone.now() - timedelta(days=8))
    assert measure_all(write=False) == 1
    measure_all()
    idea.refresh_from_db()
    assert (idea.votes_7d, idea.led_by) == (0, "prospect")


FRAME = ('FROM "django_session"', 'FROM "members_member" WHERE "members_member"."id" =', 'FROM "auth_group"',
         'FROM "auth_permission"', 'FROM "wagtail', "SAVEPOINT")  # who asks, their rights, and Wagtail's shell  # fmt: skip
FRAME_MOST = 9


@pytest.mark.parametrize("rows", [1, 3, 30])
def test_queue_costs_seven_queries_of_its_own_whatever_its_rows_and_views(client, owner, rows):
    for number in range(rows):
        an_idea(assignee=owner)
        viewing.save_view(f"Vue {number}", {"base": "mine"}, by=owner)
    desk(client)
    with CaptureQueriesContext(connection) as captured:
        assert desk(client).status_code == 200
    asked = [row["sql"] for row in captured.captured_queries]
    ours = [sql for sql in asked if not any(mark in sql for mark in FRAME)]
    # the views; their figures; a page of rows with its tags; and of the idea shown: itself, its history, its pictures
    assert len(ours) == 7, ours
    assert len([sql for sql in asked if sql not in ours and "SAVEPOINT" not in sql]) == FRAME_MOST, asked


def test_view_is_kept_renamed_ordered_and_deleted(client, owner):
    a_category(slug="cartes")
    an_idea(title="Une carte", category=a_category(slug="cartes-2"))
    an_idea()
    address = reverse("ideas_desk:views") + "?category=cartes-2&sort=votes"
    assert client.post(address, {"name": "Cartes du lundi"}).status_code == 302
    view = SavedView.objects.get()
    assert view.choice["category"] == "cartes-2"
    page = desk(client, view=view.public_id)
    assert [row.title for row in page.context["rows"]] == ["Une carte"]
    assert {tab.label: tab.count for tab in page.context["tabs"]}["Cartes du lundi"] == 1
    other = viewing.save_view("Deuxième", {}, by=owner)
    for what in ("up", "first", "rename"):
        client.post(reverse("ideas_desk:view", args=[other.public_id, what]), {"name": "Première"})
    assert list(SavedView.objects.values_list("name", "is_default")) == [("Première", True), ("Cartes du lundi", False)]
    client.post(reverse("ideas_desk:view", args=[view.public_id, "delete"]))
    assert SavedView.objects.count() == 1


def test_view_that_opens_first_is_left_by_naming_another(client, owner):
    an_idea(title="À moi", assignee=owner)
    an_idea()
    viewing.save_view("Chez moi", {"base": "mine"}, by=owner, is_default=True)
    assert found(client) == ["À moi"]
    assert len(found(client, view="all")) == 2


def test_filter_of_a_saved_view_can_be_lifted(client, owner):
    an_idea(category=a_category(slug="cartes"))
    an_idea()
    view = viewing.save_view("Cartes", {"category": "cartes"}, by=owner)
    assert len(found(client, view=view.public_id)) == 1
    assert len(found(client, view=view.public_id, category="")) == 2


def test_shared_view_is_read_by_the_team_and_written_by_its_owner_alone(client, owner):
    colleague = a_moderator()
    view = viewing.save_view("Urgences", {"base": "risk"}, by=colleague, is_shared=True)
    private = viewing.save_view("À part", {}, by=colleague)
    assert [one.public_id for one in viewing.views_of(owner)] == [view.public_id]
    with pytest.raises(NotAllowed):
        viewing.delete_view(view, by=owner)
    with pytest.raises(NotFound):
        viewing.change_view(private, by=owner, name="Prise")
    assert "Urgences" in desk(client).content.decode()


def test_view_s_name_is_single_short_and_holds_no_secret(owner):
    viewing.save_view("Cartes", {}, by=owner)
    for name in ("cartes", "", "x" * 61, "Toutes"):
        with pytest.raises(DomainError):
            viewing.save_view(name, {}, by=owner)
    with pytest.raises(PrivateData):
        viewing.save_view("4539 1488 0343 6467", {}, by=owner)
    with pytest.raises(PrivateData):
        viewing.save_view("Recherche", {"q": "4539 1488 0343 6467"}, by=owner)


def test_what_cannot_be_read_falls_back_on_the_page(client, owner):
    an_idea()
    assert len(found(client, view="zzz", sort="zzz", state="zzz", author="zzz", voters="9")) == 1
    assert desk(client, cursor="zzz").status_code == 400


def test_desk_has_one_address_whatever_the_language(client, owner):
    answer = client.get("/en/desk/triage/?view=mine")
    assert (answer.status_code, answer.url) == (302, "/desk/triage/?view=mine")
    assert client.get("/en/desk/").url == "/desk/"


def test_colleague_who_reads_the_same_idea_is_named(client, owner):
    idea = an_idea()
    address = reverse("ideas_desk:here", args=[idea.public_id])
    assert "Claire" not in client.post(address).content.decode()
    other = a_moderator(nickname="Yanis Belkacem")
    client.force_login(other)
    assert "Claire Vasseur lit aussi cette idée" in client.post(address).content.decode()
    assert "vient de changer" in client.post(address, {"seen": "planned.public.0"}).content.decode()
