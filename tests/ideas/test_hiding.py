"""One earlier text of an idea hidden by moderators: nobody but its author and staff reads or compares it."""

import json

import pytest
from django.urls import reverse

from core.errors import DomainError, Invalid, NotAllowed
from ideas.domain.editing import edit_idea
from ideas.domain.hiding import hide_version, show_version
from ideas.domain.tagging import tag_idea
from ideas.history import feed_of
from ideas.models import Deed, Idea
from tests.factories.desk import a_tag
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator, an_auditor, an_expert
from trust.domain.appealing import appeal_statement, decide_appeal
from trust.domain.deciding import decide
from trust.domain.undoing import undo_verdicts
from trust.models import Case, Statement
from trust.states import Kind

pytestmark = pytest.mark.django_db
FIRST = "Monsieur Le Goff, de l’agence du port, refuse de m’aider depuis un mois."
SECOND = "À l’agence du port, on refuse de m’aider depuis un mois entier."
WHY = "Une personne y est nommée : la charte ne le permet pas."


@pytest.fixture
def idea():
    idea = an_idea(body=FIRST)
    edit_idea(idea, body=SECOND, by=idea.author)
    return Idea.objects.get(pk=idea.pk)


def first(idea):
    return idea.versions.get(number=1)


def pages(idea):
    url = reverse("ideas:versions", args=[idea.public_id])
    return [url, f"{url}?from=1&to=2", f"/api/v1/ideas/{idea.public_id}/versions/"]


def test_page_asks_for_the_ground_and_takes_back_what_was_just_done(client, idea):
    client.force_login(a_moderator())
    url, pages_url = reverse("ideas:version_sight", args=[idea.public_id, 1]), pages(idea)[0]
    assert 'name="ground"' in client.get(url).content.decode()
    done = client.post(
        url, {"reason": WHY, "ground": "law", "rule": "Code civil, art. 9"}, follow=True
    ).content.decode()
    assert (Statement.objects.get().ground, Statement.objects.get().rule) == ("law", "Code civil, art. 9")
    assert 'name="undo"' in done and 'name="ground"' not in client.get(url).content.decode()
    key = idea.deeds.get().public_id
    back = client.post(url, {"undo": key}, follow=True).content.decode()
    assert "Personne ne sera prévenu." in back and 'name="undo"' not in back
    assert first(idea).hidden_at is None and not Statement.objects.standing().exists()
    assert "Trop tard" in client.post(url, {"undo": key}, follow=True).content.decode()
    client.force_login(idea.author)
    assert client.post(url, {"undo": key}).status_code == 403
    assert 'name="undo"' not in client.get(pages_url).content.decode()


def test_page_offers_no_way_back_of_a_verdict_which_has_its_own(client, idea):
    """At the moderation desk: a verdict on an earlier text is logged there, and taken back there with its case."""
    moderator, version = a_moderator(), first(idea)
    client.force_login(moderator)
    case = Case.objects.create(kind=Kind.VERSION, subject_id=version.pk, author=idea.author)
    decide(case, "hide", reason=WHY, by=moderator, batch="un-lot")
    assert first(idea).hidden_at and 'name="undo"' not in client.get(pages(idea)[0]).content.decode()
    tag = tag_idea(idea, add=[a_tag()], by=moderator)  # done since: taking the verdict back leaves it
    undo_verdicts("un-lot", by=moderator)
    assert first(idea).hidden_at is None and 'name="undo"' not in client.get(pages(idea)[0]).content.decode()
    assert [Deed.objects.get(pk=tag.pk).undone_at is None, idea.deeds.get(kind="version").undone_at is None] == [
        True,
        False,
    ]
    hide_version(version, reason=WHY, by=moderator)
    assert 'name="undo"' in client.get(pages(idea)[0]).content.decode()


def test_hidden_text_is_read_nowhere_but_by_its_author_and_staff(client, idea):
    assert all("Le Goff" in client.get(page).content.decode() for page in pages(idea))
    hide_version(first(idea), reason=WHY, by=a_moderator())
    shown, compared, api = (client.get(page) for page in pages(idea))
    assert shown.status_code == api.status_code == 200 and compared.status_code == 404
    assert not any("Le Goff" in answer.content.decode() for answer in (shown, compared, api))
    assert [row["number"] for row in api.json()["results"]] == [2]
    client.force_login(a_member())
    assert not any("Le Goff" in client.get(page).content.decode() for page in pages(idea))
    for reader in (idea.author, a_moderator()):
        client.force_login(reader)
        assert all("Le Goff" in client.get(page).content.decode() for page in pages(idea))


