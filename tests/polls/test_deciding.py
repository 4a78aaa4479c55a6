from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from core.errors import ImpossibleMove, Invalid, NotAllowed
from core.models import Event
from core.shield import PrivateData
from notifications.domain.mailing import letter_of
from notifications.domain.presenting import present
from notifications.domain.previewing import NO_LINK
from notifications.models import Notification
from polls.domain.closing import close
from polls.domain.deciding import decide, letters_of, participants_of
from polls.domain.voting import cast_ballot
from polls.models import Poll
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_closed_poll, a_question, an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db
TEXT = "Nous lançons les frais offerts au printemps, car vous y tenez."


def test_decision_is_signed_and_published():
    owner = a_product_owner()
    poll = decide(a_closed_poll(by=owner), TEXT, by=owner)
    assert (poll.state, poll.decision, poll.decided_by) == ("decided", TEXT, owner)
    assert Event.objects.filter(name="PollDecided", payload={"poll_id": poll.pk}).count() == 1


def test_who_took_part_is_told_and_nobody_else():
    poll = an_open_poll()
    voters = votes(poll, 0, customers=2)
    a_member()
    voters[0].is_active = False
    voters[0].save()
    assert list(participants_of(poll)) == [voters[1]]


def test_open_poll_is_not_decided():
    owner = a_product_owner()
    with pytest.raises(ImpossibleMove):
        decide(an_open_poll(by=owner), TEXT, by=owner)


def test_poll_whose_hour_has_come_can_be_decided_before_the_job_ran():
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    with time_machine.travel(poll.closes_at + timedelta(seconds=1)):
        assert decide(poll, TEXT, by=owner).state == "decided"
    assert Event.objects.filter(name="PollClosed").count() == 1


def test_decision_is_made_once():
    owner = a_product_owner()
    poll = decide(a_closed_poll(by=owner), TEXT, by=owner)
    with pytest.raises(ImpossibleMove):
        decide(poll, TEXT, by=owner)


@pytest.mark.parametrize(("text", "code"), [("Oui.", "too_short"), ("x" * 4001, "too_long")])
def test_decision_says_enough_and_not_too_much(text, code):
    owner = a_product_owner()
    with pytest.raises(Invalid) as refused:
        decide(a_closed_poll(by=owner), text, by=owner)
    assert (refused.value.code, refused.value.field) == (code, "decision")


def test_decision_holds_no_account_number():
    owner = a_product_owner()
    with pytest.raises(PrivateData):
        decide(a_closed_poll(by=owner), TEXT + " FR14 2004 1010 0505 0001 3M02 606", by=owner)


def test_members_decide_nothing():
    with pytest.raises(NotAllowed):
        decide(a_closed_poll(), TEXT, by=a_member())


def test_letter_is_read_before_it_is_published_in_both_languages_and_stores_nothing():
    owner = a_product_owner()
    poll = a_closed_poll(by=owner)
    french, english = letters_of(poll, f"  {TEXT}  ", by=owner)
    assert (french.language, french.lead) == ("fr", "La banque a décidé, et dit pourquoi")
    assert (english.language, english.lead) == ("en", "The bank has decided, and says why")
    for letter in (french, english):
        assert (letter.title, letter.body) == (poll.title, TEXT)
        assert poll.title in letter.subject and TEXT in letter.text and owner.nickname in letter.text
    assert Poll.objects.get().state == "closed" and not Poll.objects.get().decision
    assert not Event.objects.filter(name="PollDecided").exists() and poll.state == "closed"


def test_mail_that_leaves_is_the_one_that_was_shown():
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=1)
    close(poll, by=owner)
    shown = letters_of(Poll.objects.get(), TEXT, by=owner)[0]
    decide(Poll.objects.get(), TEXT, by=owner)
    row = Notification(member=owner, kind="poll_decided", topic="polls", subject_type="poll", subject_id=poll.pk)
    with translation.override("fr"):
        sent = letter_of(present([row])[0])
        assert (sent.subject, sent.text(NO_LINK)) == (shown.subject, shown.text)


@pytest.mark.parametrize("text", ["", "Trop court.", "x" * 4001])
def test_letter_that_could_not_be_published_is_not_shown(text):
    owner = a_product_owner()
    with pytest.raises(Invalid):
        letters_of(a_closed_poll(by=owner), text, by=owner)


def test_members_and_open_polls_have_no_letter_to_read():
    with pytest.raises(NotAllowed):
        letters_of(a_closed_poll(), TEXT, by=a_member())
    owner = a_product_owner()
    with pytest.raises(ImpossibleMove):
        letters_of(an_open_poll(by=owner), TEXT, by=owner)


def test_page_of_the_decision_is_laid_out_by_question_and_shows_the_letter_without_sending_it(client):
    owner = a_product_owner()
    first = a_question(("Rennes", "Brest"), text="Dans quelle ville ?")
    second = a_question(("Midi", "Soir"), text="À quelle heure ?")
    poll = an_open_poll(by=owner, questions=[first, second])
    rennes, brest, noon, evening = options_of(poll)
    for language in ["fr"] * 20 + ["en"]:
        cast_ballot(poll.public_id, [rennes, evening], by=a_member(language=language))
    close(poll, by=owner)
    client.force_login(owner)
    address = reverse("polls_studio:decide", args=[poll.public_id])
    page = client.get(address).content.decode()
    assert ": Rennes, 100" in page and ": Soir, 100" in page
    assert (
        page.index("Dans quelle ville")
        < page.index(f'value="{brest}"')
        < page.index("À quelle heure")
        < page.index(noon)
    )
    assert "Ce qu’ils liront" not in page
    shown = client.post(address, {"decision": TEXT, "retained": evening, "preview": "1"})
    page = shown.content.decode()
    assert shown.status_code == 200 and f'value="{evening}" checked' in page and TEXT in page
    assert "20 personnes" in page and "1 personne<" in page and 'lang="en"' in page
    assert "Hello" in page and "Bonjour" in page
    assert Poll.objects.get().state == "closed"
    short = client.post(address, {"decision": "Trop court.", "preview": "1"})
    assert (short.status_code, "Trop court." in short.content.decode()) == (400, True)
    client.post(address, {"decision": TEXT, "retained": evening})
    page = client.get(address).content.decode()
    assert page.index(": Soir, 100") < page.index("<b>Soir</b>")
    assert Poll.objects.get().retained.public_id == evening
