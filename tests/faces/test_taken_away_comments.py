"""Of a comment that was hidden, removed or deleted the API gives the trace and never the text; counts and inbox follow."""

import pytest
from django.urls import reverse

from ideas.domain.commenting import comment_on, delete_comment
from ideas.domain.moderating import hide_comment, remove_comment
from ideas.models import Comment
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator
from tests.factories.trust import WHY
from tests.notifications.working import told, work

pytestmark = pytest.mark.django_db
SECRET = "Kerguelen"
AWAY = {
    "hidden": lambda comment: hide_comment(comment, reason=WHY, by=a_moderator()),
    "removed": lambda comment: remove_comment(comment, reason=WHY, by=a_moderator()),
    "deleted": lambda comment: delete_comment(comment, by=comment.author),
}
TRACE = {"hidden": "moderators", "removed": "moderators", "deleted": "author"}


@pytest.fixture(params=list(AWAY))
def talk(request):
    """An idea, a comment that was told and answered and then taken away, how, and the answer that stays."""
    idea = an_idea(title="Un port sûr pour tous")
    comment = comment_on(idea, body=f"Je l’ai lu à {SECRET} hier.", by=a_member(nickname="Odile"))
    reply = comment_on(idea, body="Merci du renseignement.", by=a_member(), parent=comment)
    work()
    assert told(idea.author), "the idea’s author had heard of the comment"
    AWAY[request.param](Comment.objects.get(pk=comment.pk))
    work()
    return idea, comment, reply, request.param


def readers(idea, comment):
    return (None, a_member(), idea.author, comment.author)


def test_list_and_comment_give_the_trace_and_never_the_text(client, talk):
    idea, comment, reply, how = talk
    comments = f"/api/v1/ideas/{idea.public_id}/comments/"
    for reader in readers(idea, comment):
        client.logout()
        if reader:
            client.force_login(reader)
        row = client.get(comments).json()["results"][0]
        assert (row["id"], row["trace"], row["author"], row["body"], row["body_html"]) == (
            comment.public_id, TRACE[how], None, "", "",
        )  # fmt: skip
        assert [one["body"] for one in row["replies"]] == [reply.body]
        for path in (f"{comments}{comment.public_id}/", f"{comments}{comment.public_id}/versions/"):
            answer = client.get(path)
            assert answer.status_code in (200, 404)
            assert SECRET not in answer.content.decode()


def test_page_leads_its_own_author_alone_to_the_reasons(client, talk):
    idea, comment, _reply, how = talk
    link = f'<a href="{reverse("trust:statements")}">'
    for reader in readers(idea, comment):
        client.logout()
        if reader:
            client.force_login(reader)
        trace = client.get(idea.get_absolute_url()).content.decode().partition(f'id="comment-{comment.public_id}"')[2]
        assert (link in trace.partition("</div>")[0]) == (reader == comment.author and how != "deleted"), how


def test_counts_search_and_feeds_say_what_can_be_read(client, talk):
    idea, _comment, _reply, _how = talk
    assert client.get(f"/api/v1/ideas/{idea.public_id}/").json()["comment_count"] == 1, "the answer alone"
    for path in (
        f"/api/v1/ideas/?q={SECRET}",
        "/api/v1/ideas/",
        idea.get_absolute_url(),
        reverse("ideas:feed", args=["atom"]),
    ):
        assert f"lu à {SECRET}" not in client.get(path, follow=True).content.decode()


def test_inbox_that_told_of_it_says_nothing_more(client, talk):
    idea, _comment, _reply, _how = talk
    client.force_login(idea.author)
    answer = client.get("/api/v1/notifications/")
    assert answer.status_code == 200
    assert SECRET not in answer.content.decode()
