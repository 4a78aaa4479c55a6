"""Comments: threads, names, changing, taking back, order; the same on page and API."""

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError, Invalid, NotAllowed, NotFound
from core.shield import PrivateData
from ideas.domain.commenting import comment_on, delete_comment, edit_comment, forget_deleted_texts
from ideas.domain.following import audience_of, is_following
from ideas.domain.mentioning import MOST, participants_of, propose_names
from ideas.domain.merging import merge_idea
from ideas.domain.recounting import recount_all
from ideas.models import Comment, CommentVersion, Idea, Mention
from members.domain.erasing import erase
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


# names


def test_who_takes_part_is_named_by_the_longest_name_that_fits_and_becomes_a_link(client):
    short, long = a_member(nickname="Le Fournil"), a_member(nickname="Le Fournil de Jeanne")
    idea = an_idea(author=short)
    a_comment(idea, author=long)
    said = comment_on(idea, body="Merci @Le Fournil de Jeanne, et *vous* @le fournil ?", by=a_member())
    assert {row.member: row.written for row in said.mentions.all()} == {
        long: "Le Fournil de Jeanne", short: "le fournil",
    }  # fmt: skip
    page = client.get(idea.get_absolute_url()).content.decode()
    for member in (short, long):
        assert f'<a href="{member.get_absolute_url()}" rel="nofollow ugc noopener">@{member.nickname}</a>' in page
    [row] = [row for row in client.get(api(idea)).json()["results"] if row["id"] == said.public_id]
    assert {"id": long.public_id, "nickname": long.nickname, "written": long.nickname} in row["mentions"]
    assert "@Le Fournil de Jeanne" in row["body"]


def test_nobody_outside_the_idea_can_be_named_or_found():
    stranger, reader, idea = a_member(nickname="Solène"), a_member(), an_idea()
    a_comment(idea, author=(hidden := a_member(nickname="Cachée")), visibility="hidden")
    a_comment(idea, author=(noted := a_product_owner(nickname="Claire")), is_internal=True)
    said = comment_on(idea, body="@Solène @Cachée @Claire, qu’en pensez-vous ?", by=reader)
    assert not said.mentions.exists()
    assert not {stranger, hidden, noted} & set(participants_of(idea))
    assert propose_names(idea, "", by=reader) == [idea.author]


def test_names_are_proposed_by_how_they_begin_to_who_is_signed_in(client):
    idea, reader = an_idea(author=a_member(nickname="Le Fournil de Jeanne")), a_member()
    a_comment(idea, author=a_member(nickname="Jérôme"))
    url = f"/api/v1/ideas/{idea.public_id}/names/"
    assert client.get(url).status_code == 401
    client.force_login(reader)
    assert [row["nickname"] for row in client.get(url, {"q": "je"}).json()] == ["Le Fournil de Jeanne"]
    assert [row["nickname"] for row in client.get(url, {"q": "@Jé"}).json()] == ["Jérôme"]
    hidden = an_idea(visibility="hidden")
    assert client.get(f"/api/v1/ideas/{hidden.public_id}/names/").status_code == 404


def test_an_address_a_longer_word_and_code_are_no_names():
    idea = an_idea(author=a_member(nickname="Anna"))
    said = comment_on(idea, body="Voyez bouton@anna, @Annabelle et `@Anna`.", by=a_member())
    assert [row.written for row in said.mentions.all()] == ["Anna"]  # the one in code is written, and told, but no link
    from ideas.threads import body_html

    said.named = [{"id": "x", "nickname": "Anna", "written": "Anna", "gone": None}]
    assert "<a" not in body_html(said)


def test_a_comment_names_a_few_people_at_most():
    idea = an_idea()
    crowd = [a_member(nickname=f"Voisin {'abcdefgh'[n]}") for n in range(MOST + 2)]
    for member in crowd:
        a_comment(idea, author=member)
    said = comment_on(idea, body=" ".join(f"@{member.nickname}" for member in crowd), by=a_member())
    assert said.mentions.count() == MOST


def test_a_name_that_is_a_markdown_trap_stays_text(client):
    idea = an_idea(author=a_member(nickname="[x](javascript:1)"))
    comment_on(idea, body="Bonjour @[x](javascript:1) <b>", by=a_member())
    page = client.get(idea.get_absolute_url()).content.decode()
    assert 'href="javascript' not in page and "<b> " not in page


# changing


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


def test_a_change_names_others_and_no_longer_those_it_drops():
    idea = an_idea(author=a_member(nickname="Maëlle"))
    a_comment(idea, author=a_member(nickname="Yann"))
    said = comment_on(idea, body="Merci @Maëlle", by=a_member())
    edit_comment(said, body="Merci @Yann", by=said.author)
    assert [row.written for row in Mention.objects.all()] == ["Yann"]


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


# taking back


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
    from ideas.backoffice.reading import feed_of

    [entry] = [entry for entry in feed_of(comment.idea, a_product_owner()) if entry.kind == "comment"]
    assert entry.text == "Commentaire supprimé par son auteur"


# order and pages


