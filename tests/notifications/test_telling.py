from datetime import timedelta

import pytest
from django.utils import timezone

from core.events import publish
from ideas.domain.assigning import assign_idea
from ideas.domain.commenting import comment_on
from ideas.domain.following import follow, unfollow
from ideas.domain.giving_back import undo_moderation
from ideas.domain.merging import merge_idea, unmerge_idea
from ideas.domain.moderating import hide_idea, restore_idea
from ideas.domain.moving import answer_officially, move_idea, undo_answer, undo_move
from ideas.domain.posting import post_idea
from ideas.domain.voting import cast_vote
from ideas.events import IdeaMoved
from ideas.models import IdeaMove, Moderation
from ideas.states import State
from notifications.domain import telling
from notifications.domain.presenting import present
from notifications.models import Notification
from notifications.states import Topic
from polls.domain.closing import close
from polls.domain.deciding import decide
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner, an_expert
from tests.factories.polls import an_open_poll, votes

from .working import told, work

pytestmark = pytest.mark.django_db
WHY = "Nous étudions votre idée avec l’équipe Cartes."


def supported_idea(count=2, **fields):
    idea = an_idea(**fields)
    voters = [a_member() for _number in range(count)]
    for voter in voters:
        cast_vote(idea, by=voter)
    return idea, voters


def test_author_and_voters_hear_of_a_move_once_each_and_the_mover_does_not():
    (idea, voters), owner = supported_idea(), a_product_owner()
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=owner)
    work()
    assert [note.topic for note in told(idea.author)] == [Topic.MY_IDEA]
    assert [[note.topic for note in told(voter)] for voter in voters] == [[Topic.FOLLOWED_IDEA]] * 2
    assert Notification.objects.count() == 3


def test_nobody_is_told_before_the_seconds_of_undo_are_over():
    from django.core.management import call_command

    idea, _voters = supported_idea()
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=a_product_owner())
    call_command("worker", batch=True)
    assert not Notification.objects.exists()


def test_what_was_decided_while_an_idea_was_hidden_is_told_once_when_it_is_shown_again():
    (idea, [voter, _other]), owner, moderator = supported_idea(), a_product_owner(), a_moderator()
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=owner)
    work()
    IdeaMove.objects.update(at=timezone.now() - timedelta(days=2))
    hide_idea(idea, reason="Un prénom y est cité.", by=moderator)
    work()
    late = a_member()
    follow(idea, by=late)
    answer_officially(idea, body="Nous la préparons pour mars.", by=owner)
    move_idea(idea, State.CANDIDATE, reason=WHY, by=owner, silent=True)
    work()
    assert not Notification.objects.filter(kind="idea_answered").exists()
    Moderation.objects.update(at=timezone.now() - timedelta(hours=1))
    restore_idea(idea, reason="Le prénom n’y est plus.", by=moderator)
    work()
    for member in (idea.author, voter):
        assert (len(told(member, "idea_answered")), len(told(member, "idea_moved"))) == (1, 1)
    assert (len(told(late, "idea_answered")), told(late, "idea_moved")) == (1, [])  # the step was told before they came


def test_what_was_decided_while_an_idea_was_held_is_told_when_it_is_shown():
    idea = an_idea(visibility="held", created_at=timezone.now() - timedelta(days=3))
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=a_product_owner())
    work()
    restore_idea(idea, reason="Le texte est en règle.", by=a_moderator())
    work()
    assert len(told(idea.author, "idea_moved")) == 1


def test_move_whose_hour_came_while_the_idea_was_hidden_by_mistake_is_told_all_the_same():
    idea, moderator = an_idea(), a_moderator()
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=a_product_owner())
    step = hide_idea(idea, reason="Un prénom y est cité.", by=moderator)
    work()
    assert told(idea.author, "idea_moved") == []
    undo_moderation(step, by=moderator)
    work()
    assert len(told(idea.author, "idea_moved")) == 1


def test_undone_move_is_told_to_nobody():
    (idea, _voters), owner = supported_idea(), a_product_owner()
    undo_move(move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=owner), by=owner)
    work()
    assert not Notification.objects.exists()


def test_silent_move_and_answer_are_told_to_nobody():
    (idea, _voters), owner = supported_idea(), a_product_owner()
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=owner, silent=True)
    answer_officially(idea, body=WHY, by=owner, silent=True)
    work()
    assert not Notification.objects.exists()


