"""A reported text that its author deletes is kept for the case, then forgotten; a text changed while held is judged again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError
from ideas.domain.commenting import comment_on, delete_comment, edit_comment, forget_deleted_texts
from ideas.domain.editing import edit_idea
from ideas.domain.posting import post_idea
from ideas.models import Comment
from tests.factories.ideas import a_category, a_comment, an_idea
from tests.factories.members import a_member, a_moderator
from tests.factories.trust import WHY, a_report, an_old_member
from trust.domain.appealing import appeal_statement, decide_appeal
from trust.domain.deciding import decide
from trust.domain.keeping import forget_quotes
from trust.models import Case, Hold, HoldRule, Statement
from trust.subjects import load

pytestmark = pytest.mark.django_db
SAID = "Cette conseillère est une incapable, son nom est connu."


def a_deleted_comment_that_was_reported():
    comment = a_comment(body=SAID)
    report = a_report(comment)
    delete_comment(comment, by=comment.author)
    return comment, report


def days_later(days: int) -> None:
    """The comment was deleted, and its cases closed, so many days ago."""
    Comment.objects.filter(deleted_at__isnull=False).update(deleted_at=timezone.now() - timedelta(days=days))
    Case.objects.filter(closed_at__isnull=False).update(closed_at=timezone.now() - timedelta(days=days))


def test_deleted_text_stays_for_the_open_case_however_long_it_takes(client):
    comment, report = a_deleted_comment_that_was_reported()
    days_later(300)
    forget_deleted_texts()
    assert comment.versions.get().body == SAID
    client.force_login(a_moderator())
    html = client.get(reverse("trust_desk:index"), {"case": report.case.public_id}).content.decode()
    assert SAID in html and "Son auteur l’a supprimé" in html


def test_deleted_text_stays_while_the_decision_can_be_contested_and_goes_then():
    comment, report = a_deleted_comment_that_was_reported()
    statement = decide(report.case, "remove", reason=WHY, by=a_moderator())
    days_later(182)
    forget_deleted_texts()
    forget_quotes()
    assert comment.versions.exists()
    assert Statement.objects.get().title
    days_later(184)
    forget_deleted_texts()
    forget_quotes()
    assert not comment.versions.exists()
    assert {Case.objects.get().title, Statement.objects.get(pk=statement.pk).title} == {""}


def test_appeal_that_waits_keeps_the_text_beyond_the_six_months():
    comment, report = a_deleted_comment_that_was_reported()
    statement = decide(report.case, "hide", reason=WHY, by=a_moderator())
    appeal = appeal_statement(statement, text="Relisez mon texte, il ne visait personne.", by=comment.author)
    days_later(400)
    forget_deleted_texts()
    assert comment.versions.exists()
    decide_appeal(appeal, upheld=False, reason=WHY, by=a_moderator())
    days_later(400)
    forget_deleted_texts()
    assert not comment.versions.exists()


def test_deleted_text_that_nobody_reported_goes_after_thirty_days():
    comment = a_comment(body=SAID)
    delete_comment(comment, by=comment.author)
    days_later(31)
    forget_deleted_texts()
    assert not comment.versions.exists()


def test_visitor_never_reads_what_is_kept(client):
    comment, _report = a_deleted_comment_that_was_reported()
    page = client.get(reverse("trust:report"), {"comment": comment.public_id}).content.decode()
    assert SAID not in page and SAID[:30] not in page


def test_change_of_a_held_comment_is_judged_again_and_stays_held(client):
    HoldRule.objects.filter(kind="words").update(words_fr="crypto*")
    member, idea = a_member(), an_idea()
    comment = comment_on(idea, body="Un bon placement en cryptomonnaie.", by=member)
    assert comment.visibility == "held"
    comment = edit_comment(comment, body="Un bon placement, voir https://exemple.test", by=member)
    assert comment.visibility == "held"
    assert set(Hold.objects.values_list("rule__kind", flat=True)) == {"words", "newcomer"}
    assert Statement.objects.filter(member=member, measure="held").count() == 1
    client.force_login(a_moderator())
    html = client.get(reverse("trust_desk:index")).content.decode()
    assert "Ce que son auteur a changé" in html
    assert "<del>" in html and "cryptomonnaie" in html and "exemple.test" in html
    assert Case.objects.count() == 1


def test_change_of_a_held_idea_is_judged_again_and_the_desk_shows_both(client):
    HoldRule.objects.filter(kind="words").update(words_fr="usur*")
    member = a_member()
    body = "Je voudrais que la banque cesse ces taux d’usure, parce que cela me rendrait service."
    idea = post_idea(title="Une idée pour tout le monde", body=body, category=a_category(), by=member)
    edit_idea(idea, body=body.replace("ces taux d’usure", "cela, appelez le 06 12 34 56 78"), by=member)
    assert set(Hold.objects.values_list("rule__kind", flat=True)) == {"words", "newcomer"}
    client.force_login(a_moderator())
    html = client.get(reverse("trust_desk:index")).content.decode()
    assert "usure" in html and "<ins>" in html
    idea.refresh_from_db()
    assert idea.visibility == "held"


def test_innocent_change_of_a_held_comment_does_not_publish_it():
    comment = comment_on(an_idea(), body="Voir https://exemple.test", by=a_member())
    comment = edit_comment(comment, body="Je retire ce que je disais.", by=comment.author)
    assert (comment.visibility, Hold.objects.count()) == ("held", 1)


def test_verdict_on_a_text_that_changed_since_it_was_read_is_refused():
    member = an_old_member()
    comment = comment_on(an_idea(), body="Un premier texte sans malice.", by=member)
    case = a_report(comment).case
    seen = load("comment", comment.pk).version
    edit_comment(comment, body="Un second texte, bien plus méchant.", by=member)
    with pytest.raises(DomainError) as refusal:
        decide(case, "keep", reason=WHY, by=a_moderator(), seen=seen)
    assert (refusal.value.code, refusal.value.status) == ("changed_meanwhile", 409)
    decide(case, "keep", reason=WHY, by=a_moderator(), seen=load("comment", comment.pk).version)


def test_desk_refuses_the_stale_verdict_keeps_what_was_typed_and_then_takes_it(client):
    member = an_old_member()
    comment = comment_on(an_idea(), body="Un premier texte sans malice.", by=member)
    case = a_report(comment).case
    seen = load("comment", comment.pk).version
    edit_comment(comment, body="Un second texte, bien plus méchant.", by=member)
    client.force_login(a_moderator())
    url = reverse("trust_desk:act", args=[case.public_id, "hide"])
    answer = client.post(url, {"reason": WHY, "seen": seen})
    assert (
        answer.status_code == 409 and "bien plus méchant" in answer.content.decode() and WHY in answer.content.decode()
    )
    again = client.post(url, {"reason": WHY, "seen": answer.context["form"]["seen"].value()})
    assert again.status_code == 302
