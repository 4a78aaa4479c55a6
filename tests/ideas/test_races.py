"""What many people do at the same moment leaves every counter equal to its rows, and nobody an error that is no refusal.

All of it runs on both databases. SQLite lets one writer in at a time, so there it shows that nothing is lost and nobody is sent
away; that locks are taken in one order is shown by PostgreSQL.
"""

import random
from datetime import timedelta
from functools import partial
from threading import Event

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from ideas.domain.challenges.entering import enter_idea
from ideas.domain.commenting import comment_on, delete_comment, edit_comment
from ideas.domain.following import follow, unfollow
from ideas.domain.grouping import misplaced, put_authors_right
from ideas.domain.measuring import measure_all
from ideas.domain.merging import merge_idea, unmerge_idea
from ideas.domain.moderating import hide_comment, hide_idea, restore_comment, restore_idea
from ideas.domain.moving import lock, move_idea
from ideas.domain.quarantining import release_votes, set_votes_aside
from ideas.domain.reacting import react, take_back
from ideas.domain.recording import undo_deed
from ideas.domain.routing import answer_question, withdraw_question
from ideas.domain.voting import cast_vote, voters_of, withdraw_vote
from ideas.domain.voting_for_others import take_back_votes, vote_for_others
from ideas.domain.withdrawing import withdraw_idea
from ideas.models import ChallengeEntry, Comment, CommentReaction, Follow, Idea, Routing, SetAsideVote, VoteOnBehalf
from ideas.querysets import votes_of_ideas
from ideas.states import Reaction, Visibility
from tests.factories.challenges import a_challenge
from tests.factories.desk import a_question
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_expert
from tests.factories.trust import a_case
from tests.racing import at_once, people, while_held
from trust.domain.deciding import decide

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
WHY = "C’est la même demande que l’autre, réunie en une seule."
OPINION = "Oui, si le jeton du paiement mobile reste actif."
WHERE = "Agence de Quimper, semaine 47"
row_locks = pytest.mark.skipif(
    connection.vendor == "sqlite",
    reason="one writer at a time: the second cannot begin before the first has ended, so there is nothing to hold",
)


@pytest.fixture(autouse=True)
def fresh_content_types():
    """Other tests' flush gives content types new keys."""
    ContentType.objects.clear_cache()


@pytest.fixture(autouse=True)
def no_drift():
    """Whatever happened, the counters are what the rows say."""
    yield
    call_command("recount", check=True)


def a_talk():
    """A comment, counted."""
    return comment_on(an_idea(), body="Cela me servirait aussi.", by=a_member())


def vote(idea, who):
    cast_vote(Idea.objects.get(pk=idea.pk), by=who)


def unvote(idea, who):
    withdraw_vote(Idea.objects.get(pk=idea.pk), by=who)


def mixed(jobs, seed=7):
    random.Random(seed).shuffle(jobs)
    return jobs


def votes_on(*ideas):
    return votes_of_ideas().filter(object_id__in=[idea.pk for idea in ideas])


def toggles(ideas, crowd, times=4, seed=1):
    dice = random.Random(seed)
    drawn = [(dice.choice((vote, vote, unvote)), dice.choice(ideas), who) for who in crowd for _time in range(times)]
    return [partial(verb, idea, who) for verb, idea, who in drawn]


def test_burst_is_set_aside_and_released_while_its_votes_come_and_go():
    idea, crowd, moderator = an_idea(), people(24), a_moderator()
    for who in crowd:
        vote(idea, who)
    keys = [who.pk for who in crowd]

    def aside(batch, part):
        set_votes_aside(idea, part, batch=batch, by=moderator)
        release_votes(idea, batch=batch, by=moderator)

    jobs = [lambda n=n: aside(f"b{n}", keys[n::3]) for n in range(6)] + toggles([idea], crowd)
    assert set(at_once(mixed(jobs))) == {"ok"}
    assert not SetAsideVote.objects.filter(released_at__isnull=True).exists()
    assert Idea.objects.get(pk=idea.pk).vote_score == votes_on(idea).count()


def test_burst_of_a_merged_idea_is_judged_while_it_is_merged_parted_and_voted_for():
    stays, goes, crowd, owner = an_idea(), an_idea(), people(20), a_product_owner()
    for who in crowd:
        vote(goes, who)
    keys = [who.pk for who in crowd]

    def aside(batch, part):
        set_votes_aside(goes, part, batch=batch, by=owner)
        release_votes(goes, batch=batch, by=owner)

    def to_and_fro():
        merge_idea(Idea.objects.get(pk=goes.pk), stays, reason=WHY, by=owner)
        unmerge_idea(Idea.objects.get(pk=goes.pk), reason=WHY, by=owner)

    jobs = [lambda n=n: aside(f"b{n}", keys[n::3]) for n in range(8)] + toggles([stays, goes], crowd) + [to_and_fro] * 8
    assert set(at_once(mixed(jobs))) <= {"ok", "idea_merged", "impossible_move", "merge_chain"}