def test_who_asked_for_silence_hears_nothing():
    idea, [voter, _other] = supported_idea()
    unfollow(idea, by=voter)
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=a_product_owner())
    work()
    assert told(voter) == []


def test_author_who_also_votes_hears_once():
    idea = an_idea()
    cast_vote(idea, by=a_member())
    follow(idea, by=idea.author)
    comment_on(idea, body="Je précise mon idée.", by=idea.author)
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=a_product_owner())
    work()
    assert len(told(idea.author)) == 1


def test_after_a_merge_each_hears_of_the_merge_once_and_of_the_next_move_once():
    owner, both = a_product_owner(), a_member()
    canonical, [first, _] = supported_idea()
    duplicate, [second, _] = supported_idea()
    cast_vote(canonical, by=both)
    cast_vote(duplicate, by=both)
    merge_idea(duplicate, canonical, reason="C’est la même demande, réunie ici.", by=owner)
    work()
    assert len(told(both, "idea_merged")) == 1
    assert told(duplicate.author)[0].topic == Topic.MY_IDEA
    assert told(first) == told(canonical.author) == []
    move_idea(canonical, State.UNDER_REVIEW, reason=WHY, by=owner)
    work()
    for member in (both, first, second, canonical.author, duplicate.author):
        assert len(told(member, "idea_moved")) == 1
    assert told(duplicate.author, "idea_moved")[0].topic == Topic.MY_IDEA


def test_move_just_before_a_merge_speaks_of_the_idea_that_stands():
    owner, canonical = a_product_owner(), an_idea()
    duplicate, [voter, _] = supported_idea()
    move_idea(duplicate, State.UNDER_REVIEW, reason=WHY, by=owner)
    merge_idea(duplicate, canonical, reason="C’est la même demande, réunie ici.", by=owner)
    work()
    assert len(told(voter, "idea_moved")) == 1
    assert told(voter, "idea_moved")[0].subject_id == canonical.pk


def test_merge_undone_in_time_is_told_to_nobody():
    owner, canonical = a_product_owner(), an_idea()
    duplicate, _voters = supported_idea()
    merge_idea(duplicate, canonical, reason="C’est la même demande, réunie ici.", by=owner)
    unmerge_idea(duplicate, reason="Ce n’était pas la même demande.", by=owner)
    work()
    assert not Notification.objects.filter(kind="idea_merged").exists()


def test_official_answer_is_told_once_and_the_newest_only():
    (idea, [voter, _]), owner = supported_idea(), a_product_owner()
    answer_officially(idea, body="Nous regardons cela de près.", by=owner)
    answer_officially(idea, body="Nous le regardons, réponse en mars.", by=owner)
    work()
    assert len(told(voter, "idea_answered")) == 1


def test_answer_and_step_made_together_are_told_as_one():
    (idea, [voter, _]), owner = supported_idea(), a_product_owner()
    answer_officially(idea, body="Nous la préparons pour mars.", by=owner)
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=owner)
    work()
    for member in (idea.author, voter):
        [note] = told(member)
        assert note.kind == "idea_moved"
        body = present([note], member)[0].said.body
        assert WHY in body and "Nous la préparons pour mars." in body


def test_answer_is_told_by_itself_when_the_step_beside_it_is_undone():
    (idea, [voter, _]), owner = supported_idea(), a_product_owner()
    answer_officially(idea, body="Nous la préparons pour mars.", by=owner)
    move = move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=owner)
    work_but_the_undo = told(voter)
    undo_move(move, by=owner)
    work()
    assert work_but_the_undo == [] and [note.kind for note in told(voter)] == ["idea_answered"]


def test_answer_taken_back_leaves_the_step_told_without_it():
    (idea, [voter, _]), owner = supported_idea(), a_product_owner()
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=owner)
    undo_answer(answer_officially(idea, body="Nous la préparons pour mars.", by=owner), by=owner)
    work()
    [note] = told(voter)
    assert "mars" not in present([note], voter)[0].said.body


def test_answer_of_one_colleague_and_step_of_another_are_two_things():
    (idea, [voter, _]) = supported_idea()
    answer_officially(idea, body="Nous la préparons pour mars.", by=an_expert())
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=a_product_owner())
    work()
    assert {note.kind for note in told(voter)} == {"idea_answered", "idea_moved"}


