from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone, translation

from core.errors import DomainError
from core.privacy import holdings
from members.domain.erasing import erase
from notifications.context import bell
from notifications.domain.presenting import grouped, present
from notifications.domain.reading import forget_old, mark_all_read, mark_read, opened
from notifications.models import Notification, Preference
from tests.factories.ideas import an_idea
from tests.factories.members import a_member
from tests.factories.notifications import a_notification
from tests.factories.polls import a_decided_poll

pytestmark = pytest.mark.django_db


def test_own_notifications_are_marked_read_and_others_are_not():
    mine, theirs = a_notification(), a_notification()
    assert mark_read([mine.public_id, theirs.public_id, "unknown"], by=mine.member) == 1
    theirs.refresh_from_db()
    assert theirs.is_unread
    assert mark_all_read(by=theirs.member) == 1
    with pytest.raises(DomainError):
        mark_read([mine.public_id], by=AnonymousUser())


def test_opening_marks_it_and_what_came_before_on_the_same_subject():
    member, poll = a_member(), a_decided_poll()
    older = a_notification(member, poll=poll, created_at=timezone.now() - timedelta(days=1))
    note, other = a_notification(member, poll=poll), a_notification(member)
    opened(note.public_id, by=member)
    unread = set(Notification.objects.filter(member=member, read_at=None).values_list("pk", flat=True))
    assert unread == {other.pk}
    assert older.pk not in unread
    with pytest.raises(DomainError):
        opened(note.public_id, by=a_member())


def test_words_are_in_the_readers_language_and_lead_to_its_pages():
    note = a_notification()
    with translation.override("fr"):
        [french] = present([note], note.member)
    with translation.override("en"):
        [english] = present([note], note.member)
    assert (french.said.lead, english.said.lead) == (
        "La banque a décidé, et dit pourquoi",
        "The bank has decided, and says why",
    )
    assert french.said.url.startswith("/sondages/")
    assert english.said.url.startswith("/en/polls/")


def test_what_was_hidden_since_is_not_shown():
    idea = an_idea(visibility="hidden")
    note = a_notification(kind="idea_moved", subject_type="idea", subject_id=idea.pk, payload={"to": "planned"})
    [shown] = present([note], note.member)
    assert shown.is_gone
    assert idea.title not in f"{shown.said}"


def test_inbox_groups_by_day_then_by_subject():
    member, poll, now = a_member(), a_decided_poll(), timezone.now()
    for days in (0, 0, 2, 30):
        a_notification(member, poll=poll, created_at=now - timedelta(days=days))
    a_notification(member)
    with translation.override("fr"):
        groups = grouped(present(Notification.objects.inbox_of(member), member))
    assert [group.label for group in groups] == ["Aujourd’hui", "Cette semaine", "Plus tôt"]
    assert [len(thread.others) for thread in groups[0].threads] == [0, 1]


def test_bell_counts_what_is_unread_and_shown_in_the_lab(rf, django_assert_num_queries):
    member = a_member()
    a_notification(member)
    a_notification(member, read_at=timezone.now())
    a_notification(member, in_inbox=False)
    request = rf.get("/")
    request.user = member
    with django_assert_num_queries(1):
        count = bell(request)["unread_count"]
        assert (count(), count()) == (1, 1)
    request.user = AnonymousUser()
    with django_assert_num_queries(0):
        assert bell(request)["unread_count"]() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_costs_the_same_whatever_it_holds(client, django_assert_num_queries, count):
    member = a_member()
    for _number in range(count):
        a_notification(member)
    client.force_login(member)
    client.get(reverse("notifications:inbox"))
    # session, member, page of rows, unread, polls, bell
    with django_assert_num_queries(6):
        assert client.get(reverse("notifications:inbox")).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_api_costs_the_same_whatever_it_holds(client, django_assert_num_queries, settings, count):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}  # throttling's own
    member = a_member()
    for _number in range(count):
        a_notification(member)
    client.force_login(member)
    # session, member, page of rows, polls
    with django_assert_num_queries(4):
        assert len(client.get("/api/v1/notifications/").json()["results"]) == count


def test_after_a_year_they_go():
    old, young = a_notification(created_at=timezone.now() - timedelta(days=366)), a_notification()
    forget_old()
    assert list(Notification.objects.all()) == [young]
    assert old.pk


def test_own_data_are_exported_and_erased_with_the_member():
    note = a_notification()
    member = note.member
    Preference.objects.create(member=member, topic="polls", mail="never")
    assert holdings["notifications.Notification"].export(member)[0]["kind"] == "poll_decided"
    assert holdings["notifications.Preference"].export(member)[0]["topic"] == "polls"
    erase(member, by=member)
    assert not Notification.objects.filter(member=member).exists()
    assert not Preference.objects.filter(member=member).exists()
