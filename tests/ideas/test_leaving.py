"""Who left a circle takes back what is theirs there, and reads nothing of it again."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from vote.models import Vote

from core.errors import DomainError, NotFound
from ideas.domain.commenting import comment_on, delete_comment, edit_comment
from ideas.domain.editing import edit_idea
from ideas.domain.following import follow
from ideas.domain.leaving import has_left_something, left_behind, take_back_left
from ideas.domain.merging import merge_idea
from ideas.domain.moderating import hide_comment, remove_idea
from ideas.domain.moving import move_idea
from ideas.domain.reacting import react, take_back
from ideas.domain.voting import cast_vote, withdraw_vote
from ideas.domain.withdrawing import withdraw_idea
from ideas.models import Comment, CommentReaction, Idea
from ideas.states import Visibility
from members.domain.circling import leave_circle
from members.models import Member
from tests.factories.circles import a_circle
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner

pytestmark = pytest.mark.django_db
WHY = "C’est la même demande que l’autre, réunie en une seule."
SECRET = "Kerguelen"


class Place:
    """A circle with an idea of somebody else; `who` was in it, took part, and left."""

    def __init__(self):
        self.who, self.other = a_member(), a_member()
        self.circle = a_circle(members=[self.who, self.other], name_fr=f"Cercle {SECRET}")
        self.idea = an_idea(author=self.other, circle=self.circle, title=f"Idée de {SECRET}")
        self.said = comment_on(self.idea, body=f"Je l’ai vu à {SECRET}.", by=self.other)
        self.mine = an_idea(author=self.who, circle=self.circle, title="Mon idée de cercle")
        cast_vote(self.idea, by=self.who)
        self.comment = comment_on(self.idea, body="Cela me servirait aussi.", by=self.who)
        react(self.said, "thanks", by=self.who)

    def leave(self):
        leave_circle(self.circle, by=self.who)
        self.who = Member.objects.get(pk=self.who.pk)
        return self


@pytest.fixture
def place():
    return Place().leave()


@pytest.fixture(autouse=True)
def no_drift():
    yield
    call_command("recount", check=True)


def taken(place):
    """Whether each thing is gone."""
    return {
        "idea": Idea.objects.get(pk=place.mine.pk).visibility == Visibility.WITHDRAWN,
        "comment": Comment.objects.get(pk=place.comment.pk).is_deleted,
        "vote": not Vote.objects.filter(user_id=place.who.pk, object_id=place.idea.pk).exists(),
        "reaction": not CommentReaction.objects.filter(member=place.who).exists(),
    }


def ids(member):
    return {one.kind: one.id for one in left_behind(member)}


@pytest.mark.parametrize("kind", ["idea", "comment", "vote", "reaction"])
def test_each_thing_of_ones_own_is_taken_back_and_nothing_else(place, kind):
    take_back_left(kind, ids(place.who)[kind], by=place.who)
    assert taken(place) == {name: name == kind for name in ("idea", "comment", "vote", "reaction")}
    assert kind not in ids(place.who)
    with pytest.raises(NotFound):
        take_back_left(kind, "zzzzzzzzzzzz", by=place.who)


def test_verbs_themselves_take_back_what_is_ones_own_there(place):
    withdraw_vote(Idea.objects.get(pk=place.idea.pk), by=place.who)
    delete_comment(place.comment, by=place.who)
    take_back(place.said, "thanks", by=place.who)
    withdraw_idea(place.mine, by=place.who)
    assert set(taken(place).values()) == {True}
    assert not has_left_something(place.who) and left_behind(place.who) == []


def test_posting_editing_voting_following_and_reacting_there_stay_refused(place):
    for verb in (
        lambda: cast_vote(place.idea, by=place.who),
        lambda: comment_on(place.idea, body="Encore un mot de ma part.", by=place.who),
        lambda: edit_comment(place.comment, body="Autrement dit, encore.", by=place.who),
        lambda: edit_idea(
            place.mine, by=place.who, title="Un autre titre bien long", body="Un autre corps de texte, long."
        ),
        lambda: react(place.said, "useful", by=place.who),
        lambda: take_back(place.said, "useful", by=place.who),
        lambda: follow(place.idea, by=place.who),
    ):
        with pytest.raises(NotFound):
            verb()


def test_who_gave_nothing_there_cannot_tell_that_it_is_there(place):
    stranger = a_member()
    for verb in (
        lambda: withdraw_vote(place.idea, by=stranger),
        lambda: delete_comment(place.comment, by=stranger),
        lambda: withdraw_idea(place.mine, by=stranger),
        lambda: take_back(place.said, "thanks", by=stranger),
    ):
        with pytest.raises(NotFound):
            verb()
    for kind, key in ids(place.who).items():
        with pytest.raises(NotFound):
            take_back_left(kind, key, by=stranger)


def test_what_others_wrote_there_is_not_his_to_take(place):
    for kind, key in (
        ("idea", place.idea.public_id),
        ("comment", place.said.public_id),
        ("vote", place.mine.public_id),
    ):
        with pytest.raises(NotFound):
            take_back_left(kind, key, by=place.who)


def test_who_is_still_in_it_finds_nothing_here_and_goes_by_the_usual_way():
    place = Place()
    assert left_behind(place.who) == [] and not has_left_something(place.who)
    with pytest.raises(NotFound):
        take_back_left("vote", place.idea.public_id, by=place.who)


def test_vote_on_an_idea_merged_since_is_taken_back_from_the_one_that_stays(place):
    stays = an_idea(author=place.other, circle=place.circle)
    merge_idea(place.idea, stays, reason=WHY, by=a_product_owner())
    assert Idea.objects.get(pk=stays.pk).vote_score == 1
    take_back_left("vote", place.idea.public_id, by=place.who)
    assert taken(place)["vote"] and Idea.objects.get(pk=stays.pk).vote_score == 0


def test_decided_ideas_keep_their_votes_and_their_text(place):
    move_idea(place.idea, "declined", reason=WHY, by=a_product_owner())
    move_idea(place.mine, "candidate", reason=WHY, by=a_product_owner())
    for kind, code in (("vote", "votes_closed"), ("idea", "too_late_to_withdraw")):
        with pytest.raises(DomainError) as refusal:
            take_back_left(kind, ids(place.who)[kind], by=place.who)
        assert refusal.value.code == code and SECRET not in str(refusal.value)


def test_what_moderation_took_away_is_not_taken_back_under_its_hands(place):
    moderator = a_moderator()
    hide_comment(place.comment, reason=WHY, by=moderator)
    remove_idea(place.mine, reason=WHY, by=moderator)
    assert set(ids(place.who)) == {"vote", "reaction"}
    with pytest.raises(NotFound):
        take_back_left("comment", place.comment.public_id, by=place.who)
    with pytest.raises(NotFound):
        take_back_left("idea", place.mine.public_id, by=place.who)


def test_page_shows_ones_own_words_and_nothing_of_the_circle(client, place):
    client.force_login(place.who)
    page = client.get(reverse("my_left")).content.decode()
    assert "Cela me servirait aussi." in page and "Mon idée de cercle" in page
    assert SECRET not in page and "Thanks" not in page
    assert reverse("my_left") in client.get(reverse("my_lab")).content.decode()
    assert reverse("my_left") in client.get(reverse("my_votes")).content.decode()
    for kind, key in ids(place.who).items():
        assert client.post(reverse("my_left"), {"kind": kind, "id": key}).status_code == 302
    assert set(taken(place).values()) == {True}
    assert "Rien" in client.get(reverse("my_left")).content.decode()
    assert reverse("my_left") not in client.get(reverse("my_lab")).content.decode()
    assert client.post(reverse("my_left"), {"kind": "vote", "id": "zzzz"}).status_code == 404
    assert client.post(reverse("my_left")).status_code == 404


def test_refusal_is_said_on_the_page(client, place):
    move_idea(place.idea, "declined", reason=WHY, by=a_product_owner())
    client.force_login(place.who)
    page = client.post(reverse("my_left"), {"kind": "vote", "id": place.idea.public_id})
    assert page.status_code == 409 and "Cela me servirait aussi." in page.content.decode()
    assert SECRET not in page.content.decode()


def test_api_lists_and_takes_back_without_a_word_of_what_is_there(client, place):
    client.force_login(place.who)
    answer = client.get(reverse("api_me_left"))
    assert {row["kind"]: row["said"] for row in answer.json()} == {
        "idea": "Mon idée de cercle", "comment": "Cela me servirait aussi.", "vote": "", "reaction": "",
    }  # fmt: skip
    assert SECRET not in answer.content.decode()
    for row in answer.json():
        gone = client.delete(reverse("api_me_left_one", args=[row["kind"], row["id"]]))
        assert (gone.status_code, gone.content) == (204, b"")
        assert client.delete(reverse("api_me_left_one", args=[row["kind"], row["id"]])).status_code == 404
    assert client.get(reverse("api_me_left")).json() == []


def test_addresses_of_the_circle_go_on_answering_404(client, place):
    client.force_login(place.who)
    idea = place.idea.public_id
    for method, path in (
        ("get", f"/api/v1/ideas/{idea}/"), ("delete", f"/api/v1/ideas/{idea}/vote/"),
        ("delete", f"/api/v1/ideas/{idea}/comments/{place.comment.public_id}/"),
        ("patch", f"/api/v1/ideas/{idea}/comments/{place.comment.public_id}/"),
        ("put", f"/api/v1/ideas/{place.mine.public_id}/withdrawal/"),
    ):  # fmt: skip
        answer = getattr(client, method)(path, {}, "application/json")
        assert answer.status_code == 404 and SECRET not in answer.content.decode()


def test_visitors_are_asked_to_sign_in(client):
    assert client.get(reverse("api_me_left")).status_code == 401
    assert client.delete(reverse("api_me_left_one", args=["vote", "zzzz"])).status_code == 401
    assert client.get(reverse("my_left")).status_code == 302


def test_list_costs_five_queries_whatever_was_left(place, django_assert_num_queries):
    who = place.who
    who.role_names  # noqa: B018 - read once for each request
    with django_assert_num_queries(5):  # votes and their ideas are two
        assert len(left_behind(who)) == 4
    more = an_idea(circle=place.circle, comment_count=1)
    Comment.objects.create(idea=more, author=who, body="Un autre mot.")
    more.votes.up(who.pk)
    with django_assert_num_queries(5):
        assert len(left_behind(who)) == 6
