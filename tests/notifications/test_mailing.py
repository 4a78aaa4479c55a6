import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from notifications.domain.mailing import mail_at_once
from notifications.domain.preferring import choose, stop_mail
from notifications.models import Notification
from notifications.states import Rhythm, Topic
from tests.factories.members import a_member
from tests.factories.notifications import a_notification
from tests.factories.polls import a_decided_poll

pytestmark = pytest.mark.django_db


def send(*notes):
    mail_at_once(notes[0].dedupe_key, [note.member_id for note in notes])


def to_send(member=None, **fields):
    fields.setdefault("dedupe_key", "poll:1")
    return a_notification(member, mail=Rhythm.NOW, **fields)


def test_mail_says_what_happened_in_words_and_in_html_with_a_link_to_the_site(settings):
    settings.SITE_URL = "https://lab.example/"
    note = to_send(a_member(nickname="Maëlle R."))
    send(note)
    [message] = mail.outbox
    assert message.subject == (
        "La banque a décidé, et dit pourquoi : « Quel cadeau vous ferait vraiment plaisir ? »".replace(" :", "\xa0:")
        .replace("« ", "«\xa0")
        .replace(" »", "\xa0»")
    )
    html = message.alternatives[0][0]
    for text in (message.body, html):
        assert "Bonjour Maëlle R.," in text
        assert "Nous lançons les frais offerts au printemps." in text
        assert "https://lab.example/sondages/" in text
    assert 'lang="fr"' in html
    assert "<script" not in html and "<img" not in html


def test_each_is_written_to_in_their_own_language():
    poll = a_decided_poll()
    french, english = to_send(poll=poll), to_send(a_member(language="en"), poll=poll)
    send(french, english)
    subjects = {message.to[0]: message.subject for message in mail.outbox}
    assert subjects[french.member.email].startswith("La banque a décidé")
    assert subjects[english.member.email].startswith("The bank has decided")
    bodies = {message.to[0]: message.body for message in mail.outbox}
    assert "/en/polls/" in bodies[english.member.email]


def test_message_id_is_the_same_if_it_is_sent_again_and_differs_between_members():
    poll = a_decided_poll()
    notes = [to_send(poll=poll), to_send(poll=poll)]
    send(*notes)
    Notification.objects.update(mailed_at=None)  # as a worker leaves it that dies right after sending
    send(*notes)
    ids = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert ids[:2] == ids[2:]
    assert len(set(ids)) == 2


def test_mail_is_sent_once():
    note = to_send()
    send(note)
    send(note)
    assert len(mail.outbox) == 1
    note.refresh_from_db()
    assert note.mailed_at


def test_who_stopped_mail_meanwhile_gets_none():
    note = to_send()
    stop_mail(note.member, Topic.POLLS)
    send(note)
    assert mail.outbox == []


def test_who_left_meanwhile_gets_none():
    note = to_send()
    note.member.is_active = False
    note.member.save()
    send(note)
    assert mail.outbox == []


def test_what_can_no_longer_be_read_is_not_mailed():
    note = to_send(subject_type="idea", subject_id=999_999)
    send(note)
    assert mail.outbox == []
    assert Notification.objects.to_mail(Rhythm.NOW).count() == 0


class OneRefused(EmailBackend):
    def send_messages(self, messages):
        if "refused" in messages[0].to[0]:
            raise smtplib.SMTPRecipientsRefused({})
        return super().send_messages(messages)


def test_address_that_is_refused_does_not_keep_the_others_from_their_mail(settings):
    settings.EMAIL_BACKEND = "tests.notifications.test_mailing.OneRefused"
    poll = a_decided_poll()
    notes = [to_send(a_member(email="refused@example.org"), poll=poll), to_send(poll=poll)]
    for _attempt in range(2):
        with pytest.raises(smtplib.SMTPException):
            send(*notes)
    assert [message.to for message in mail.outbox] == [[notes[1].member.email]]


def test_mail_carries_the_one_click_way_out():
    note = to_send()
    send(note)
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = headers["List-Unsubscribe"].strip("<>")
    assert link in mail.outbox[0].body
    assert link in mail.outbox[0].alternatives[0][0]


def test_what_the_law_asks_for_has_no_way_out():
    note = to_send(topic=Topic.REMOVAL)
    send(note)
    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_wish_decides_what_is_mailed_and_when():
    from notifications.domain.telling import News, only, tell

    member, poll = a_member(), a_decided_poll()
    choose(Topic.POLLS, inbox=False, mail=Rhythm.WEEKLY, by=member)
    tell(only(member.pk), News("poll_decided", Topic.POLLS, "k", "poll", poll.pk))
    note = Notification.objects.get(dedupe_key="k")
    assert (note.in_inbox, note.mail) == (False, Rhythm.WEEKLY)
    choose(Topic.POLLS, inbox=False, mail=Rhythm.NEVER, by=member)
    tell(only(member.pk), News("poll_decided", Topic.POLLS, "l", "poll", poll.pk))
    assert not Notification.objects.filter(dedupe_key="l").exists()