@pytest.mark.parametrize("younger_stays", [False, True])
def test_idea_is_merged_and_parted_while_votes_come_and_go(younger_stays):
    """Whichever of the two was written first, the locks go in one order."""
    pair = [an_idea(), an_idea()]
    goes, stays = pair if younger_stays else reversed(pair)
    crowd, owner = people(30), a_product_owner()

    def to_and_fro():
        merge_idea(Idea.objects.get(pk=goes.pk), stays, reason=WHY, by=owner)
        unmerge_idea(Idea.objects.get(pk=goes.pk), reason=WHY, by=owner)

    jobs = toggles([stays, goes], crowd, times=6) + [to_and_fro] * 6 + [measure_all] * 3
    assert set(at_once(mixed(jobs))) <= {"ok", "idea_merged", "impossible_move", "merge_chain"}
    stays.refresh_from_db()
    assert stays.vote_score == voters_of(stays).count()


def test_support_taken_back_from_the_idea_that_stays_is_taken_from_the_duplicates_count_too():
    stays, goes, crowd, owner = an_idea(), an_idea(), people(12), a_product_owner()
    for who in crowd:
        vote(goes, who)
    merge_idea(goes, stays, reason=WHY, by=owner)
    assert set(at_once([lambda who=who: unvote(stays, who) for who in crowd for _time in range(2)])) == {"ok"}
    counts = Idea.objects.filter(pk__in=[stays.pk, goes.pk]).values_list("vote_score", flat=True)
    assert list(counts) == [0, 0] and not votes_on(stays, goes).exists()


def test_support_taken_back_from_an_idea_that_was_parted_since_it_was_read_is_taken_from_its_count():
    stays, goes, who, owner = an_idea(), an_idea(), a_member(), a_product_owner()
    vote(stays, who)
    merge_idea(goes, stays, reason=WHY, by=owner)
    read = Idea.objects.get(pk=stays.pk)
    unmerge_idea(Idea.objects.get(pk=goes.pk), reason=WHY, by=owner)
    assert withdraw_vote(read, by=who).vote_count == 0
    assert Idea.objects.get(pk=stays.pk).vote_score == 0


def test_one_s_own_votes_and_votes_for_others_do_not_disturb_each_other():
    idea, other, crowd, moderator = an_idea(), an_idea(), people(20), a_moderator()
    owner, wrong = a_product_owner(), [vote_for_others(idea, source="branch", people=2, reference=WHERE, by=moderator)]
    wrong += [vote_for_others(other, source="branch", people=2, reference=WHERE, by=moderator) for _n in range(5)]

    def record(one):
        vote_for_others(Idea.objects.get(pk=one.pk), source="branch", people=3, reference=WHERE, by=moderator)

    jobs = [lambda one=one: record(one) for one in (idea, other) for _n in range(8)]
    jobs += [lambda row=row: take_back_votes(row, by=moderator) for row in wrong for _time in range(2)]
    jobs += toggles([idea, other], crowd, times=3)
    jobs.insert(20, lambda: merge_idea(other, idea, reason=WHY, by=owner))
    answers = at_once(mixed(jobs))
    assert set(answers) <= {"ok", "idea_merged", "taken_back"} and answers["taken_back"] == len(wrong)
    said = VoteOnBehalf.objects.filter(taken_back_at__isnull=True).values_list("people", flat=True)
    assert Idea.objects.get(pk=idea.pk).votes_on_behalf_count == sum(said)


def test_idea_is_withdrawn_or_hidden_while_its_votes_are_given_and_set_aside():
    for _round in range(4):
        idea, shown, crowd, moderator = an_idea(), an_idea(), people(10), a_moderator()
        for who in crowd[:5]:
            vote(idea, who)
        keys = [who.pk for who in crowd]

        def hide_and_show(shown=shown, moderator=moderator):
            hide_idea(shown, reason=WHY, by=moderator)
            restore_idea(shown, reason=WHY, by=moderator)

        jobs = toggles([idea, shown], crowd, times=3)
        jobs += [
            lambda idea=idea, keys=keys: set_votes_aside(idea, keys, batch="burst"),
            lambda idea=idea: withdraw_idea(idea, by=idea.author),
            hide_and_show,
            hide_and_show,
        ]
        assert set(at_once(mixed(jobs))) <= {"ok", "votes_closed", "not_found", "already_hidden", "already_public"}
        assert Idea.objects.get(pk=idea.pk).visibility == Visibility.WITHDRAWN


