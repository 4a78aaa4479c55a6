"""D2: no moderation path leaves content without a statement of reasons."""

import pytest
from django.urls import reverse

from core.errors import DomainError, NotAllowed
from ideas.domain import moderating
from ideas.domain.commenting import comment_on
from ideas.domain.editing import edit_idea
from ideas.domain.posting import post_idea
from ideas.domain.triaging import version_of
from ideas.models import Comment, Idea
from tests.factories.ideas import a_category, a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner
from tests.factories.trust import WHY, a_case, an_old_member
from trust.domain.banning import ban, lift_ban
from trust.domain.deciding import decide
from trust.models import Case, Statement

pytestmark = pytest.mark.django_db
BODY = "Je voudrais que la banque fasse cela, voir https://exemple.test pour en savoir plus."


def said_of(member):
    return list(Statement.objects.filter(member=member).order_by("pk").values_list("measure", flat=True))


@pytest.mark.parametrize(
    ("verb", "visibility", "measure"),
    [
        ("hide_idea", "public", "hidden"), ("hide_idea", "held", "hidden"), ("remove_idea", "public", "removed"),
        ("remove_idea", "hidden", "removed"), ("restore_idea", "hidden", "restored"), ("restore_idea", "removed", "restored"),
        ("restore_idea", "held", "published"),
    ],
)  # fmt: skip
def test_each_change_of_an_idea_states_its_reasons(verb, visibility, measure):
    idea = an_idea(visibility=visibility)
    getattr(moderating, verb)(idea, reason=WHY, by=a_moderator())
    statement = Statement.objects.get()
    assert (statement.member, statement.measure, statement.facts) == (idea.author, measure, WHY)


@pytest.mark.parametrize(
    ("verb", "visibility", "measure"),
    [
        ("hide_comment", "public", "hidden"), ("remove_comment", "public", "removed"), ("remove_comment", "held", "removed"),
        ("restore_comment", "hidden", "restored"), ("restore_comment", "removed", "restored"),
        ("restore_comment", "held", "published"),
    ],
)  # fmt: skip
def test_each_change_of_a_comment_states_its_reasons(verb, visibility, measure):
    comment = a_comment(visibility=visibility)
    getattr(moderating, verb)(comment, reason=WHY, by=a_moderator())
    assert said_of(comment.author) == [measure]


@pytest.mark.parametrize(("move", "measure"), [("hide", "hidden"), ("restore", "restored")])
def test_the_triage_desk_states_its_reasons_too(client, move, measure):
    idea = an_idea(visibility="public" if move == "hide" else "hidden")
    client.force_login(a_product_owner())
    said = {"seen": version_of(idea), "reason": WHY}
    assert client.post(reverse("ideas_desk:act", args=[idea.public_id, move]), said).status_code == 302
    assert said_of(idea.author) == [measure]


def test_a_verb_whose_witness_fails_changes_nothing(monkeypatch):
    from core import judging

    def fails(change):
        raise RuntimeError("no statement")

    monkeypatch.setattr(judging, "_witnesses", [fails])
    idea = an_idea()
    with pytest.raises(RuntimeError):
        moderating.hide_idea(idea, reason=WHY, by=a_moderator())
    assert Idea.objects.get(pk=idea.pk).visibility == "public"


def test_what_a_rule_holds_states_that_it_was_automatic():
    member = a_member()
    post_idea(title="Une idée pour les voyageurs", body=BODY, category=a_category(), by=member)
    statement = Statement.objects.get()
    assert (statement.measure, statement.automation, statement.by) == ("held", "decided", None)
    assert "Compte récent" in statement.facts


def test_an_edit_that_a_rule_holds_states_its_reasons():
    member = a_member()
    idea = an_idea(author=member)
    edit_idea(idea, by=member, body=BODY)
    assert Idea.objects.get(pk=idea.pk).visibility == "held"
    assert said_of(member) == ["held"]


def test_a_held_comment_states_its_reasons():
    member = a_member()
    comment_on(an_idea(), body=BODY, by=member)
    assert said_of(member) == ["held"]


@pytest.mark.parametrize(("verdict", "measure"), [("keep", "kept"), ("hide", "hidden"), ("remove", "removed")])
@pytest.mark.parametrize("make", [an_idea, a_comment])
def test_each_verdict_states_its_reasons(make, verdict, measure):
    thing = make()
    decide(a_case(thing), verdict, reason=WHY, by=a_moderator())
    assert said_of(thing.author) == [measure]
    assert not Case.objects.waiting().exists()


def test_a_restored_verdict_states_its_reasons():
    comment = a_comment(visibility="hidden")
    case = Case.objects.create(kind="comment", subject_id=comment.pk, author=comment.author)
    decide(case, "restore", reason=WHY, by=a_moderator())
    assert said_of(comment.author) == ["restored"]
    assert Comment.objects.get(pk=comment.pk).visibility == "public"


def test_a_profile_is_emptied_with_reasons_and_given_back():
    member = an_old_member(nickname="Conseil Express", bio="Écrivez-moi pour vos codes.")
    decide(a_case(member), "remove", reason=WHY, by=a_moderator())
    member.refresh_from_db()
    assert member.bio == "" and member.nickname.startswith("membre-")
    case = Case.objects.create(kind="member", subject_id=member.pk, author=member)
    decide(case, "restore", reason=WHY, by=a_moderator())
    member.refresh_from_db()
    assert (member.nickname, member.bio) == ("Conseil Express", "Écrivez-moi pour vos codes.")
    assert said_of(member) == ["cleared", "restored"]


def test_a_suspension_and_its_end_state_their_reasons():
    member, moderator = a_member(), a_moderator()
    ban(member, days=7, reason=WHY, by=moderator)
    lift_ban(member, reason=WHY, by=moderator)
    assert said_of(member) == ["banned", "lifted"]


def test_a_decision_from_the_triage_desk_answers_who_reported():
    idea = an_idea()
    case = a_case(idea)
    moderating.hide_idea(idea, reason=WHY, by=a_moderator())
    assert case.reports.get().state == "upheld"
    assert not Case.objects.waiting().exists()


def test_nobody_decides_about_their_own_text():
    moderator = a_moderator()
    case = a_case(a_comment(author=moderator))
    with pytest.raises(NotAllowed) as refusal:
        decide(case, "keep", reason=WHY, by=moderator)
    assert refusal.value.code == "own_content"


def test_second_verdict_on_a_case_is_refused():
    case, moderator = a_case(), a_moderator()
    decide(case, "hide", reason=WHY, by=moderator)
    with pytest.raises(DomainError) as refusal:
        decide(case, "keep", reason=WHY, by=moderator)
    assert (refusal.value.code, refusal.value.status) == ("case_closed", 409)
