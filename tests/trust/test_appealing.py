"""Appeals: within six months, once, by somebody else; what is upheld comes back with its counts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError, NotAllowed, NotFound
from ideas.domain.commenting import comment_on
from ideas.domain.moderating import hide_comment, remove_idea, restore_idea
from ideas.domain.recounting import recount_all
from ideas.domain.triaging import version_of
from ideas.domain.voting import cast_vote
from ideas.models import Comment, Idea
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor
from tests.factories.trust import WHY, a_report
from trust.domain.appealing import appeal_report, appeal_statement, decide_appeal
from trust.domain.banning import active_strikes, ban, strike
from trust.domain.deciding import decide
from trust.models import Case, Statement, Strike

pytestmark = pytest.mark.django_db
TEXT = "Mon texte ne vise personne, relisez-le je vous prie."


def a_removed_idea(moderator):
    idea = an_idea()
    cast_vote(idea, by=a_member())
    comment_on(idea, body="Cela me servirait aussi, chaque mois.", by=a_member())
    remove_idea(idea, reason=WHY, by=moderator)
    return Idea.objects.get(pk=idea.pk), Statement.objects.get(member=idea.author, measure="removed")


def test_upheld_appeal_brings_the_idea_back_with_its_counts():
    moderator = a_moderator()
    idea, statement = a_removed_idea(moderator)
    appeal = appeal_statement(statement, text=TEXT, by=idea.author)
    decide_appeal(appeal, upheld=True, reason="Vous avez raison : le texte est conforme.", by=a_moderator())
    idea.refresh_from_db()
    assert (idea.visibility, idea.vote_score, idea.comment_count) == ("public", 1, 1)
    assert recount_all(write=False) == []
    assert Statement.objects.filter(member=idea.author, measure="restored").exists()
    assert not Case.objects.waiting().exists()


def test_who_decided_first_does_not_decide_again():
    moderator = a_moderator()
    idea, statement = a_removed_idea(moderator)
    appeal = appeal_statement(statement, text=TEXT, by=idea.author)
    with pytest.raises(NotAllowed) as refusal:
        decide_appeal(appeal, upheld=False, reason=WHY, by=moderator)
    assert (refusal.value.code, refusal.value.status) == ("self_review", 403)
    with pytest.raises(NotAllowed):
        decide_appeal(appeal, upheld=False, reason=WHY, by=an_auditor())


def test_refused_appeal_leaves_things_and_says_why():
    idea, statement = a_removed_idea(a_moderator())
    appeal = decide_appeal(
        appeal_statement(statement, text=TEXT, by=idea.author), upheld=False, reason=WHY, by=a_moderator()
    )
    assert (appeal.outcome, appeal.answer) == ("refused", WHY)
    assert Idea.objects.get(pk=idea.pk).visibility == "removed"


def test_appeal_is_made_once_by_its_addressee_within_six_months():
    idea, statement = a_removed_idea(a_moderator())
    with pytest.raises(NotFound):
        appeal_statement(statement, text=TEXT, by=a_member())
    statement.at = timezone.now() - timedelta(days=184)
    with pytest.raises(DomainError) as refusal:
        appeal_statement(statement, text=TEXT, by=idea.author)
    assert refusal.value.code == "too_late"
    statement.at = timezone.now() - timedelta(days=182)
    appeal_statement(statement, text=TEXT, by=idea.author)
    with pytest.raises(DomainError) as refusal:
        appeal_statement(statement, text=TEXT, by=idea.author)
    assert (refusal.value.code, refusal.value.status) == ("already_contested", 409)


def test_reporter_contests_a_refusal_and_the_content_is_hidden():
    member = a_member()
    report = a_report(by=member)
    decide(report.case, "keep", reason=WHY, by=a_moderator())
    report.refresh_from_db()
    appeal = appeal_report(report, text=TEXT, by=member)
    decide_appeal(appeal, upheld=True, reason=WHY, by=a_moderator(), verdict="hide")
    comment = Comment.objects.get(pk=report.case.subject_id)
    report.refresh_from_db()
    assert (comment.visibility, report.state) == ("hidden", "upheld")
    assert Statement.objects.filter(member=comment.author, measure="hidden").exists()


def test_upheld_appeal_takes_the_strike_away():
    report = a_report()
    statement = decide(report.case, "hide", reason=WHY, by=a_moderator(), with_strike=True)
    author = statement.member
    assert active_strikes(author).count() == 1
    appeal = appeal_statement(statement, text=TEXT, by=author)
    decide_appeal(appeal, upheld=True, reason=WHY, by=a_moderator())
    assert active_strikes(author).count() == 0
    assert Strike.objects.get().withdrawn_at


def test_upheld_appeal_ends_a_suspension():
    member = a_member()
    statement = ban(member, days=None, reason=WHY, by=a_moderator()).statement
    decide_appeal(appeal_statement(statement, text=TEXT, by=member), upheld=True, reason=WHY, by=a_moderator())
    member.refresh_from_db()
    assert member.banned_until is None


def test_the_author_alone_is_led_from_the_removed_idea_to_the_decisions_about_them(client):
    idea, _statement = a_removed_idea(a_moderator())
    never_public = an_idea(author=idea.author, visibility="held")
    remove_idea(never_public, reason=WHY, by=a_moderator())
    decisions = reverse("trust:statements")
    for reader in (None, a_member()):
        if reader:
            client.force_login(reader)
        page = client.get(idea.get_absolute_url()).content.decode()
        assert decisions not in page and "votre idée" not in page and "Son auteur sait pourquoi" in page
        assert "is_mine" not in client.get(reverse("api_idea", args=[idea.public_id])).json()
        assert client.get(never_public.get_absolute_url()).status_code == 404
    client.force_login(idea.author)
    for mine in (idea, never_public):
        answer = client.get(mine.get_absolute_url())
        assert answer.status_code == 410 and f'href="{decisions}"' in answer.content.decode()
        assert "Son auteur" not in answer.content.decode()
        told = client.get(reverse("api_idea", args=[mine.public_id])).json()
        assert (told["code"], told["is_mine"]) == ("removed", True)


def test_my_lab_leads_to_the_decisions_about_me_once_there_is_one(client):
    idea, statement = a_removed_idea(a_moderator())
    decisions = f'href="{reverse("trust:statements")}"'
    for reader, is_there in ((idea.author, True), (a_member(), False)):
        client.force_login(reader)
        assert (decisions in client.get(reverse("my_lab")).content.decode()) is is_there
    Statement.objects.filter(pk=statement.pk).update(undone_at=timezone.now())
    client.force_login(idea.author)
    assert decisions not in client.get(reverse("my_lab")).content.decode()


def test_removed_idea_answers_that_it_is_gone_and_its_author_reads_it_in_the_statement(client):
    idea, statement = a_removed_idea(a_moderator())
    assert client.get(idea.get_absolute_url()).status_code == 410
    gone = client.get(reverse("api_idea", args=[idea.public_id]))
    assert (gone.status_code, gone.json()["code"]) == (410, "removed")
    client.force_login(idea.author)
    html = client.get(statement.get_absolute_url()).content.decode()
    assert idea.body in html and WHY in html and "Contester cette décision" in html
    client.force_login(a_member())
    assert client.get(statement.get_absolute_url()).status_code == 404


def test_hidden_idea_is_not_found_and_a_hidden_comment_leaves_a_trace(client):
    assert client.get(an_idea(visibility="hidden").get_absolute_url()).status_code == 404
    idea = an_idea()
    comment = comment_on(idea, body="Un texte qui sera retiré de la page.", by=a_member())
    hide_comment(comment, reason=WHY, by=a_moderator())
    html = client.get(idea.get_absolute_url()).content.decode()
    assert "retiré de la page" not in html
    assert "Ce commentaire a été retiré par la modération." in html


def test_appeal_by_page_and_by_api(client):
    idea, statement = a_removed_idea(a_moderator())
    client.force_login(idea.author)
    assert client.post(statement.get_absolute_url(), {"text": "non"}).status_code == 400
    url = reverse("api_statement_appeal", args=[statement.public_id])
    assert client.post(url, {"text": TEXT}, content_type="application/json").status_code == 201
    assert client.post(statement.get_absolute_url(), {"text": TEXT}).status_code == 409
    page = client.get(reverse("api_statements")).json()
    assert page["results"][0]["appeal"]["outcome"] == "open"
    assert client.get(reverse("trust:statements")).status_code == 200


def _put(client, idea, visibility):
    url = reverse("api_desk_idea_visibility", args=[idea.public_id])
    return client.put(url, {"to": visibility, "reason": WHY}, content_type="application/json")


def _move(client, idea, name):
    url = reverse("ideas_desk:act", args=[idea.public_id, name])
    return client.post(url, {"reason": WHY, "seen": version_of(idea)})


def test_nobody_gives_back_or_takes_away_what_they_wrote(client):
    owner = a_product_owner()
    idea = an_idea(author=owner)
    comment = comment_on(an_idea(), body="Cela me servirait aussi, chaque mois.", by=owner)
    client.force_login(owner)
    assert _put(client, idea, "hidden").json()["code"] == "own_content"
    remove_idea(idea, reason=WHY, by=a_moderator())
    answer = _put(client, idea, "public")
    assert (answer.status_code, answer.json()["code"]) == (403, "own_content")
    assert _move(client, Idea.objects.get(pk=idea.pk), "restore").status_code == 403
    assert Idea.objects.get(pk=idea.pk).visibility == "removed"
    with pytest.raises(NotAllowed):
        hide_comment(comment, reason=WHY, by=owner)


def test_who_took_it_away_does_not_give_it_back_while_that_is_contested(client):
    moderator = a_moderator()
    idea, statement = a_removed_idea(moderator)
    appeal = appeal_statement(statement, text=TEXT, by=idea.author)
    client.force_login(moderator)
    answer = _put(client, idea, "public")
    assert (answer.status_code, answer.json()["code"]) == (403, "self_review")
    assert _move(client, idea, "restore").status_code == 403
    report = a_report(an_idea())  # the moderation desk asks the same verb
    Case.objects.filter(pk=report.case_id).update(subject_id=idea.pk)
    with pytest.raises(NotAllowed):
        decide(Case.objects.get(pk=report.case_id), "restore", reason=WHY, by=moderator)
    appeal.refresh_from_db()
    assert (appeal.outcome, Idea.objects.get(pk=idea.pk).visibility) == ("open", "removed")


def test_what_a_colleague_gives_back_settles_the_appeal(client):
    moderator = a_moderator()
    idea, statement = a_removed_idea(moderator)
    strike(statement, by=moderator)
    appeal = appeal_statement(statement, text=TEXT, by=idea.author)
    colleague = a_moderator()
    client.force_login(colleague)
    assert _put(client, idea, "public").status_code == 200
    appeal.refresh_from_db()
    assert (appeal.outcome, appeal.answer, appeal.decided_by) == ("upheld", WHY, colleague)
    assert not active_strikes(idea.author).exists()
    assert not Case.objects.waiting().exists()


def test_without_an_appeal_who_took_it_away_may_put_it_right():
    moderator = a_moderator()
    idea, _statement = a_removed_idea(moderator)
    restore_idea(idea, reason=WHY, by=moderator)
    assert Idea.objects.get(pk=idea.pk).visibility == "public"