@row_locks
def test_vote_that_waits_for_a_decision_is_refused_once_it_is_taken():
    idea, owner, who = an_idea(), a_product_owner(), a_member()
    answers = while_held(
        lambda: move_idea(idea, "declined", reason=WHY, by=owner), lambda: at_once([lambda: vote(idea, who)])
    )
    assert dict(answers) == {"votes_closed": 1} and not votes_on(idea).exists()


@row_locks
def test_question_is_answered_while_putting_it_is_undone():
    """Both lock the idea before the question: whoever comes second is told, and neither breaks the other off."""
    owner, expert = a_product_owner(), an_expert()
    routing = a_question(expert, by=owner)
    deed = routing.deed
    answers = while_held(
        lambda: lock(routing.idea),
        lambda: at_once([lambda: answer_question(Routing.objects.get(pk=routing.pk), body=OPINION, by=expert)]),
        then=lambda: undo_deed(deed, by=owner),
    )
    assert dict(answers) == {"question_closed": 1}
    assert not Routing.objects.open().exists() and not Comment.objects.exists()


@row_locks
def test_question_is_withdrawn_while_its_answer_is_undone():
    owner, expert = a_product_owner(), an_expert()
    routing = answer_question(a_question(expert, by=owner), body=OPINION, by=expert)
    answers = while_held(
        lambda: lock(routing.idea),
        lambda: at_once([lambda: withdraw_question(Routing.objects.get(pk=routing.pk), by=owner)]),
        then=lambda: undo_deed(routing.deed, by=expert),
    )
    assert dict(answers) == {"ok": 1}  # the question was open again by then
    assert Routing.objects.get().withdrawn_at and not Comment.objects.exists()


def test_questions_are_put_answered_undone_and_withdrawn_at_once():
    idea, owner = an_idea(), a_product_owner()
    experts = [an_expert() for _each in range(6)]

    def course(expert):
        routing = a_question(expert, by=owner, idea=Idea.objects.get(pk=idea.pk))
        deed = answer_question(routing, body=OPINION, by=expert).deed
        undo_deed(deed, by=expert)
        withdraw_question(Routing.objects.get(pk=routing.pk), by=owner)

    def meddle():
        for routing in Routing.objects.open():
            withdraw_question(routing, by=owner)

    assert set(at_once(mixed([partial(course, one) for one in experts] + [meddle] * 6))) <= {
        "ok", "question_closed", "not_allowed"
    }  # fmt: skip
    assert not Routing.objects.open().exists() and not Comment.objects.exists()


@row_locks
def test_ideas_go_with_their_author_s_group_in_the_order_of_their_keys():
    """The first one was written last, so the database comes by it last: a merge that holds it would wait for ever."""
    author, first, second = a_member(), an_idea(), an_idea()
    for idea in (second, first):
        Idea.objects.filter(pk=idea.pk).update(author=author, author_crowd="student")
    moved = while_held(
        lambda: lock(first), lambda: put_authors_right(Idea.objects.filter(author=author)), then=lambda: lock(second)
    )
    assert moved == 2 and not misplaced(Idea.objects.all()).exists()