def test_the_best_comments_stand_first_those_of_the_bank_before_and_the_order_is_stable(client):
    idea = an_idea()
    plain = [a_comment(idea, body=f"Sans réaction {n}") for n in range(3)]
    best = a_comment(idea, body="Le plus utile", created_at=timezone.now() - timedelta(days=9))
    a_reaction(best)
    a_reaction(best, "thanks")
    a_reaction(plain[0])
    bank = a_comment(idea, body="La banque", author=a_product_owner(), is_official=True)
    expected = ["La banque", "Le plus utile", "Sans réaction 0", "Sans réaction 2", "Sans réaction 1"]
    assert texts(client.get(api(idea))) == texts(client.get(api(idea))) == expected
    newest = ["La banque", "Sans réaction 2", "Sans réaction 1", "Sans réaction 0", "Le plus utile"]
    assert texts(client.get(api(idea), {"order": "newest"})) == newest
    page = client.get(idea.get_absolute_url(), {"order": "newest"}).context["threads"]
    assert page[0]["id"] == bank.public_id and page[-1]["id"] == best.public_id


@pytest.mark.parametrize("order", ["best", "newest"])
def test_pages_go_on_by_cursor_without_losing_or_doubling_a_comment(client, order):
    idea, author = an_idea(), a_member()
    rows = Comment.objects.bulk_create(
        Comment(idea=idea, author=author, body=f"Avis {n}", reaction_count=n % 4, is_official=n % 9 == 0)
        for n in range(45)
    )
    url, seen = f"{api(idea)}?order={order}", []
    while url:
        answer = client.get(url.removeprefix("http://testserver")).json()
        seen += [row["id"] for row in answer["results"]]
        url = answer["next"]
    assert len(seen) == 45 and set(seen) == {row.public_id for row in rows}
    page, seen = client.get(idea.get_absolute_url(), {"order": order}), []
    while page:
        seen += [row["id"] for row in page.context["threads"]]
        more = page.context["more_comments_url"]
        page = client.get(more, headers={"HX-Request": "true"}) if more else None
    assert len(seen) == 45 and set(seen) == {row.public_id for row in rows}


def test_the_thread_that_is_spoken_of_stands_first_wherever_it_is(client):
    idea = an_idea()
    old = a_comment(idea, created_at=timezone.now() - timedelta(days=9))
    reply = a_comment(idea, parent=old)
    for _n in range(25):
        a_comment(idea)
    assert old.public_id not in [row["id"] for row in client.get(idea.get_absolute_url()).context["threads"]]
    for wanted in (old, reply):
        page = client.get(idea.get_absolute_url(), {"comment": wanted.public_id})
        assert page.context["threads"][0]["id"] == old.public_id
    client.force_login(idea.author)
    assert f"Vous répondez à {reply.author}" in client.get(
        idea.get_absolute_url(), {"reply": reply.public_id}
    ).content.decode().replace("\xa0", " ")


def test_what_i_have_just_said_is_the_first_thing_on_the_page(client):
    idea, member = an_idea(), a_member()
    for _n in range(25):
        a_reaction(a_comment(idea))
    client.force_login(member)
    answer = client.post(reverse("ideas:comment", args=[idea.public_id]), {"body": "Voilà mon avis."}, follow=True)
    assert "Voilà mon avis." in answer.context["threads"][0]["body"]


@pytest.mark.parametrize("query", ["order=hasard", "comment=%00", "comment=zzz", "cursor="])
def test_odd_wishes_are_no_error(client, query):
    idea = a_comment().idea
    assert client.get(f"{idea.get_absolute_url()}?{query}").status_code == 200


@pytest.mark.parametrize("how_many", [1, 3, 200])
def test_comments_cost_three_queries(client, django_assert_num_queries, how_many):
    idea = an_idea(author=a_member(nickname="Maëlle"))
    author = a_member()
    tops = Comment.objects.bulk_create(Comment(idea=idea, author=author, body="Oui @Maëlle") for _n in range(how_many))
    Comment.objects.bulk_create(Comment(idea=idea, author=author, parent=top, body="Aussi") for top in tops)
    Mention.objects.bulk_create(Mention(comment=top, member=idea.author, written="Maëlle") for top in tops)
    url = reverse("ideas:comments", args=[idea.public_id])
    with django_assert_num_queries(3):  # idea, threads, replies
        client.get(url, headers={"HX-Request": "true"})
    client.force_login(a_member())
    with django_assert_num_queries(6):  # session, user, roles, and the same three
        client.get(url, {"order": "newest"}, headers={"HX-Request": "true"})
    with CaptureQueriesContext(connection) as queries:
        assert client.get(api(idea)).status_code == 200
    assert len([query for query in queries if 'FROM "ideas_' in query["sql"]]) == 3  # the rest counts requests


# pace, badges


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


# erasure


def test_an_erased_member_is_named_nowhere_and_the_comment_stays():
    gone = a_member(nickname="Maëlle R.")
    idea = an_idea(author=gone)
    said = comment_on(idea, body="Bravo @Maëlle R. !", by=a_member())
    edit_comment(said, body="Bravo à @Maëlle R. et merci.", by=said.author)
    own = a_comment(idea, author=gone, body="Mon avis.")
    edit_comment(own, body="Mon bel avis.", by=gone)
    erase(gone, by=gone)
    said.refresh_from_db()
    assert said.body == "Bravo à @ancien membre et merci."
    assert [version.body for version in CommentVersion.objects.all()] == ["Bravo @ancien membre !"]
    assert Comment.objects.get(pk=own.pk).body == "Mon bel avis." and not Mention.objects.exists()


def test_periodic_work_knows_the_forgetting_of_deleted_texts():
    call_command("worker", batch=True)
    assert forget_deleted_texts() is None
