"""Comments: threads, changing, taking back, pace and badges; the same on page and API."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError, Invalid, NotAllowed, NotFound
from core.shield import PrivateData
from ideas.domain.commenting import comment_on, delete_comment, edit_comment, forget_deleted_texts
from ideas.domain.following import audience_of, is_following
from ideas.domain.merging import merge_idea
from ideas.domain.recounting import recount_all
from ideas.models import Comment, CommentVersion, Idea
from members.domain.naming import choose_nickname
from tests.factories.ideas import a_comment, a_reaction, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor

pytestmark = pytest.mark.django_db
CARD = "4539 1488 0343 6467"


def api(idea, *more) -> str:
    return "/".join([f"/api/v1/ideas/{idea.public_id}/comments", *more]) + "/"


def patch(client, idea, comment, body):
    return client.patch(api(idea, comment.public_id), json.dumps({"body": body}), content_type="application/json")


def texts(response) -> list[str]:
    return [row["body"] for row in response.json()["results"]]


def test_a_reply_to_a_reply_joins_the_thread():
    idea, member = an_idea(), a_member()
    top = a_comment(idea)
    reply = comment_on(idea, body="Moi aussi.", by=member, parent=top)
    assert comment_on(idea, body="Et moi donc.", by=idea.author, parent=reply).parent == top


def test_an_author_changes_a_comment_within_a_quarter_of_an_hour_and_the_text_before_is_kept():
    comment = a_comment(body="Je le voudrai aussi.")
    edit_comment(comment, body="Je le voudrais aussi.", by=comment.author)
    comment.refresh_from_db()
    assert comment.body == "Je le voudrais aussi." and comment.edited_at
    [version] = comment.versions.all()
    assert (version.body, version.written_at) == ("Je le voudrai aussi.", comment.created_at)


def test_after_a_quarter_of_an_hour_it_is_too_late():
    comment = a_comment(created_at=timezone.now() - timedelta(minutes=15, seconds=1))
    with pytest.raises(DomainError) as refusal:
        edit_comment(comment, body="Trop tard, je crois.", by=comment.author)
    assert (refusal.value.code, refusal.value.status) == ("too_late_to_edit", 409)
    edit_comment(a := a_comment(created_at=timezone.now() - timedelta(minutes=14)), body="Encore à temps.", by=a.author)


def test_nobody_changes_or_deletes_the_comment_of_another():
    comment = a_comment()
    for by in (a_member(), a_moderator()):
        with pytest.raises(NotAllowed):
            edit_comment(comment, body="À ma façon.", by=by)
        with pytest.raises(NotAllowed):
            delete_comment(comment, by=by)
    with pytest.raises(NotFound):
        hidden = a_comment(visibility="hidden")
        edit_comment(hidden, body="Encore une fois.", by=hidden.author)


@pytest.mark.parametrize(
    ("body", "refusal"), [(" ", Invalid), ("x" * 2001, Invalid), (f"Ma carte {CARD}", PrivateData)]
)
def test_a_change_passes_the_same_checks_as_a_comment(body, refusal):
    comment = a_comment()
    with pytest.raises(refusal):
        edit_comment(comment, body=body, by=comment.author)
    assert not CommentVersion.objects.exists()


def test_same_text_again_is_no_change():
    comment = a_comment()
    assert edit_comment(comment, body=comment.body, by=comment.author).edited_at is None


def test_change_by_the_page_keeps_what_was_typed(client):
    comment = a_comment()
    client.force_login(comment.author)
    url = reverse("ideas:comment_edit", args=[comment.idea.public_id, comment.public_id])
    assert comment.body in client.get(url).content.decode()
    refused = client.post(url, {"body": f"Ma carte {CARD} est avalée"})
    page = refused.content.decode()
    assert refused.status_code == 400 and "est avalée" in page and CARD not in page
    done = client.post(url, {"body": "Ma carte est avalée."}, follow=True).content.decode()
    assert "Ma carte est avalée." in done and "modifié" in done


def test_page_of_a_comment_that_is_too_old_leads_back_with_a_word(client):
    comment = a_comment(created_at=timezone.now() - timedelta(hours=1))
    client.force_login(comment.author)
    url = reverse("ideas:comment_edit", args=[comment.idea.public_id, comment.public_id])
    assert "est passé" in client.get(url, follow=True).content.decode()
    assert client.post(url, {"body": "Trop tard, et gardé."}).status_code == 409


def test_change_by_the_api(client):
    comment = a_comment()
    client.force_login(comment.author)
    read = client.get(api(comment.idea, comment.public_id)).json()
    assert read["editable_until"] and read["body"] == comment.body
    answer = patch(client, comment.idea, comment, "Je précise.")
    assert answer.status_code == 200 and answer.json()["edited_at"] and answer.json()["body"] == "Je précise."
    client.force_login(a_member())
    assert patch(client, comment.idea, comment, "Je précise.").status_code == 403
    assert client.get(api(comment.idea, comment.public_id)).json()["editable_until"] is None


def test_a_deleted_comment_leaves_a_trace_and_its_replies_and_nothing_of_its_text(client):
    idea = an_idea(comment_count=2)
    comment = a_comment(idea, body="Un secret de trop.", author=a_member(nickname="Bavard"))
    a_comment(idea, body="Je réponds.", parent=comment)
    a_reaction(comment)
    delete_comment(comment, by=comment.author)
    page = client.get(idea.get_absolute_url()).content.decode()
    assert "Commentaire supprimé par son auteur" in page and "Je réponds." in page
    assert "Un secret" not in page and "Bavard" not in page
    [row] = client.get(api(idea)).json()["results"]
    assert (row["author"], row["body"], row["mentions"]) == (None, "", []) and row["deleted_at"]
    assert all(reaction["count"] == 0 for reaction in row["reactions"])
    assert [reply["body"] for reply in row["replies"]] == ["Je réponds."]
    assert Comment.objects.get(pk=comment.pk).body == ""
    assert Idea.objects.get(pk=idea.pk).comment_count == 1 and recount_all() == []


def test_deleting_twice_changes_nothing_and_a_deleted_comment_cannot_be_changed(client):
    comment = a_comment(idea := an_idea(comment_count=1))
    client.force_login(comment.author)
    for _again in range(2):
        assert client.delete(api(idea, comment.public_id)).status_code == 204
    assert Idea.objects.get(pk=idea.pk).comment_count == 0
    answer = patch(client, idea, comment, "Je reviens.")
    assert (answer.status_code, answer.json()["code"]) == (409, "comment_deleted")


def test_deleting_by_the_page_asks_first(client):
    comment = a_comment(an_idea(comment_count=1))
    client.force_login(comment.author)
    url = reverse("ideas:comment_delete", args=[comment.idea.public_id, comment.public_id])
    assert comment.body in client.get(url).content.decode()
    assert "supprimé par son auteur" in client.post(url, follow=True).content.decode()


def test_who_deleted_all_they_said_no_longer_follows_the_idea():
    comment = a_comment(idea := an_idea())
    delete_comment(comment, by=comment.author)
    assert comment.author not in audience_of(idea) and not is_following(idea, comment.author)
    assert idea not in Idea.objects.followed_by(comment.author)


def test_deleted_text_is_kept_for_those_who_moderate_for_thirty_days_and_then_nowhere(client):
    comment = a_comment(body="Ce que j’ai retiré.", is_official=False)
    kept = a_comment(body="Ce que dit la banque.", is_official=True, author=a_product_owner())
    for row in (comment, kept):
        delete_comment(row, by=row.author)
    url = reverse("ideas:comment_versions", args=[comment.idea.public_id, comment.public_id])
    for reader, status in ((comment.author, 403), (a_member(), 403), (a_moderator(), 200), (an_auditor(), 200)):
        client.force_login(reader)
        answer = client.get(url)
        assert answer.status_code == status and ("Ce que j’ai retiré." in answer.content.decode()) == (status == 200)
    forget_deleted_texts()
    assert comment.versions.exists()
    Comment.objects.update(deleted_at=timezone.now() - timedelta(days=31))
    forget_deleted_texts()
    assert not comment.versions.exists() and kept.versions.exists()


def test_desk_shows_the_trace_of_a_deleted_comment(client):
    comment = a_comment(body="Retiré depuis.")
    delete_comment(comment, by=comment.author)
    from ideas.history import feed_of

    [entry] = [entry for entry in feed_of(comment.idea, a_product_owner()) if entry.kind == "comment"]
    assert entry.text == "Commentaire supprimé par son auteur"


def test_too_many_comments_in_a_minute_are_refused_in_words_and_the_text_is_kept(client, settings):
    settings.LAB = settings.LAB | {"COMMENTS_PER_MINUTE": 2}
    idea, member = an_idea(), a_member()
    for _n in range(2):
        comment_on(idea, body="Encore un mot.", by=member)
    client.force_login(member)
    page = client.post(reverse("ideas:comment", args=[idea.public_id]), {"body": "Le mot de trop."})
    assert page.status_code == 429 and "Le mot de trop." in page.content.decode()
    assert "Attendez un peu" in page.content.decode()
    answer = client.post(api(idea), json.dumps({"body": "Le mot de trop."}), content_type="application/json")
    assert (answer.status_code, answer["Retry-After"], answer.json()["code"]) == (429, "60", "too_many")
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    comment_on(idea, body="Un peu plus tard.", by=member)


def test_staff_answer_as_many_people_as_they_need(settings):
    settings.LAB = settings.LAB | {"COMMENTS_PER_MINUTE": 1, "COMMENTS_PER_HOUR": 1}
    idea, owner = an_idea(), a_product_owner()
    for _n in range(3):
        comment_on(idea, body="Nous regardons cela.", by=owner)


@pytest.mark.parametrize("name", ["Banque officielle", "Modérateur du Lab", "B4nque", "Conse1ller", "Le Support"])
def test_no_member_takes_a_name_that_passes_for_the_bank(name):
    with pytest.raises(Invalid) as refusal:
        choose_nickname(name, member=a_member())
    assert refusal.value.code == "nickname_reserved"


def test_badges_come_from_the_server_alone(client):
    idea, member = an_idea(), a_member()
    client.force_login(member)
    sent = {"body": "Je suis de la banque.", "is_official": True, "is_staff": True, "badges": ["official"]}
    answer = client.post(api(idea), json.dumps(sent), content_type="application/json").json()
    assert (answer["is_official"], answer["author"]["badges"]) == (False, [])
    a_comment(idea, author=a_member(is_ambassador=True))
    page = client.get(idea.get_absolute_url()).content.decode()
    assert "stamp--bank" not in page and page.count("stamp--friend") == 1


def test_comments_of_a_merged_idea_are_closed():
    idea, other = an_idea(), an_idea()
    merge_idea(idea, other, reason="C’est la même demande, réunie ici.", by=a_product_owner())
    with pytest.raises(DomainError) as refusal:
        comment_on(Idea.objects.get(pk=idea.pk), body="Et ici ?", by=a_member())
    assert refusal.value.code == "comments_closed"


def test_periodic_work_knows_the_forgetting_of_deleted_texts():
    call_command("worker", batch=True)
    assert forget_deleted_texts() is None
