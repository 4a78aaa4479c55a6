"""Abuse 4: 300 accounts push one idea overnight."""

import pytest
from django.urls import reverse

from core.errors import DomainError, NotAllowed
from core.models import Event
from ideas.domain.recounting import recount_all
from ideas.domain.voting import cast_vote, withdraw_vote
from ideas.models import Idea, SetAsideVote
from ideas.querysets import votes_of_ideas
from tests.factories.members import a_member, a_moderator, an_auditor
from tests.factories.trust import votes_overnight
from tests.notifications.working import told, work
from trust.domain.appealing import appeal_statement, decide_appeal, release_whole_burst
from trust.domain.bursts import decide_burst, look_for_bursts, state_to_voters, support_with_and_without
from trust.domain.undoing import undo_verdicts
from trust.models import Case, Statement, VoteBurst

pytestmark = pytest.mark.django_db
ASKED = "J’ai ouvert mon compte pour cette idée, après en avoir parlé en agence."
WHY = "Trois cents comptes créés le même soir, venus d’un même lien."


def score(idea):
    return Idea.objects.get(pk=idea.pk).vote_score


def test_three_hundred_accounts_overnight_are_set_aside_and_counted_again():
    idea = votes_overnight(young=300, old=12)
    assert score(idea) == 312
    assert look_for_bursts() == 1
    assert score(idea) == 12
    assert votes_of_ideas().filter(object_id=idea.pk).count() == 312  # none is deleted
    assert recount_all(write=False) == []
    burst = VoteBurst.objects.get()
    assert (burst.votes, burst.young, burst.state) == (312, 300, "open")
    assert Case.objects.get().matter == "votes"
    assert support_with_and_without(idea) == (12, 312)
    assert Event.objects.filter(name__in=("BurstFound", "VotesSetAside")).count() == 2


def test_voter_of_a_burst_still_sees_their_support():
    idea = votes_overnight(young=40)
    look_for_bursts()
    voter = SetAsideVote.objects.first().member
    assert Idea.objects.with_my_vote(voter).get(pk=idea.pk).my_vote is True


def test_members_of_long_standing_are_no_burst():
    idea = votes_overnight(young=10, old=60)
    assert look_for_bursts() == 0
    assert score(idea) == 70


def test_few_votes_are_no_burst():
    votes_overnight(young=12)
    assert look_for_bursts() == 0


def test_looking_again_changes_nothing_and_late_comers_join_the_burst():
    idea = votes_overnight(young=40)
    assert look_for_bursts() == 1
    assert look_for_bursts() == 0
    cast_vote(idea, by=a_member())
    assert score(idea) == 1
    assert look_for_bursts() == 1
    assert score(idea) == 0
    assert VoteBurst.objects.get().young == 41


def test_released_votes_count_again_and_are_not_suspected_twice():
    idea = votes_overnight(young=40)
    look_for_bursts()
    decide_burst(VoteBurst.objects.get(), confirmed=False, reason=WHY, by=a_moderator())
    assert score(idea) == 40
    assert look_for_bursts() == 0
    assert recount_all(write=False) == []
    assert not Case.objects.waiting().exists()


def test_confirmed_votes_stay_aside_with_a_reason_and_a_trace():
    idea, moderator = votes_overnight(young=40), a_moderator()
    look_for_bursts()
    burst = decide_burst(VoteBurst.objects.get(), confirmed=True, reason=WHY, by=moderator)
    assert (score(idea), burst.reason, burst.decided_by) == (0, WHY, moderator)
    assert Event.objects.get(name="BurstDecided").actor == moderator.public_id
    assert look_for_bursts() == 0
    with pytest.raises(DomainError) as refusal:
        decide_burst(burst, confirmed=False, reason=WHY, by=moderator)
    assert refusal.value.code == "case_closed"


def test_only_moderators_decide_a_burst():
    votes_overnight(young=40)
    look_for_bursts()
    with pytest.raises(NotAllowed):
        decide_burst(VoteBurst.objects.get(), confirmed=False, reason=WHY, by=an_auditor())


def test_votes_set_aside_give_the_board_no_demand():
    from board.domain.demand import demand_of
    from board.models import Evidence
    from tests.factories.board import an_item

    idea = votes_overnight(young=40, old=3)
    item = an_item()
    Evidence.objects.create(item=item, idea=idea)
    assert demand_of([item.pk])[item.pk].people == 43
    look_for_bursts()
    assert demand_of([item.pk])[item.pk].people == 3


