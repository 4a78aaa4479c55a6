from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone, translation

from board.domain.publishing import publish_quarter
from core.models import Event
from ideas.domain.moderating import hide_idea
from ideas.domain.voting import cast_vote
from ideas.states import State
from notifications.domain.digesting import queue_digests
from notifications.domain.preferring import choose
from notifications.domain.presenting import present
from notifications.handlers.board import tell_decisions
from notifications.models import Notification
from notifications.states import Rhythm, Topic
from tests.factories.board import WHY, a_quarter, an_item, freeze
from tests.factories.ideas import an_idea
from tests.factories.members import a_board_chair, a_member, a_moderator

from .working import told, work

pytestmark = pytest.mark.django_db


def test_people_of_a_decided_idea_hear_of_it_once_and_other_members_of_the_minutes():
    quarter, voter, other = a_quarter(), a_member(), a_member()
    planned, put_off = an_idea(state=State.CANDIDATE), an_idea(state=State.CANDIDATE)
    cast_vote(planned, by=voter)
    an_item(quarter, ideas=[planned], column="this_quarter", reason=WHY)
    an_item(quarter, ideas=[put_off], column="later", reason=WHY)
    publish_quarter(freeze(quarter), by=a_board_chair())
    work()
    assert [note.kind for note in told(voter)] == ["idea_moved"]
    assert [note.kind for note in told(other)] == ["quarter_published"]
    [news] = told(put_off.author)
    with translation.override("fr"):
        assert present([news], put_off.author)[0].said.lead == "Le comité remet votre idée à plus tard"


def test_who_published_and_the_staff_are_not_told_of_the_minutes():
    quarter, chair = a_quarter(), a_board_chair()
    publish_quarter(freeze(quarter), by=chair)
    work()
    assert told(chair) == []


def two_decided(author=None):
    """A quarter ready to be signed that decides on two ideas."""
    quarter, author = a_quarter(), author or a_member()
    first = an_idea(state=State.CANDIDATE, author=author, title="Une carte que l’on met en pause")
    second = an_idea(state=State.CANDIDATE, title="Un relevé que l’on comprend")
    an_item(quarter, ideas=[first], column="this_quarter", reason=WHY)
    an_item(quarter, ideas=[second], column="not_retained", reason="Nous préférons vous le dire clairement.")
    return freeze(quarter), first, second


def test_who_has_several_ideas_in_a_quarter_gets_one_message_with_all_of_them():
    quarter, first, second = two_decided()
    both, one = a_member(), a_member()
    for member, ideas in ((both, (first, second)), (first.author, (second,)), (one, (second,))):
        for idea in ideas:
            cast_vote(idea, by=member)
    publish_quarter(quarter, by=a_board_chair())
    work()
    for member, topic in ((both, "followed_idea"), (first.author, "my_idea")):
        [note] = told(member)
        assert (note.kind, note.topic) == ("quarter_decisions", topic)
    assert [note.kind for note in told(one)] == ["idea_moved"]
    [message] = [message for message in mail.outbox if message.to == [both.email]]
    for text in (message.body, message.alternatives[0][0]):
        assert first.title in text and second.title in text and "clairement" in text
    assert "2 idées que vous suivez" in message.subject


def test_the_message_of_a_quarter_says_nothing_of_an_idea_that_was_hidden_since():
    quarter, first, second = two_decided()
    both = a_member()
    for idea in (first, second):
        cast_vote(idea, by=both)
    choose(Topic.FOLLOWED_IDEA, inbox=True, mail=Rhythm.DAILY, by=both)
    publish_quarter(quarter, by=a_board_chair())
    work()
    hide_idea(second, reason="Ce texte nomme un conseiller.", by=a_moderator())
    with translation.override("fr"):
        [note] = present(told(both), both)
        assert [line.title for line in note.said.lines] == [first.title]
        assert second.title not in note.said.body
        hide_idea(first, reason="Ce texte nomme un conseiller.", by=a_moderator())
        assert present(told(both), both)[0].is_gone
    mail.outbox.clear()
    Notification.objects.update(created_at=timezone.now() - timedelta(hours=1))
    queue_digests(Rhythm.DAILY, timezone.now())
    work()
    assert not any(message.to == [both.email] for message in mail.outbox)


def test_telling_a_quarter_costs_the_same_for_one_person_as_for_many(django_assert_max_num_queries):
    quarter, first, second = two_decided()
    for _n in range(30):
        member = a_member()
        for idea in (first, second):
            cast_vote(idea, by=member)
    publish_quarter(quarter, by=a_board_chair())
    event = Event.objects.get(name="QuarterPublished")
    with django_assert_max_num_queries(40):
        tell_decisions(quarter.pk, str(event.pk))
    assert Notification.objects.filter(kind="quarter_decisions").count() == 30
    tell_decisions(quarter.pk, str(event.pk))
    assert Notification.objects.filter(kind="quarter_decisions").count() == 30
