"""A verdict is taken back within ten seconds: everything stands as before, and nobody heard of it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from core.errors import DomainError, NotAllowed
from core.models import Event
from ideas.domain.commenting import comment_on
from ideas.domain.recounting import recount_all
from ideas.models import Comment, Idea, Moderation
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_moderator, an_auditor
from tests.factories.trust import WHY, a_case, a_report, votes_overnight
from tests.notifications.working import told, work
from trust.domain.appealing import appeal_statement, decide_appeal
from trust.domain.banning import active_strikes, ban
from trust.domain.bursts import decide_burst, look_for_bursts
from trust.domain.deciding import decide
from trust.domain.undoing import undo_verdicts
from trust.models import Appeal, Case, Decision, Report, Statement, VoteBurst

pytestmark = pytest.mark.django_db
TEXT = "Mon texte ne vise personne, relisez-le je vous prie."


def last_batch() -> str:
    return Decision.objects.order_by("-pk").first().batch


def test_verdict_taken_back_leaves_the_comment_the_report_and_the_case_as_they_were():
    moderator, comment = a_moderator(), comment_on(an_idea(), body="Cela me servirait aussi.", by=a_member())
    report = a_report(comment)
    count = Idea.objects.get(pk=comment.idea_id).comment_count
    decide(report.case, "remove", reason=WHY, by=moderator, with_strike=True)
    assert undo_verdicts(last_batch(), by=moderator) == 1
    work()
    comment.refresh_from_db()
    report.refresh_from_db()
    assert (comment.visibility, report.state, report.answer) == ("public", "open", "")
    assert Case.objects.get().is_open
    assert Idea.objects.get(pk=comment.idea_id).comment_count == count
    assert not active_strikes(comment.author).exists()
    assert told(comment.author) == [] and [letter.subject for letter in mail.outbox if "décid" in letter.subject] == []
    assert list(Event.objects.filter(name="VerdictUndone").values_list("actor", flat=True)) == [moderator.public_id]


def test_verdict_that_stands_is_told_after_the_seconds():
    comment = a_comment()
    report = a_report(comment)
    decide(report.case, "remove", reason=WHY, by=a_moderator())
    work()
    assert len(told(comment.author, "statement")) == 1
    assert len([letter for letter in mail.outbox if letter.to == ["odile@example.org"]]) == 2


def test_held_text_that_was_published_is_held_again_and_its_people_hear_nothing():
    author, moderator = a_member(), a_moderator()
    comment = comment_on(an_idea(), body="Voir https://exemple.test", by=author)
    work()
    decide(Case.objects.get(), "keep", reason=WHY, by=moderator)
    undo_verdicts(last_batch(), by=moderator)
    work()
    comment.refresh_from_db()
    case = Case.objects.get()
    assert (comment.visibility, case.is_open, case.is_held) == ("held", True, True)
    assert Idea.objects.get(pk=comment.idea_id).comment_count == 0
    assert told(comment.idea.author) == []
    assert Event.objects.filter(name="CommentPosted").count() == 1


def test_idea_given_back_has_no_trace_of_it_on_its_path():
    idea, moderator = an_idea(), a_moderator()
    decide(a_case(idea), "hide", reason=WHY, by=moderator)
    undo_verdicts(last_batch(), by=moderator)
    assert Idea.objects.get(pk=idea.pk).visibility == "public"
    assert not Moderation.objects.filter(idea=idea).exists()
    assert not Statement.objects.told_to(idea.author).exists()


def test_ten_seconds_later_it_is_too_late_and_another_person_never_takes_it_back():
    moderator, report = a_moderator(), a_report()
    decide(report.case, "hide", reason=WHY, by=moderator)
    for who, error in ((a_moderator(), "too_late_to_undo"), (an_auditor(), "not_allowed")):
        with pytest.raises((DomainError, NotAllowed)) as refusal:
            undo_verdicts(last_batch(), by=who)
        assert refusal.value.code == error
    Decision.objects.update(at=timezone.now() - timedelta(seconds=11))
    with pytest.raises(DomainError) as refusal:
        undo_verdicts(last_batch(), by=moderator)
    assert (refusal.value.code, refusal.value.status) == ("too_late_to_undo", 409)


def test_it_is_taken_back_once():
    moderator = a_moderator()
    decide(a_report().case, "hide", reason=WHY, by=moderator)
    undo_verdicts(last_batch(), by=moderator)
    with pytest.raises(DomainError):
        undo_verdicts(last_batch(), by=moderator)


def test_answer_to_an_appeal_is_taken_back_with_what_it_gave_back():
    report, second = a_report(), a_moderator()
    statement = decide(report.case, "hide", reason=WHY, by=a_moderator(), with_strike=True)
    appeal = appeal_statement(statement, text=TEXT, by=statement.member)
    work()
    before = len(told(statement.member))
    decide_appeal(appeal, upheld=True, reason=WHY, by=second)
    undo_verdicts(last_batch(), by=second)
    work()
    assert Comment.objects.get(pk=statement.subject_id).visibility == "hidden"
    assert Appeal.objects.get().outcome == "open"
    assert active_strikes(statement.member).count() == 1
    assert Case.objects.waiting().get().matter == "appeal"
    assert len(told(statement.member)) == before
    decide_appeal(Appeal.objects.get(), upheld=True, reason=WHY, by=second)
    assert Comment.objects.get(pk=statement.subject_id).visibility == "public"


def test_lifted_suspension_is_back_when_the_answer_is_taken_back():
    member, second = a_member(), a_moderator()
    made = ban(member, days=30, reason=WHY, by=a_moderator())
    appeal = appeal_statement(made.statement, text=TEXT, by=member)
    decide_appeal(appeal, upheld=True, reason=WHY, by=second)
    undo_verdicts(last_batch(), by=second)
    member.refresh_from_db()
    made.refresh_from_db()
    assert member.banned_until == made.until and made.lifted_at is None


def test_released_burst_is_set_aside_again():
    idea, moderator = votes_overnight(young=40, old=2), a_moderator()
    look_for_bursts()
    decide_burst(VoteBurst.objects.get(), confirmed=False, reason=WHY, by=moderator)
    assert Idea.objects.get(pk=idea.pk).vote_score == 42
    undo_verdicts(last_batch(), by=moderator)
    assert Idea.objects.get(pk=idea.pk).vote_score == 2
    assert VoteBurst.objects.get().state == "open" and Case.objects.waiting().exists()
    assert recount_all(write=False) == []


def test_confirmed_burst_taken_back_tells_no_voter():
    votes_overnight(young=40)
    moderator = a_moderator()
    look_for_bursts()
    decide_burst(VoteBurst.objects.get(), confirmed=True, reason=WHY, by=moderator)
    undo_verdicts(last_batch(), by=moderator)
    work()
    assert not Statement.objects.filter(measure="set_aside").exists()


def test_desk_offers_the_undo_and_shows_the_case_again(client):
    client.force_login(a_moderator())
    case = a_case()
    client.post(reverse("trust_desk:act", args=[case.public_id, "hide"]), {"reason": WHY})
    page = client.get(reverse("trust_desk:index"))
    assert page.context["undo"].batch == last_batch() and "data-toast" in page.content.decode()
    answer = client.post(reverse("trust_desk:undo"), {"batch": last_batch()})
    assert answer.status_code == 302 and case.public_id in answer.url
    assert Case.objects.get().is_open and Report.objects.get().state == "open"
    assert client.get(reverse("trust_desk:index")).context["undo"] is None
    assert client.post(reverse("trust_desk:undo"), {"batch": "no such one"}).status_code == 302
