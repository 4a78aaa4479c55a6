"""Reactions: a small fixed set, one each, counters that are right, the same on page and API."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import DomainError, Invalid, NotFound, NotSignedIn
from ideas.domain.commenting import delete_comment
from ideas.domain.reacting import react, take_back
from ideas.domain.recounting import recount_reactions
from ideas.models import Comment, CommentReaction
from ideas.states import Reaction
from members.domain.erasing import erase
from tests.factories.ideas import a_comment, a_reaction
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db


def api(comment, kind="useful") -> str:
    return f"/api/v1/ideas/{comment.idea.public_id}/comments/{comment.public_id}/reactions/{kind}/"


def page_url(comment) -> str:
    return reverse("ideas:comment_react", args=[comment.idea.public_id, comment.public_id])


def counts(comment) -> dict:
    comment.refresh_from_db()
    return {kind: getattr(comment, f"{kind}_count") for kind in Reaction.values} | {"all": comment.reaction_count}


def test_a_member_reacts_once_in_each_way_and_takes_it_back():
    comment, member = a_comment(), a_member()
    for _again in range(2):
        react(comment, "useful", by=member)
    react(comment, "thanks", by=member)
    assert counts(comment) == {"useful": 1, "agree": 0, "thanks": 1, "explore": 0, "all": 2}
    for _again in range(2):
        take_back(comment, "useful", by=member)
    assert counts(comment) == {"useful": 0, "agree": 0, "thanks": 1, "explore": 0, "all": 1}


def test_the_database_keeps_one_reaction_each():
    row = a_reaction(a_comment())
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentReaction.objects.create(comment=row.comment, member=row.member, kind=row.kind)


@pytest.mark.parametrize(
    ("change", "refusal", "code"),
    [({"visibility": "hidden"}, NotFound, "not_found"), ({"is_internal": True}, NotFound, "not_found"),
     ({}, Invalid, "unknown_reaction")],
)  # fmt: skip
def test_what_cannot_be_reacted_to_is_refused(change, refusal, code):
    comment = a_comment(**change)
    with pytest.raises(refusal) as refused:
        react(comment, "useful" if change else "love", by=a_member())
    assert refused.value.code == code


def test_nobody_reacts_to_their_own_comment_nor_signed_out_nor_to_a_deleted_one():
    comment = a_comment()
    with pytest.raises(DomainError) as refused:
        react(comment, "useful", by=comment.author)
    assert refused.value.code == "own_comment"
    with pytest.raises(NotSignedIn):
        react(comment, "useful", by=None)
    delete_comment(comment, by=comment.author)
    comment.refresh_from_db()
    with pytest.raises(DomainError) as refused:
        react(comment, "useful", by=a_member())
    assert refused.value.code == "comment_deleted"


def test_api_puts_and_deletes_and_again_changes_nothing(client):
    comment = a_comment()
    assert client.put(api(comment)).status_code == 401
    client.force_login(a_member())
    for _again in range(2):
        answer = client.put(api(comment, "explore"))
        assert answer.status_code == 200
        assert {"kind": "explore", "label": "À creuser", "count": 1, "mine": True} in answer.json()["reactions"]
    for _again in range(2):
        answer = client.delete(api(comment, "explore"))
        assert {"kind": "explore", "label": "À creuser", "count": 0, "mine": False} in answer.json()["reactions"]
    assert client.put(api(comment, "love")).json()["code"] == "unknown_reaction"


def test_a_form_without_javascript_does_it_and_leads_back_to_the_comment(client):
    comment, member = a_comment(), a_member()
    client.force_login(member)
    page = client.get(comment.idea.get_absolute_url()).content.decode()
    assert f'action="{page_url(comment)}"' in page and 'name="agree" value="in"' in page
    answer = client.post(page_url(comment), {"agree": "in"})
    assert answer.status_code == 302 and answer.url.endswith(f"#comment-{comment.public_id}")
    page = client.get(comment.idea.get_absolute_url()).content.decode()
    assert 'name="agree" value="out" aria-pressed="true"' in page and "D’accord, 1" in page
    client.post(page_url(comment), {"agree": "out"})
    assert counts(comment)["all"] == 0


def test_htmx_swaps_the_reactions_alone(client):
    comment = a_comment()
    client.force_login(a_member())
    answer = client.post(page_url(comment), {"useful": "in"}, headers={"HX-Request": "true"}).content.decode()
    assert answer.strip().startswith("<form") and "Utile, 1" in answer and "<html" not in answer


def test_a_visitor_is_led_to_the_door(client):
    comment = a_comment()
    assert "/connexion/" in client.post(page_url(comment), {"useful": "in"}).url
    assert "/connexion/" in client.get(comment.idea.get_absolute_url()).content.decode()


def test_own_comment_shows_counts_without_buttons(client):
    comment = a_comment()
    a_reaction(comment, "thanks")
    client.force_login(comment.author)
    page = client.get(comment.idea.get_absolute_url()).content.decode()
    assert "Merci, 1" in page and page_url(comment) not in page


def test_too_many_reactions_in_a_minute_are_refused(client, settings):
    settings.LAB = settings.LAB | {"REACTIONS_PER_MINUTE": 2}
    member, comments = a_member(), [a_comment() for _n in range(3)]
    for comment in comments[:2]:
        react(comment, "useful", by=member)
    client.force_login(member)
    answer = client.put(api(comments[2]))
    assert (answer.status_code, answer.json()["code"]) == (429, "too_many") and "Retry-After" in answer
    page = client.post(page_url(comments[2]), {"useful": "in"}, headers={"HX-Request": "true"})
    assert page.status_code == 429 and "Attendez un peu" in page.content.decode()
    assert counts(comments[2])["all"] == 0


def test_recount_finds_and_mends_counters_that_drifted():
    comment = a_comment()
    a_reaction(comment)
    a_reaction(comment, "agree")
    assert recount_reactions() == []
    stray = a_comment(reaction_count=4, thanks_count=4)
    Comment.objects.filter(pk=comment.pk).update(useful_count=7, reaction_count=8)
    found = {(line.public_id, line.counter, line.shown, line.counted) for line in recount_reactions(write=False)}
    assert found == {
        (comment.public_id, "useful_count", 7, 1), (comment.public_id, "reaction_count", 8, 2),
        (stray.public_id, "thanks_count", 4, 0), (stray.public_id, "reaction_count", 4, 0),
    }  # fmt: skip
    call_command("recount", stdout=StringIO())
    assert recount_reactions() == [] and counts(comment)["all"] == 2


def test_erasure_keeps_the_tally():
    comment, member = a_comment(), a_member()
    react(comment, "useful", by=member)
    erase(member, by=member)
    assert counts(comment)["useful"] == 1 and recount_reactions() == []


def test_staff_see_no_form_on_a_note_of_their_own(client):
    note = a_comment(is_internal=True, author=a_product_owner())
    client.force_login(a_product_owner())
    assert page_url(note) not in client.get(note.idea.get_absolute_url()).content.decode()