def test_members_of_a_confirmed_burst_are_told_in_neutral_words_and_once():
    idea = votes_overnight(young=40, old=2)
    look_for_bursts()
    decide_burst(VoteBurst.objects.get(), confirmed=True, reason=WHY, by=a_moderator())
    for _twice in range(2):
        work()
        state_to_voters(VoteBurst.objects.get().pk)
    rows = Statement.objects.filter(measure="set_aside")
    assert rows.count() == 40 and rows.values("member").distinct().count() == 40
    member = rows.first().member
    assert [note.kind for note in told(member)] == ["statement"]
    assert "Cela ne dit rien de vous" in rows.first().facts and WHY not in rows.first().facts
    assert score(idea) == 2


def test_who_took_the_vote_back_meanwhile_is_told_nothing():
    idea = votes_overnight(young=40)
    look_for_bursts()
    gone = SetAsideVote.objects.first().member
    withdraw_vote(idea, by=gone)
    decide_burst(VoteBurst.objects.get(), confirmed=True, reason=WHY, by=a_moderator())
    work()
    assert not Statement.objects.filter(member=gone).exists() and Statement.objects.count() == 39


def a_review(idea=None):
    """A member of a confirmed burst asks for a review; who confirmed, the idea, and the appeal."""
    idea, first = votes_overnight(idea, young=40, old=2), a_moderator()
    look_for_bursts()
    decide_burst(VoteBurst.objects.get(), confirmed=True, reason=WHY, by=first)
    work()
    statement = Statement.objects.filter(measure="set_aside").first()
    return first, idea, appeal_statement(statement, text=ASKED, by=statement.member)


def test_review_is_asked_for_once_and_decided_by_somebody_else():
    first, _idea, appeal = a_review()
    with pytest.raises(DomainError) as refusal:
        appeal_statement(appeal.statement, text=ASKED, by=appeal.member)
    assert refusal.value.code == "already_contested"
    with pytest.raises(NotAllowed) as refusal:
        decide_appeal(appeal, upheld=True, reason=WHY, by=first)
    assert refusal.value.code == "self_review"


def test_review_that_wins_counts_that_support_alone():
    _first, idea, appeal = a_review()
    decide_appeal(appeal, upheld=True, reason=WHY, by=a_moderator())
    assert score(idea) == 3 and recount_all(write=False) == []
    work()
    assert [note.kind for note in told(appeal.member)] == ["statement", "appeal_decided"]
    assert look_for_bursts() == 0


def test_review_that_is_refused_leaves_the_counts():
    _first, idea, appeal = a_review()
    decide_appeal(appeal, upheld=False, reason=WHY, by=a_moderator())
    assert score(idea) == 2


def test_review_can_release_the_whole_burst_and_answers_all_who_asked():
    first, idea, appeal = a_review()
    other = Statement.objects.filter(measure="set_aside").exclude(pk=appeal.statement_id).first()
    second = appeal_statement(other, text=ASKED, by=other.member)
    with pytest.raises(NotAllowed):
        release_whole_burst(appeal, reason=WHY, by=first)
    moderator = a_moderator()
    burst = release_whole_burst(appeal, reason=WHY, by=moderator)
    work()
    second.refresh_from_db()
    assert (score(idea), burst.state, second.outcome) == (42, "released", "upheld")
    assert recount_all(write=False) == [] and look_for_bursts() == 0
    assert Statement.objects.filter(measure="counted").count() == 38
    assert [note.kind for note in told(second.member)] == ["statement", "appeal_decided"]
    assert not Case.objects.waiting().exists()


def test_release_of_the_whole_burst_is_taken_back_within_the_seconds():
    _first, idea, appeal = a_review()
    moderator = a_moderator()
    burst = release_whole_burst(appeal, reason=WHY, by=moderator)
    undo_verdicts(burst.decisions.last().batch, by=moderator)
    work()
    burst.refresh_from_db()
    assert (score(idea), burst.state) == (2, "confirmed")
    assert Case.objects.waiting().get().matter == "appeal"
    assert not Statement.objects.filter(measure="counted").exists()


def test_member_contests_on_the_page_and_the_desk_offers_both_ways(client):
    _first, idea, appeal = a_review()
    other = Statement.objects.filter(measure="set_aside").exclude(pk=appeal.statement_id).first()
    client.force_login(other.member)
    page = client.get(other.get_absolute_url())
    assert "Contester cette décision" in page.content.decode() and idea.title in page.content.decode()
    assert client.post(other.get_absolute_url(), {"text": ASKED}).status_code == 302
    client.force_login(a_moderator())
    page = client.get(reverse("trust_desk:index"))
    assert {move.name for move, _url in page.context["moves"]} == {"accept", "whole", "refuse"}
    url = reverse("trust_desk:act", args=[page.context["case"].public_id, "whole"])
    assert client.post(url, {"reason": WHY}).status_code == 302
    assert score(idea) == 42
