"""Who hears of a comment and of being named in it: each once, as they wish, and nothing of what is gone."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone, translation

from ideas.domain.commenting import comment_on, delete_comment, edit_comment
from ideas.domain.following import follow, unfollow
from ideas.domain.merging import merge_idea
from ideas.domain.moderating import hide_comment, hide_idea
from ideas.domain.moving import answer_officially, move_idea, undo_answer, undo_move
from ideas.domain.voting import cast_vote
from ideas.models import Comment, Idea
from notifications.domain.digesting import queue_digests
from notifications.domain.preferring import choose
from notifications.domain.presenting import present
from notifications.models import Notification
from notifications.states import Rhythm, Topic
from tests.factories.ideas import a_comment, an_idea
from tests.factories.members import a_member, a_moderator, a_product_owner

from .working import told, work

pytestmark = pytest.mark.django_db
WHY = "C’est la même demande, réunie ici."


def lead_of(note) -> str:
    with translation.override("fr"):
        return present([note], note.member)[0].said.lead


def digest(rhythm=Rhythm.DAILY):
    """All that waits leaves now."""
    Notification.objects.update(created_at=timezone.now() - timedelta(hours=1))
    queue_digests(rhythm, timezone.now())
    work()


def wants(member, topic, rhythm):
    choose(topic, inbox=True, mail=rhythm, by=member)


# once each


def test_who_is_named_hears_of_it_once_and_in_this_way_alone():
    named = a_member(nickname="Maëlle")
    idea = an_idea(author=named)
    cast_vote(idea, by=a_member())
    follow(idea, by=named)
    comment_on(idea, body="Merci @Maëlle, bonne idée. @Maëlle !", by=a_member(nickname="Yann"))
    work()
    [note] = told(named)
    assert (note.kind, note.topic, lead_of(note)) == ("mentioned", Topic.MENTIONS, "Yann vous cite")


def test_who_is_named_in_a_reply_to_them_under_their_own_idea_hears_once():
    maelle = a_member(nickname="Maëlle")
    idea = an_idea(author=maelle)
    cast_vote(idea, by=maelle)
    mine = comment_on(idea, body="Qu’en pensez-vous ?", by=maelle)
    comment_on(idea, body="Comme vous, @Maëlle : « oui ».", by=a_member(nickname="Yann"), parent=mine)
    work()
    [note] = told(maelle)
    assert (note.kind, lead_of(note)) == ("mentioned", "Yann vous cite")


def test_digest_says_nothing_of_what_was_hidden_or_merged_meanwhile_and_goes_on_with_the_rest():
    reader, owner = a_member(), a_product_owner()
    hidden, duplicate, canonical, kept = (an_idea(title=f"Une idée suivie, la {n}e") for n in range(4))
    wants(reader, Topic.FOLLOWED_IDEA, Rhythm.DAILY)
    for idea in (hidden, duplicate, kept):
        cast_vote(idea, by=reader)
        move_idea(idea, "under_review", reason="Nous l’étudions avec les experts.", by=owner)
    work()
    hide_idea(hidden, reason="Une personne y est nommée.", by=a_moderator())
    merge_idea(Idea.objects.get(pk=duplicate.pk), canonical, reason=WHY, by=owner, silent=True)
    mail.outbox.clear()
    digest()
    [letter] = [letter for letter in mail.outbox if letter.to == [reader.email]]
    assert kept.title in letter.body and hidden.title not in letter.body and duplicate.title not in letter.body


def test_a_name_added_by_a_change_is_told_to_who_has_not_heard_of_the_comment():
    idea, other = an_idea(author=a_member(nickname="Maëlle")), a_member(nickname="Thomas")
    a_comment(idea, author=other)
    unheard = choose(Topic.COMMENTS, inbox=False, mail=Rhythm.NEVER, by=other)
    said = comment_on(idea, body="Bonne idée.", by=a_member())
    work()
    assert unheard is None and [note.kind for note in told(idea.author)] == ["comment_posted"] and told(other) == []
    edit_comment(said, body="Bonne idée, @Maëlle et @Thomas.", by=said.author)
    work()
    assert [note.kind for note in told(idea.author)] == ["comment_posted"]
    assert [note.kind for note in told(other)] == ["mentioned"]


def test_who_asked_for_silence_is_not_told_that_they_are_named():
    named = a_member(nickname="Maëlle")
    idea = an_idea(author=named)
    unfollow(idea, by=named)
    comment_on(idea, body="Merci @Maëlle.", by=a_member())
    work()
    assert told(named) == []


def test_author_who_votes_follows_comments_and_was_merged_in_hears_of_a_comment_once():
    owner, all_at_once = a_product_owner(), a_member(nickname="Maëlle")
    canonical, duplicate = an_idea(), an_idea(author=all_at_once)
    cast_vote(canonical, by=all_at_once)
    follow(canonical, by=all_at_once)
    a_comment(canonical, author=all_at_once)
    merge_idea(duplicate, canonical, reason=WHY, by=owner)
    work()
    Notification.objects.all().delete()
    comment_on(Idea.objects.get(pk=canonical.pk), body="Et vous, @Maëlle ?", by=a_member())
    work()
    assert len(told(all_at_once)) == 1


def test_one_follows_by_commenting_by_voting_and_by_hand():
    idea = an_idea()
    voter, commenter, follower, stranger = (a_member() for _n in range(4))
    cast_vote(idea, by=voter)
    comment_on(idea, body="Je la veux.", by=commenter)
    follow(idea, by=follower)
    move_idea(idea, "under_review", reason="Nous étudions votre idée.", by=a_product_owner())
    work()
    assert all(len(told(member, "idea_moved")) == 1 for member in (idea.author, voter, commenter, follower))
    assert told(stranger) == []


def test_link_of_the_notification_leads_to_the_comment(client):
    idea = an_idea()
    said = comment_on(idea, body="Un mot.", by=a_member())
    work()
    url = present(told(idea.author), idea.author)[0].said.url
    assert url.endswith(f"?comment={said.public_id}#comment-{said.public_id}")
    assert f'id="comment-{said.public_id}"' in client.get(url).content.decode()


# nothing of what is gone


def test_digest_groups_by_idea_newest_first_with_the_comments_text():
    author = a_member()
    older, newer = (
        an_idea(author=author, title="La plus ancienne des deux"),
        an_idea(author=author, title="La plus récente des deux"),
    )
    for idea, body in ((older, "Premier mot."), (newer, "Deuxième mot."), (older, "Dernier mot.")):
        comment_on(idea, body=body, by=a_member())
    work()
    wants(author, Topic.REPLIES, Rhythm.DAILY)
    for minutes, note in enumerate(reversed(told(author))):
        Notification.objects.filter(pk=note.pk).update(created_at=timezone.now() - timedelta(minutes=60 + minutes))
    queue_digests(Rhythm.DAILY, timezone.now())
    work()
    [message] = mail.outbox
    text = message.body
    assert text.count("La plus ancienne des deux") == text.count("La plus récente des deux") == 1
    assert text.index("Dernier mot.") < text.index("Premier mot.") < text.index("Deuxième mot.")
    html = message.alternatives[0][0]
    assert all(body in html for body in ("Dernier mot.", "Premier mot.", "Deuxième mot."))


def _hide(comment):
    hide_comment(comment, reason="Ce texte nomme un conseiller.", by=a_moderator())


def _delete(comment):
    delete_comment(comment, by=comment.author)


def _hide_idea(comment):
    hide_idea(comment.idea, reason="Ce texte nomme un conseiller.", by=a_moderator())


def _merge(comment):
    merge_idea(comment.idea, an_idea(), reason=WHY, by=a_product_owner(), silent=True)


def _hold(comment):
    Comment.objects.filter(pk=comment.pk).update(visibility="held")


def _hold_idea(comment):
    Idea.objects.filter(pk=comment.idea_id).update(visibility="held")


@pytest.mark.parametrize("rhythm", [Rhythm.DAILY, Rhythm.WEEKLY, Rhythm.NOW])
@pytest.mark.parametrize("happens", [_hide, _delete, _hide_idea, _merge, _hold, _hold_idea])
def test_mail_that_waited_says_nothing_of_what_is_gone_meanwhile(happens, rhythm):
    from notifications.domain.mailing import mail_at_once

    idea = an_idea()
    wants(idea.author, Topic.REPLIES, rhythm)
    said = comment_on(idea, body="Un secret de trop.", by=a_member())
    from notifications.handlers.ideas import tell_comment

    tell_comment(said.pk, None)
    assert len(told(idea.author)) == 1
    happens(said)
    if rhythm == Rhythm.NOW:
        mail_at_once(f"comment:{said.pk}", [idea.author_id])
    else:
        Notification.objects.update(created_at=timezone.now() - timedelta(hours=1))
        queue_digests(rhythm, timezone.now())
        work()
    heard = [message.body for message in mail.outbox if idea.author.email in message.to]
    assert not any("Un secret" in body or "commente" in body for body in heard)


def test_a_changed_comment_is_mailed_as_it_is_now():
    idea = an_idea()
    said = comment_on(idea, body="Ma banque est nulle.", by=a_member())
    work()
    edit_comment(said, body="Je suis déçu.", by=said.author)
    digest()
    [message] = mail.outbox
    assert "Je suis déçu." in message.body and "nulle" not in message.body


def test_an_answer_taken_back_or_replaced_and_a_step_undone_are_not_mailed_late():
    owner, follower = a_product_owner(), a_member()
    idea = an_idea()
    follow(idea, by=follower)
    wants(follower, Topic.FOLLOWED_IDEA, Rhythm.DAILY)
    first = answer_officially(idea, body="Première réponse, trop tôt.", by=owner)
    move = move_idea(idea, "under_review", reason="Nous étudions votre idée.", by=owner)
    from notifications.handlers.ideas import tell_answer, tell_move

    tell_answer(first.pk, None)
    tell_move(move.pk, None)
    undo_move(move, by=owner)
    answer_officially(idea, body="Seconde réponse, la bonne.", by=owner)
    digest()
    [message] = mail.outbox
    assert "Seconde réponse" in message.body and "Première réponse" not in message.body
    assert "étudions" not in message.body
    mail.outbox.clear()
    last = answer_officially(idea, body="Troisième réponse, retirée.", by=owner)
    tell_answer(last.pk, None)
    undo_answer(last, by=owner)
    digest()
    assert mail.outbox == []


def test_words_are_in_the_language_of_each_reader():
    idea = an_idea(author=a_member(language="en"))
    follower = a_member()
    follow(idea, by=follower)
    for member in (idea.author, follower):
        wants(member, Topic.REPLIES, Rhythm.NOW)
    comment_on(idea, body="Oui.", by=a_member(nickname="Yann"))
    work()
    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert "Yann comments on your idea" in subjects[idea.author.email]
    assert "Yann commente une idée que vous suivez" in subjects[follower.email]