def test_many_people_react_and_change_their_mind_while_the_author_deletes():
    dice = random.Random(4)
    kept, gone = a_talk(), a_talk()
    crowd = people(16)

    def press(verb, comment, kind, who):
        verb(Comment.objects.get(pk=comment.pk), kind, by=who)

    jobs = [
        partial(press, dice.choice((react, react, take_back)), comment, dice.choice(Reaction.values), who)
        for who in crowd
        for comment in (kept, gone)
        for _time in range(4)
    ]
    jobs = mixed(jobs)
    jobs.insert(len(jobs) // 2, lambda: delete_comment(gone, by=gone.author))
    assert set(at_once(jobs)) <= {"ok", "comment_deleted"}
    kept.refresh_from_db()
    assert kept.reaction_count == CommentReaction.objects.filter(comment=kept).count() > 0
    assert not CommentReaction.objects.filter(comment=gone).exists()


def test_reaction_taken_back_while_its_comment_is_deleted_leaves_no_error():
    for _round in range(12):
        comment, crowd = a_talk(), people(4)
        for who in crowd:
            react(comment, "useful", by=who)
        jobs = [lambda who=who, comment=comment: take_back(comment, "useful", by=who) for who in crowd]
        jobs.insert(2, lambda comment=comment: delete_comment(comment, by=comment.author))
        assert set(at_once(jobs)) <= {"ok", "comment_deleted"}


def test_same_person_reacting_eight_times_at_once_counts_once():
    comment, who = a_talk(), a_member()
    assert set(at_once([lambda: react(comment, "thanks", by=who)] * 8)) == {"ok"}
    comment.refresh_from_db()
    assert (comment.thanks_count, comment.reaction_count) == (1, 1)


def test_comments_are_written_hidden_changed_and_deleted_at_once():
    idea, moderator, crowd = an_idea(), a_moderator(), people(14)
    tops = [comment_on(idea, body="Cela me servirait aussi.", by=who) for who in crowd[:7]]

    def hide_and_show(comment):
        hide_comment(Comment.objects.get(pk=comment.pk), reason=WHY, by=moderator)
        restore_comment(Comment.objects.get(pk=comment.pk), reason=WHY, by=moderator)

    jobs = []
    for comment in tops:
        jobs += [lambda comment=comment: hide_and_show(comment)] * 2
        jobs.append(lambda comment=comment: edit_comment(comment, body="À moi aussi.", by=comment.author))
        jobs += [
            lambda comment=comment, who=who: comment_on(idea, body="Et à moi.", by=who, parent=comment)
            for who in crowd[7:10]
        ]
    jobs += [lambda comment=comment: delete_comment(comment, by=comment.author) for comment in tops[:3]]
    known = {"ok", "already_hidden", "already_public", "comment_deleted", "not_found", "too_many"}
    assert set(at_once(mixed(jobs))) <= known
    assert Idea.objects.get(pk=idea.pk).comment_count == Comment.objects.counted().filter(idea=idea).count() > 0


def test_reply_and_deletion_of_what_it_replies_to_do_not_wait_for_each_other_in_turn():
    for _round in range(12):
        idea = an_idea()
        comment = comment_on(idea, body="Cela me servirait aussi.", by=a_member())
        jobs = [
            lambda who=who, idea=idea, comment=comment: comment_on(idea, body="Et à moi.", by=who, parent=comment)
            for who in people(3)
        ]
        jobs.insert(1, lambda comment=comment: delete_comment(comment, by=comment.author))
        assert set(at_once(jobs)) <= {"ok"}
        assert Idea.objects.get(pk=idea.pk).comment_count == 3


def test_following_and_unfollowing_at_once_leaves_one_choice_a_person():
    idea, crowd = an_idea(), people(4)
    jobs = [lambda who=who, verb=verb: verb(idea, by=who) for who in crowd for verb in (follow, unfollow) * 5]
    assert set(at_once(mixed(jobs))) == {"ok"}
    assert Follow.objects.filter(idea=idea).count() == len(crowd)


def test_desk_and_moderation_act_on_the_same_text_at_once():
    for _round in range(8):
        idea, comment = an_idea(), a_talk()
        cases = [
            (a_case(idea, by=a_member()), hide_idea, idea),
            (a_case(comment, by=a_member()), hide_comment, comment),
        ]
        jobs = []
        for case, hide, thing in cases:
            jobs += [
                partial(decide, case, "hide", reason=WHY, by=a_moderator()),
                partial(hide, thing, reason=WHY, by=a_moderator()),
            ]
        answers = at_once(jobs)
        assert set(answers) <= {"ok", "already_hidden", "case_closed"} and answers["ok"] == 2


def test_entries_that_wait_over_the_close_are_refused_by_the_hour_at_which_they_come_to_their_turn():
    """The challenge is held across its last instant; who asked in time but comes to their turn after it is too late."""
    challenge = a_challenge(posting_ends_at=timezone.now() + timedelta(days=1))
    crowd = people(6, adult_confirmed_at=timezone.now(), kind="customer")
    ideas, theme = [], a_category()
    for who in crowd:
        ideas.append(an_idea(author=who, category=theme))
    first = enter_idea(
        challenge, an_idea(author=(who := a_member(adult_confirmed_at=timezone.now()))), accepted_rules=1, by=who
    )
    entered, over = Event(), Event()
    challenge.posting_ends_at = timezone.now() + timedelta(seconds=1.5)  # from here on: making all this takes its time
    challenge.save(update_fields=["posting_ends_at"])

    def hold():
        with transaction.atomic():
            type(challenge).objects.select_for_update().get(pk=challenge.pk)
            entered.set()
            while timezone.now() < challenge.posting_ends_at:
                over.wait(0.02)

    def enter(idea, who):
        entered.wait(10)
        enter_idea(challenge, idea, accepted_rules=1, by=who)

    jobs = [hold] + [lambda idea=idea, who=who: enter(idea, who) for idea, who in zip(ideas, crowd, strict=True)]
    assert at_once(jobs) == {"ok": 1, "entries_closed": len(crowd)}
    assert list(ChallengeEntry.objects.of(challenge)) == [first]