def test_nothing_is_told_of_a_hidden_idea_but_the_reasons_to_its_author():
    (idea, voters), moderator = supported_idea(), a_moderator()
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=a_product_owner())
    hide_idea(idea, reason="Ce texte nomme un conseiller.", by=moderator)
    work()
    assert [note.kind for note in told(idea.author)] == ["statement"]
    assert told(voters[0]) == []
    restore_idea(idea, reason="Le nom a été retiré du texte.", by=moderator)
    work()
    kinds = sorted(note.kind for note in told(idea.author))
    assert kinds == ["idea_moved", "statement", "statement"]  # the step was told to nobody before


def test_erased_and_closed_accounts_are_told_nothing():
    from members.domain.erasing import erase

    idea, [erased, closed] = supported_idea()
    erase(erased, by=erased)
    closed.is_active = False
    closed.save()
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=a_product_owner())
    work()
    assert told(erased) == told(closed) == []


def test_comment_is_told_to_the_author_and_the_thread_not_to_who_wrote_it():
    idea, [voter, _] = supported_idea()
    commenter, answering = a_member(), a_member()
    comment = comment_on(idea, body="Cela me servirait aussi.", by=commenter)
    work()
    assert [note.topic for note in told(idea.author)] == [Topic.REPLIES]
    assert told(voter) == told(commenter) == []
    comment_on(idea, body="À moi aussi.", by=answering, parent=comment)
    work()
    assert len(told(commenter)) == 1
    assert told(answering) == []


def test_what_the_bank_says_under_an_idea_is_told_to_all_its_people():
    idea, [voter, _] = supported_idea()
    comment_on(idea, body="Nous avons une question.", by=a_product_owner())
    work()
    assert [note.topic for note in told(voter)] == [Topic.FOLLOWED_IDEA]
    assert [note.topic for note in told(idea.author)] == [Topic.MY_IDEA]


def test_internal_note_is_told_to_nobody():
    idea, _voters = supported_idea()
    comment_on(idea, body="À voir avec le juridique.", by=a_product_owner(), is_internal=True)
    work()
    assert not Notification.objects.exists()


def test_owner_of_the_theme_hears_of_a_new_idea():
    owner = a_product_owner()
    theme = a_category(owner=owner)
    body = "Je voudrais choisir le jour de prélèvement de ma carte à débit différé."
    post_idea(title="Choisir le jour du débit différé", body=body, category=theme, by=a_member())
    work()
    assert [note.kind for note in told(owner)] == ["idea_posted"]


def test_expert_hears_of_the_idea_entrusted_to_them_and_not_of_one_they_took():
    owner, expert = a_product_owner(), an_expert()
    assign_idea(an_idea(), to=expert, by=owner)
    assign_idea(an_idea(), to=owner, by=owner)
    work()
    assert [note.kind for note in told(expert)] == ["idea_assigned"]
    assert told(owner) == []


def test_same_event_handled_twice_tells_once():
    (idea, [voter, _]), owner = supported_idea(), a_product_owner()
    move = move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=owner)
    work()
    publish(IdeaMoved(idea.pk, move.pk, move.from_state, move.to_state), by=owner)
    work()
    assert IdeaMove.objects.count() == 1
    assert len(told(voter)) == 1


def test_large_audience_is_told_in_chunks_each_once(monkeypatch):
    monkeypatch.setattr(telling, "CHUNK", 2)
    idea, voters = supported_idea(5)
    move_idea(idea, State.UNDER_REVIEW, reason=WHY, by=a_product_owner())
    work()
    assert sorted(len(told(member)) for member in (idea.author, *voters)) == [1] * 6


def test_who_answered_a_poll_hears_of_its_close_and_of_the_decision_once_each():
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    [voter] = votes(poll, 1, customers=1)
    stranger = a_member()
    close(poll, by=owner)
    decide(poll, "Nous lançons les frais offerts au printemps.", by=owner)
    work()
    assert [note.kind for note in told(voter) if note.kind != "poll_opened"] == ["poll_closed", "poll_decided"]
    assert [note.kind for note in told(stranger) if note.kind != "poll_opened"] == []
