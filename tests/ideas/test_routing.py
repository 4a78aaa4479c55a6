"""Questions to experts: asked with a day, told, answered by a note or in public, taken back, undone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import DomainError, NotAllowed
from core.shield import PrivateData
from ideas.domain.merging import merge_idea
from ideas.domain.recording import undo_deed
from ideas.domain.routing import answer_question, route_to_expert, withdraw_question
from ideas.models import Comment, Deed, Idea, OfficialAnswer, Routing
from notifications.models import Notification
from tests.factories.desk import QUESTION, a_question
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor, an_expert
from tests.notifications.working import told, work

pytestmark = pytest.mark.django_db
SAID = "Oui, si le jeton du paiement mobile reste actif : deux semaines de travail."


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


def test_expert_is_asked_and_told_and_the_history_says_so():
    expert, owner, idea = an_expert(nickname="Inès"), a_product_owner(), an_idea()
    routing = route_to_expert(idea, expert, question=QUESTION, due_on=tomorrow(), by=owner)
    assert routing.is_open and list(Routing.objects.open().put_to(expert)) == [routing]
    deed = idea.deeds.get()
    assert (deed.kind, deed.by, deed.by_role, deed.whom, deed.reason) == (
        "routed",
        owner,
        "product_owner",
        expert,
        QUESTION,
    )
    work()
    assert [note.kind for note in told(expert)] == ["expert_asked"]


def test_question_taken_back_at_once_is_told_to_nobody():
    expert, owner = an_expert(), a_product_owner()
    routing = a_question(expert, by=owner)
    undo_deed(routing.deed, by=owner)
    work()
    assert not Routing.objects.open().exists() and told(expert) == []


def test_expert_answers_by_a_note_that_staff_alone_read():
    expert, owner = an_expert(), a_product_owner()
    routing = answer_question(a_question(expert, by=owner), body=SAID, by=expert)
    assert routing.note.is_internal and not routing.is_open and not OfficialAnswer.objects.exists()
    work()
    assert [note.kind for note in told(owner)] == ["expert_answered"]
    assert not Notification.objects.filter(member=routing.idea.author).exists()


def test_expert_answers_in_public_and_can_take_it_back():
    expert = an_expert()
    routing = answer_question(a_question(expert), body=SAID, by=expert, official=True)
    assert OfficialAnswer.objects.get().by == expert
    undo_deed(routing.deed, by=expert)
    assert Idea.objects.get(pk=routing.idea_id).answered_at is None
    assert Routing.objects.open().count() == 1


def test_withdrawal_is_not_undone_once_another_question_was_put():
    expert, owner = an_expert(), a_product_owner()
    routing = a_question(expert, by=owner)
    deed = withdraw_question(routing, by=owner).deed
    route_to_expert(routing.idea, expert, question=QUESTION, due_on=tomorrow(), by=owner)
    with pytest.raises(DomainError) as refusal:
        undo_deed(deed, by=owner)
    assert refusal.value.code == "changed_since" and Routing.objects.open().count() == 1


def test_note_taken_back_at_once_leaves_nothing():
    expert = an_expert()
    routing = answer_question(a_question(expert), body=SAID, by=expert)
    undo_deed(routing.deed, by=expert)
    assert not Comment.objects.exists() and Routing.objects.open().exists()


def test_question_past_its_day_is_overdue():
    late, calm = a_question(an_expert(), days=-2), a_question(an_expert())
    assert late.is_overdue and not calm.is_overdue
    assert list(Routing.objects.overdue(timezone.localdate())) == [late]


def test_answer_goes_to_the_idea_that_stays_when_the_other_was_merged():
    expert, owner, stays = an_expert(), a_product_owner(), an_idea()
    routing = a_question(expert)
    merge_idea(routing.idea, stays, reason="C’est la même demande, réunie ici.", by=owner)
    assert answer_question(routing, body=SAID, by=expert).note.idea == stays


@pytest.mark.parametrize(
    ("change", "code"),
    [({"question": "Quoi ?"}, "too_short"), ({"question": "x" * 1001}, "too_long"),
     ({"due_on": timezone.localdate() - timedelta(days=1)}, "bad_date"), ({"due_on": None}, "bad_date"),
     ({"due_on": timezone.localdate() + timedelta(days=400)}, "bad_date")],
)  # fmt: skip
def test_question_is_a_sentence_with_a_day_to_come(change, code):
    with pytest.raises(DomainError) as refusal:
        route_to_expert(
            an_idea(), an_expert(), **({"question": QUESTION, "due_on": tomorrow(), "by": a_product_owner()} | change)
        )
    assert refusal.value.code == code


def test_same_colleague_is_asked_once_at_a_time():
    expert, idea = an_expert(), an_idea()
    a_question(expert, idea)
    with pytest.raises(DomainError) as refusal:
        a_question(expert, idea)
    assert refusal.value.code == "already_asked"
    withdraw_question(Routing.objects.get(), by=a_moderator())
    assert a_question(expert, idea).is_open


def test_card_number_is_no_part_of_a_question():
    with pytest.raises(PrivateData):
        route_to_expert(
            an_idea(),
            an_expert(),
            question="La carte 4539 1488 0343 6467 est-elle bloquée ?",
            due_on=tomorrow(),
            by=a_product_owner(),
        )  # fmt: skip


@pytest.mark.parametrize("who", [a_member, an_expert, an_auditor])
def test_only_who_sorts_puts_questions(who):
    with pytest.raises(NotAllowed):
        route_to_expert(an_idea(), an_expert(), question=QUESTION, due_on=tomorrow(), by=who())


def test_only_the_expert_answers_and_only_colleagues_are_asked():
    routing = a_question(an_expert())
    with pytest.raises(NotAllowed):
        answer_question(routing, body=SAID, by=a_product_owner())
    with pytest.raises(DomainError) as refusal:
        route_to_expert(an_idea(), a_member(), question=QUESTION, due_on=tomorrow(), by=a_product_owner())
    assert refusal.value.code == "cannot_answer"
    answer_question(routing, body=SAID, by=routing.expert)
    with pytest.raises(DomainError) as refusal:
        answer_question(routing, body=SAID, by=routing.expert)
    assert refusal.value.code == "question_closed"
    assert Deed.objects.filter(kind="advised").count() == 1