def test_idea_itself_and_its_other_texts_stay(client, idea):
    hide_version(first(idea), reason=WHY, by=a_moderator())
    assert SECOND in client.get(idea.get_absolute_url()).content.decode().replace("&#x27;", "’")
    idea.refresh_from_db()
    assert idea.visibility == "public"


def test_what_the_idea_says_today_is_hidden_with_it_and_not_alone(idea):
    with pytest.raises(DomainError) as refusal:
        hide_version(idea.versions.get(number=2), reason=WHY, by=a_moderator())
    assert (refusal.value.code, refusal.value.status) == ("current_text", 409)


def test_hiding_twice_and_showing_what_is_shown_are_refused(idea):
    moderator = a_moderator()
    with pytest.raises(DomainError) as refusal:
        show_version(first(idea), reason=WHY, by=moderator)
    assert refusal.value.code == "already_public"
    hide_version(first(idea), reason=WHY, by=moderator)
    with pytest.raises(DomainError) as refusal:
        hide_version(first(idea), reason=WHY, by=moderator)
    assert refusal.value.code == "already_hidden"


@pytest.mark.parametrize("who", [a_member, an_expert, an_auditor])
def test_only_those_who_moderate_hide_a_text(client, idea, who):
    person = who()
    with pytest.raises(NotAllowed):
        hide_version(first(idea), reason=WHY, by=person)
    client.force_login(person)
    url = reverse("ideas:version_sight", args=[idea.public_id, 1])
    assert client.get(url).status_code == client.post(url, {"reason": WHY}).status_code == 403
    assert not first(idea).hidden_at


def test_a_reason_is_asked_for(idea):
    with pytest.raises(Invalid):
        hide_version(first(idea), reason="Non", by=a_moderator())


def test_it_stands_in_the_desk_s_history_with_its_reason(idea):
    moderator = a_moderator(nickname="Soizic")
    hide_version(first(idea), reason=WHY, by=moderator)
    show_version(first(idea), reason="Après relecture, personne n’y est nommé.", by=moderator)
    said = [(entry.who, entry.text) for entry in feed_of(idea, moderator) if entry.kind == "deed"]
    assert said == [("Soizic", WHY), ("Soizic", "Après relecture, personne n’y est nommé.")]


def test_author_reads_the_reasons_and_an_appeal_upheld_shows_the_text_again(client, idea):
    hide_version(first(idea), reason=WHY, by=a_moderator())
    statement = Statement.objects.get()
    assert (statement.member, statement.kind, statement.facts) == (idea.author, "version", WHY)
    appeal = appeal_statement(statement, text="Ce nom est celui d’une place publique.", by=idea.author)
    second = a_moderator()
    decide_appeal(appeal, upheld=True, reason="Vous avez raison, c’est une place.", by=second)
    assert not first(idea).hidden_at
    client.force_login(second)
    assert 'name="undo"' not in client.get(pages(idea)[0]).content.decode()  # a verdict: taken back where it was given


def test_moderator_hides_and_shows_by_the_page_without_javascript(client, idea):
    client.force_login(a_moderator())
    url = reverse("ideas:version_sight", args=[idea.public_id, 1])
    assert url in client.get(pages(idea)[0]).content.decode()
    refused = client.post(url, {"reason": "Non"})
    assert refused.status_code == 400 and "Non" in refused.content.decode() and not first(idea).hidden_at
    assert client.post(url, {"reason": f"{WHY} 4539 1488 0343 6467"}).status_code == 400
    assert client.post(url, {"reason": WHY})["Location"] == pages(idea)[0] and first(idea).hidden_at
    assert client.post(url, {"reason": WHY}).status_code == 302 and not first(idea).hidden_at
    assert client.post(reverse("ideas:version_sight", args=[idea.public_id, 2]), {"reason": WHY}).status_code == 409
    assert client.get(reverse("ideas:version_sight", args=[idea.public_id, 99_999_999_999])).status_code == 404


def test_staff_s_tools_hide_and_show(client, idea):
    client.force_login(a_moderator())
    url = f"/api/v1/desk/ideas/{idea.public_id}/versions/1/visibility/"

    def put(**body):
        return client.put(url, json.dumps(body), content_type="application/json")

    assert put(to="hidden", reason=WHY).status_code == 200 and first(idea).hidden_at
    assert put(to="hidden", reason=WHY).json()["code"] == "already_hidden"
    assert put(to="removed", reason=WHY).status_code == 400
    assert put(to="public", reason=WHY).status_code == 200 and not first(idea).hidden_at
    unknown = f"/api/v1/desk/ideas/{idea.public_id}/versions/9/visibility/"
    assert client.put(unknown, "{}", content_type="application/json").status_code == 400
    body = json.dumps({"to": "hidden", "reason": WHY})
    assert client.put(unknown, body, content_type="application/json").status_code == 404
