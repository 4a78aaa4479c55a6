"""Hiding, removing and showing again are taken back within ten seconds, on the page and by the API; nobody has heard of it."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError, NotAllowed
from core.models import Event
from ideas.domain.commenting import comment_on
from ideas.domain.editing import edit_idea
from ideas.domain.hiding import hide_version
from ideas.domain.moderating import hide_idea, remove_idea, restore_idea
from ideas.domain.triaging import version_of
from ideas.domain.undoing import undo
from ideas.history import feed_of
from ideas.models import Comment, Deed, Idea, Moderation
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor
from tests.factories.trust import a_report
from tests.notifications.working import told, work
from trust.domain.appealing import appeal_statement
from trust.domain.deciding import decide
from trust.domain.undoing import undo_verdicts
from trust.models import Case, Decision, Statement

pytestmark = pytest.mark.django_db
WHY = "Ce texte vise une personne : la charte ne le permet pas."


def seen(idea):
    return Idea.objects.get(pk=idea.pk).visibility


def ask(client, method, path, **body):
    return client.generic(method, f"/api/v1/desk/{path}", json.dumps(body), content_type="application/json")


def refusal_of(kind, key, by):
    with pytest.raises((DomainError, NotAllowed)) as refusal:
        undo(kind, key, by=by)
    return refusal.value.code, refusal.value.status


@pytest.mark.parametrize(("verb", "made"), [(hide_idea, "hidden"), (remove_idea, "removed")])
def test_idea_taken_away_is_given_back_with_its_reports_and_its_author_never_hears(verb, made):
    idea, owner = an_idea(), a_product_owner()
    report = a_report(idea)
    step = verb(idea, reason=WHY, by=owner)
    assert seen(idea) == made and not Case.objects.waiting().exists()
    undo("sight", step.public_id, by=owner)
    work()
    report.refresh_from_db()
    assert (seen(idea), report.state, report.answer) == ("public", "open", "")
    assert Case.objects.waiting().get() == report.case
    assert not Statement.objects.told_to(idea.author).exists() and told(idea.author) == []
    assert not [letter for letter in mail.outbox if "décid" in letter.subject]
    assert "moderation" not in [entry.kind for entry in feed_of(Idea.objects.get(), owner)]
    assert Event.objects.filter(name="IdeaSightUndone", actor=owner.public_id).count() == 1


def test_idea_shown_again_is_hidden_as_before_and_the_first_statement_stands():
    idea, first, owner = an_idea(), a_moderator(), a_product_owner()
    hide_idea(idea, reason=WHY, by=first)
    work()
    statement = Statement.objects.get()
    appeal = appeal_statement(statement, text="Mon texte ne vise personne, relisez-le je vous prie.", by=idea.author)
    work()
    before = len(told(idea.author))
    step = restore_idea(idea, reason=WHY, by=owner)
    undo("sight", step.public_id, by=owner)
    work()
    appeal.refresh_from_db()
    assert (seen(idea), appeal.outcome, appeal.case.is_open) == ("hidden", "open", True)
    assert len(told(idea.author)) == before
    assert [row.measure for row in Statement.objects.told_to(idea.author)] == ["hidden"]


def test_held_comment_that_was_published_is_held_again_and_nobody_hears_of_it(client):
    comment = comment_on(an_idea(), body="Voir https://exemple.test", by=a_member())
    moderator = a_moderator()
    client.force_login(moderator)
    ask(client, "PUT", f"comments/{comment.public_id}/visibility/", to="public", reason=WHY)
    undo("comment", comment.public_id, by=moderator)
    work()
    comment.refresh_from_db()
    assert (comment.visibility, Case.objects.waiting().get().is_held) == ("held", True)
    assert told(comment.idea.author) == [] and Idea.objects.get().comment_count == 0


def test_what_stands_is_told_to_its_author_after_the_seconds():
    idea = an_idea()
    hide_idea(idea, reason=WHY, by=a_product_owner())
    assert told(idea.author) == []
    work()
    assert [row.kind for row in told(idea.author)] == ["statement"]


def test_ten_seconds_later_by_another_or_twice_it_is_refused():
    idea, owner = an_idea(), a_product_owner()
    step = hide_idea(idea, reason=WHY, by=owner)
    assert refusal_of("sight", step.public_id, a_product_owner()) == ("not_allowed", 403)
    assert refusal_of("sight", step.public_id, an_auditor()) == ("not_allowed", 403)
    Moderation.objects.update(at=timezone.now() - timedelta(seconds=11))
    assert refusal_of("sight", step.public_id, owner) == ("too_late_to_undo", 409)
    Moderation.objects.update(at=timezone.now())
    undo("sight", step.public_id, by=owner)
    assert refusal_of("sight", step.public_id, owner) == ("too_late_to_undo", 409)
    assert seen(idea) == "public"


def test_what_was_changed_since_by_a_colleague_or_oneself_stays():
    idea, owner, colleague = an_idea(), a_product_owner(), a_moderator()
    first = hide_idea(idea, reason=WHY, by=owner)
    second = remove_idea(idea, reason=WHY, by=owner)
    assert refusal_of("sight", first.public_id, owner) == ("changed_since", 409)
    undo("sight", second.public_id, by=owner)
    assert seen(idea) == "hidden"
    remove_idea(idea, reason=WHY, by=colleague)
    assert refusal_of("sight", first.public_id, owner) == ("changed_since", 409)
    assert seen(idea) == "removed" and Statement.objects.standing().count() == 2


def test_verdict_of_the_moderation_desk_is_taken_back_there_and_not_over_a_later_change():
    idea, moderator = an_idea(), a_moderator()
    decide(a_report(idea).case, "hide", reason=WHY, by=moderator)
    step = Moderation.objects.get()
    assert refusal_of("sight", step.public_id, moderator) == ("changed_since", 409)
    remove_idea(idea, reason=WHY, by=a_product_owner())
    with pytest.raises(DomainError) as refusal:
        undo_verdicts(Decision.objects.get().batch, by=moderator)
    assert refusal.value.code == "changed_since" and seen(idea) == "removed"


def test_page_shows_the_toast_and_gives_the_idea_back(client):
    idea, owner = an_idea(title="Bloquer ma carte en un geste"), a_product_owner()
    client.force_login(owner)
    act = reverse("ideas_desk:act", args=[idea.public_id, "remove"])
    client.post(act, {"reason": WHY, "ground": "charter", "rule": "Article 3", "seen": version_of(idea)})
    page = client.get(reverse("ideas_desk:index"))
    [one] = page.context["undos"]
    assert (one.kind, one.told) == ("sight", 1) and "est supprimée." in one.words
    assert "data-toast" in page.content.decode()
    back = client.post(reverse("ideas_desk:undo"), {"kind": one.kind, "key": one.key}, follow=True)
    assert "Geste annulé. Personne ne sera prévenu." in back.content.decode()
    assert seen(idea) == "public"


def test_api_gives_back_an_idea_a_comment_and_an_earlier_text(client):
    client.force_login(a_moderator())
    idea = an_idea()
    comment = comment_on(idea, body="Cela me servirait aussi.", by=a_member())
    edit_idea(idea, body="À l’agence du port, on refuse de m’aider depuis un mois entier.", by=idea.author)
    for path in (f"ideas/{idea.public_id}/visibility/", f"comments/{comment.public_id}/visibility/",
                 f"ideas/{idea.public_id}/versions/1/visibility/"):  # fmt: skip
        done = ask(client, "PUT", path, to="hidden", reason=WHY)
        assert done.status_code == 200, done.content
        named = done.json()["undo"]
        assert named["seconds"] == 10
        asked = {"kind": named["kind"], "key": named["key"]}
        assert ask(client, "POST", "undo/", **asked).status_code == 200, path
        late = ask(client, "POST", "undo/", **asked)
        assert (late.status_code, late.json()["code"]) == (409, "too_late_to_undo"), path
    assert (seen(idea), Comment.objects.get().visibility) == ("public", "public")
    assert idea.versions.get(number=1).hidden_at is None
    assert Deed.objects.get().undone_at
    assert not Statement.objects.standing().exists()
    work()
    assert told(idea.author, "statement") == told(comment.author) == []


def test_comment_given_back_counts_again_and_a_colleagues_change_stays(client):
    comment = comment_on(an_idea(), body="Cela me servirait aussi.", by=a_member())
    moderator = a_moderator()
    client.force_login(moderator)
    path = f"comments/{comment.public_id}/visibility/"
    ask(client, "PUT", path, to="removed", reason=WHY)
    undo("comment", comment.public_id, by=moderator)
    assert Idea.objects.get().comment_count == 1
    ask(client, "PUT", path, to="hidden", reason=WHY)
    client.force_login(a_moderator())
    ask(client, "PUT", path, to="removed", reason=WHY)
    assert refusal_of("comment", comment.public_id, moderator) == ("changed_since", 409)


def test_earlier_text_that_was_shown_again_meanwhile_stays_so():
    idea, moderator = an_idea(), a_moderator()
    edit_idea(idea, body="À l’agence du port, on refuse de m’aider depuis un mois entier.", by=idea.author)
    deed = hide_version(idea.versions.get(number=1), reason=WHY, by=moderator)
    idea.versions.filter(number=1).update(hidden_at=None)
    assert refusal_of("deed", deed.public_id, moderator) == ("changed_since", 409)


def test_nothing_is_taken_back_of_a_comment_nobody_touched():
    assert refusal_of("comment", a_comment().public_id, a_moderator()) == ("too_late_to_undo", 409)
