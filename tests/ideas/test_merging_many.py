"""Many ideas into one: which stays, which go, who counts and who hears is read before anything is merged."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from ideas.domain.following import follow
from ideas.domain.merging_many import preview_merges
from ideas.domain.triaging import version_of
from ideas.domain.voting import cast_vote
from ideas.models import BulkRun, Idea
from notifications.domain.preferring import choose
from notifications.models import Notification
from notifications.states import Rhythm, Topic
from tests.factories.circles import a_circle
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner, an_expert
from tests.notifications.working import work

pytestmark = pytest.mark.django_db
WHY = "C’est la même demande, réunie en une seule."


@pytest.fixture
def owner(client):
    owner = a_product_owner()
    client.force_login(owner)
    return owner


@pytest.fixture
def three(owner):
    """One with three supporters, two with two; one person supports all three."""
    ideas, fan = (
        [an_idea(title=title) for title in ("La première idée", "La deuxième idée", "La troisième idée")],
        a_member(),
    )
    for idea, more in zip(ideas, (2, 1, 1), strict=True):
        for who in (fan, *(a_member() for _each in range(more))):
            cast_vote(idea, by=who)
    return [Idea.objects.get(pk=idea.pk) for idea in ideas]


def picks(ideas):
    return [f"{idea.public_id}~{version_of(idea)}" for idea in ideas]


def prepare(client, ideas):
    return client.get(reverse("ideas_desk:bulk"), {"pick": picks(ideas), "move": "merge"})


def test_each_person_counts_once_and_those_of_the_idea_that_stays_hear_nothing(owner, three):
    stays, second, third = three
    found = preview_merges(three, stays, by=owner)
    assert found.going == [second, third] and found.refused == []
    assert (found.together, found.audience.people, found.audience.notices) == (5, 5, 6)
    choose(Topic.MY_IDEA, inbox=False, mail=Rhythm.NEVER, by=second.author)
    found = preview_merges(three, stays, by=owner)
    assert (found.together, found.audience.people, found.audience.notices) == (5, 4, 5)


def test_number_that_hears_is_the_number_that_does(client, owner, three):
    stays = three[0]
    follow(stays, by=a_member())
    page = prepare(client, three)
    assert (page.context["audience"].people, page.context["audience"].notices) == (5, 6)
    said = {"move": "merge", "stays": stays.public_id, "shown": stays.public_id, "reason": WHY}
    assert client.post(page.context["action"], said).status_code == 302
    work()
    assert Notification.objects.filter(kind="idea_merged").count() == 6
    stays.refresh_from_db()
    assert stays.vote_score == 5


def test_page_names_what_stays_what_goes_and_who_counts(client, owner, three):
    page = prepare(client, three)
    text = page.content.decode()
    assert "Fusionner dans celle qui reste · 2 idées" in text and "Fusionner les deux idées" not in text
    assert "Fusionnées dans celle-ci" in text and "Personnes après la fusion, chacune comptée une fois" in text
    assert f'name="shown" value="{three[0].public_id}"' in text
    assert page.context["merges"].together == 5 and page.context["able"] == 2


def test_other_choice_is_shown_before_it_is_made_with_all_that_was_typed(client, owner, three):
    first, second, _third = three
    address = prepare(client, three).context["action"]
    said = {"move": "merge", "stays": second.public_id, "shown": first.public_id, "reason": WHY, "silent": "on"}
    page = client.post(address, said)
    text = page.content.decode()
    assert page.status_code == 200 and not BulkRun.objects.exists()
    assert page.context["merges"].canonical == second and WHY in text and page.context["form"]["silent"].value() is True
    assert f'value="{second.public_id}" checked' in text and f'name="shown" value="{second.public_id}"' in text
    assert client.post(address, said | {"shown": second.public_id}).status_code == 302
    work()
    assert Idea.objects.filter(merged_into=second).count() == 2


def test_looking_makes_nothing_and_an_idea_that_was_not_chosen_can_stay(client, owner, three):
    outside = an_idea(state="planned", title="Une idée déjà planifiée")
    address = prepare(client, three).context["action"]
    said = {"move": "merge", "stays": "", "into": f"https://lab.example/idees/{outside.public_id}/", "reason": WHY}
    page = client.post(address, said | {"look": "1", "shown": outside.public_id})
    assert page.context["merges"].canonical == outside and len(page.context["merges"].going) == 3
    assert 'name="stays" value="" checked' in page.content.decode() and not BulkRun.objects.exists()
    nothing = client.post(address, {"move": "merge", "stays": "", "into": "rien", "reason": WHY})
    assert nothing.status_code == 400 and nothing.context["form"]["into"].errors


def test_planned_idea_among_the_chosen_ones_can_stay(client, owner, three):
    planned = an_idea(state="planned", vote_score=40)
    page = prepare(client, [*three, planned])
    assert page.context["merges"].canonical == planned and page.context["able"] == 3


def test_what_is_not_merged_is_named_with_its_reason(client, owner, three):
    elsewhere, planned = an_idea(circle=a_circle()), an_idea(state="planned")
    found = preview_merges([*three, elsewhere, planned], three[0], by=owner)
    assert [(idea, why.code) for idea, why in found.refused] == [
        (elsewhere, "merge_across_circles"), (planned, "impossible_move"),
    ]  # fmt: skip
    text = prepare(client, [*three, elsewhere]).content.decode()
    assert "Non fusionnées" in text and "cercle" in text


@pytest.mark.parametrize(("wrong", "code"), [("hidden", "merge_unseen"), ("merged", "merge_chain")])
def test_run_into_what_cannot_stay_is_refused_before_it_begins(client, owner, three, wrong, code):
    fields = {"visibility": "hidden"} if wrong == "hidden" else {"state": "merged", "merged_into": an_idea()}
    stays = an_idea(**fields)
    with pytest.raises(DomainError) as refusal:
        preview_merges(three, stays, by=owner)
    assert (refusal.value.code, refusal.value.status) == (code, 409)
    body = {"ideas": [{"id": idea.public_id} for idea in three]}
    start = body | {"move": "merge", "values": {"into": stays.public_id, "reason": WHY}}
    started = client.post("/api/v1/desk/bulk/", start, content_type="application/json")
    asked = client.post(
        "/api/v1/desk/bulk/merge-preview/", body | {"into": stays.public_id}, content_type="application/json"
    )
    for answer in (started, asked):
        assert (answer.status_code, answer.json()["code"]) == (409, code)
    said = {"move": "merge", "into": stays.public_id, "reason": WHY, "stays": ""}
    page = client.post(prepare(client, three).context["action"], said)
    assert page.status_code == 409 and page.context["form"]["into"].errors and WHY in page.content.decode()
    assert not BulkRun.objects.exists()


def test_api_says_the_same_before_a_run(client, owner, three):
    stays, second, _third = three
    Idea.objects.filter(pk=second.pk).update(promise_due_at=timezone.now() + timedelta(days=2))
    body = {"into": stays.public_id, "ideas": [{"id": idea.public_id} for idea in three]}
    answer = client.post("/api/v1/desk/bulk/merge-preview/", body, content_type="application/json")
    found = answer.json()
    assert answer.status_code == 200 and (found["into"]["id"], found["into"]["vote_count"]) == (stays.public_id, 3)
    assert (found["together"], found["told"], found["notices"]) == (5, 5, 6)
    assert [(row["title"], row["vote_count"]) for row in found["merged"]] == [
        ("La deuxième idée", 2),
        ("La troisième idée", 2),
    ]
    assert (found["merged_count"], found["refused_count"], found["refused"]) == (2, 0, []) and found["due_at"]
    whole = {"into": stays.public_id, "choice": {"view": "new"}}
    assert client.post("/api/v1/desk/bulk/merge-preview/", whole, content_type="application/json").json() == found
    for wrong in ({"into": "zzzzzzzzzzzz"}, {"into": "a\x00b"}, {}):
        answer = client.post("/api/v1/desk/bulk/merge-preview/", wrong, content_type="application/json")
        assert answer.status_code == 400
    client.force_login(an_expert())
    assert client.post("/api/v1/desk/bulk/merge-preview/", body, content_type="application/json").status_code == 403


def test_preview_costs_the_same_of_two_as_of_twelve(owner, django_assert_num_queries):
    stays = an_idea()
    preview_merges([an_idea()], stays, by=owner)
    for many in (2, 12):
        ideas = [an_idea() for _each in range(many)]
        for idea in ideas:
            cast_vote(idea, by=a_member())
        with django_assert_num_queries(10):
            preview_merges(ideas, stays, by=owner)
