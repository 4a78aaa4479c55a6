"""“412 people will hear of it” is the number that do: page, API and bulk count by each one's own wishes."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import Invalid
from ideas.domain.following import audience_of_many, people_told
from ideas.domain.merging import merge_idea
from ideas.domain.moderating import hide_idea
from ideas.domain.moving import answer_officially, move_idea
from ideas.domain.triaging import version_of
from ideas.domain.voting import cast_vote
from ideas.models import Idea, OfficialAnswer
from notifications.domain.preferring import choose
from notifications.models import Notification
from notifications.states import Rhythm, Topic
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_expert
from tests.notifications.working import told, work

pytestmark = pytest.mark.django_db
WHY = "Nous étudions votre idée avec l’équipe Cartes."


@pytest.fixture
def owner(client):
    owner = a_product_owner()
    client.force_login(owner)
    return owner


def hears_nothing_of(topic, member):
    choose(topic, inbox=False, mail=Rhythm.NEVER, by=member)
    return member


def supported_by(idea, *members):
    for member in members:
        cast_vote(idea, by=member)
    return idea


def send(client, method, path, **body):
    answer = client.generic(method, f"/api/v1/desk/{path}", json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content
    return answer.json()


@pytest.fixture
def idea():
    """Author, two supporters who hear (one by mail alone), one who wishes to hear nothing: three hear."""
    by_mail, never = a_member(), hears_nothing_of(Topic.FOLLOWED_IDEA, a_member())
    choose(Topic.FOLLOWED_IDEA, inbox=False, mail=Rhythm.WEEKLY, by=by_mail)
    return supported_by(an_idea(), a_member(), by_mail, never)


def test_as_many_people_as_are_counted_do_hear(owner, idea):
    expected = people_told(idea, by=owner)
    move_idea(idea, "under_review", reason=WHY, by=owner)
    work()
    assert expected == audience_of_many([idea], by=owner).people == Notification.objects.count() == 3


def test_author_is_counted_by_what_they_wish_of_their_own_ideas(owner, idea):
    hears_nothing_of(Topic.FOLLOWED_IDEA, idea.author)
    assert people_told(idea, by=owner) == audience_of_many([idea], by=owner).people == 3
    hears_nothing_of(Topic.MY_IDEA, idea.author)
    assert people_told(idea, by=owner) == audience_of_many([idea], by=owner).people == 2


def test_author_of_a_merged_idea_is_an_author_of_the_one_that_stays(owner, idea):
    goes = an_idea(author=hears_nothing_of(Topic.FOLLOWED_IDEA, a_member()))
    merge_idea(goes, idea, reason=WHY, by=owner, silent=True)
    assert people_told(idea, by=owner) == audience_of_many([idea], by=owner).people == 4
    hears_nothing_of(Topic.MY_IDEA, goes.author)
    assert people_told(idea, by=owner) == audience_of_many([idea], by=owner).people == 3


def test_page_api_and_bulk_say_the_same_number(client, owner, idea):
    stays, key = an_idea(), idea.public_id
    desk = client.get(reverse("ideas_desk:index"), {"idea": key, "move": "review"})
    bulk = client.get(reverse("ideas_desk:bulk"), {"pick": f"{key}~{version_of(idea)}", "move": "review"})
    assert (desk.context["audience"], bulk.context["audience"].people) == (3, 3)
    assert send(client, "GET", f"ideas/{key}/")["audience"] == 3
    assert client.get(f"/api/v1/desk/ideas/{key}/merge/?into={stays.public_id}").json()["told"] == 3
    assert send(client, "POST", f"ideas/{key}/move/", to="under_review", reason=WHY)["told"] == 3
    assert send(client, "POST", f"ideas/{key}/answers/", body=WHY)["told"] == 3
    assert send(client, "POST", f"ideas/{key}/merge/", into=stays.public_id, reason=WHY)["told"] == 3
    assert send(client, "POST", f"ideas/{key}/unmerge/", reason=WHY, silent=True)["told"] == 0


def test_count_costs_one_query_of_one_idea_and_as_many_of_three_as_of_thirty(owner, idea, django_assert_num_queries):
    people_told(idea, by=owner)
    with django_assert_num_queries(1):
        people_told(idea, by=owner)
    for many in ([idea, an_idea()], [idea, *(supported_by(an_idea(), a_member()) for _ in range(9))]):
        with django_assert_num_queries(8):
            audience_of_many(many, by=owner)


def test_theme_is_told_to_an_author_who_wants_it_and_did_not_change_it(client, owner):
    wants, wants_not = an_idea(), an_idea(author=hears_nothing_of(Topic.MY_IDEA, a_member()))
    mine, held = an_idea(author=owner), an_idea(visibility="held")
    for idea, people in ((wants, 1), (wants_not, 0), (mine, 0), (held, 0)):
        page = client.get(reverse("ideas_desk:index"), {"idea": idea.public_id, "move": "file"})
        assert page.context["audience"] == people
        assert send(client, "PUT", f"ideas/{idea.public_id}/category/", category=a_category().slug)["told"] == people
    work()
    assert Notification.objects.filter(kind="idea_filed").count() == 1
    picks = [f"{idea.public_id}~{version_of(idea)}" for idea in (wants, wants_not, mine, held)]
    bulk = client.get(reverse("ideas_desk:bulk"), {"pick": picks, "move": "file"}).context["audience"]
    assert (bulk.people, bulk.notices) == (1, 1)


@pytest.mark.parametrize("move", ["hide", "remove"])
def test_author_who_reads_the_statement_is_counted_whatever_they_wish(client, move):
    client.force_login(a_moderator())
    idea = an_idea(author=hears_nothing_of(Topic.MY_IDEA, a_member()))
    page = client.get(reverse("ideas_desk:index"), {"idea": idea.public_id, "move": move})
    text = page.content.decode()
    assert page.context["audience"] == 1 and "data-audience" in text and "votre raison une fois passé le délai" in text
    assert 'name="silent"' not in text
    bulk = client.get(reverse("ideas_desk:bulk"), {"pick": f"{idea.public_id}~{version_of(idea)}", "move": move})
    assert bulk.context["audience"].people == 1 and 'name="silent"' not in bulk.content.decode()
    to = {"hide": "hidden", "remove": "removed"}[move]
    assert send(client, "PUT", f"ideas/{idea.public_id}/visibility/", to=to, reason=WHY)["told"] == 1
    assert send(client, "PUT", f"ideas/{idea.public_id}/visibility/", to="public", reason=WHY)["told"] == 1
    work()
    assert len(told(idea.author, "statement")) == 2


def test_nobody_is_counted_where_the_author_has_left(client):
    moderator = a_moderator()
    client.force_login(moderator)
    idea = an_idea(author=a_member(is_active=False))
    assert send(client, "PUT", f"ideas/{idea.public_id}/visibility/", to="hidden", reason=WHY)["told"] == 0


def test_colleague_who_wishes_to_hear_nothing_of_the_desk_is_not_counted(client, owner):
    hears, not_ = an_expert(), hears_nothing_of(Topic.DESK, an_expert())
    for expert, people in ((hears, 1), (not_, 0)):
        path = f"ideas/{an_idea().public_id}"
        assert send(client, "PUT", f"{path}/assignee/", assignee=expert.public_id)["told"] == people
        asked = {"expert": expert.public_id, "question": WHY, "due_on": timezone.localdate().isoformat()}
        assert send(client, "POST", f"{path}/questions/", **asked)["told"] == people


def test_expert_s_answer_published_by_api_says_how_many_hear_of_it(client, idea, owner):
    expert = an_expert()
    asked = {"expert": expert.public_id, "question": WHY, "due_on": timezone.localdate().isoformat()}
    send(client, "POST", f"ideas/{idea.public_id}/questions/", **asked)
    client.force_login(expert)
    [question] = client.get("/api/v1/desk/questions/").json()["results"]
    assert send(client, "POST", f"questions/{question['id']}/", body=WHY, official=True)["told"] == 3


def test_run_that_hid_ideas_is_put_back_without_a_word_of_silence(client, owner):
    """Their authors read the reason in any case."""
    from ideas.domain import bulk

    idea = an_idea()
    run = bulk.start_bulk("hide", Idea.objects.filter(pk=idea.pk), {"reason": WHY}, by=owner)
    work()
    type(run).objects.update(created_at=timezone.now() - timedelta(seconds=11))  # until then it is taken back whole
    page = client.get(reverse("ideas_desk:run", args=[run.public_id]), {"back": "1"})
    assert page.context["back"]["audience"].people == 1 and 'name="silent"' not in page.content.decode()


def test_who_takes_an_idea_back_reads_how_many_hear_of_it(client, idea):
    client.force_login(idea.author)
    assert client.get(reverse("ideas:withdraw", args=[idea.public_id])).context["people"] == 2


@pytest.mark.parametrize("body", ["", "Oui."])
def test_short_answer_has_a_sentence_of_its_own(client, owner, body):
    idea = an_idea()
    with pytest.raises(Invalid) as refusal:
        answer_officially(idea, body=body, by=owner)
    assert (refusal.value.code, refusal.value.field) == ("too_short", "body")
    sentence = "Écrivez la réponse en une phrase complète au moins"
    page = client.post(
        reverse("ideas_desk:act", args=[idea.public_id, "answer"]), {"body": body, "seen": version_of(idea)}
    )
    assert (
        page.status_code == 400
        and sentence in page.content.decode()
        and "Donnez la raison" not in page.content.decode()
    )
    api = client.post(f"/api/v1/desk/ideas/{idea.public_id}/answers/", {"body": body}, content_type="application/json")
    assert api.status_code == 400 and sentence in api.json()["detail"]


def test_long_answer_is_published_whole_up_to_its_own_limit(owner):
    idea = an_idea()
    answer_officially(idea, body="a" * 5_000, by=owner)
    assert len(OfficialAnswer.objects.get().body) == 5_000
    with pytest.raises(Invalid) as refusal:
        answer_officially(idea, body="a" * 5_001, by=owner)
    assert refusal.value.code == "too_long" and "5" in str(refusal.value)


def test_nobody_is_told_of_what_is_hidden_meanwhile_nor_counted(owner, idea):
    hide_idea(idea, reason=WHY, by=a_moderator())
    assert people_told(Idea.objects.get(pk=idea.pk), by=owner) == 0
