"""Names in a comment: whom one can name, how it reads, and what becomes of it."""

import pytest

from ideas.domain.commenting import comment_on, edit_comment
from ideas.domain.mentioning import MOST, participants_of, propose_names
from ideas.models import Comment, CommentVersion, Mention
from members.domain.erasing import erase
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db


def api(idea, *more) -> str:
    return "/".join([f"/api/v1/ideas/{idea.public_id}/comments", *more]) + "/"


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


def test_a_change_names_others_and_no_longer_those_it_drops():
    idea = an_idea(author=a_member(nickname="Maëlle"))
    a_comment(idea, author=a_member(nickname="Yann"))
    said = comment_on(idea, body="Merci @Maëlle", by=a_member())
    edit_comment(said, body="Merci @Yann", by=said.author)
    assert [row.written for row in Mention.objects.all()] == ["Yann"]


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
