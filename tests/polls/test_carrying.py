"""What a visitor answered, words too, comes with them through the sign-in, and waits there to be submitted."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session

from polls.models import Ballot
from tests.factories.members import PASSWORD, a_member
from tests.factories.polls import a_question, an_open_poll, options_of

pytestmark = pytest.mark.django_db
CARD = "4111 1111 1111 1111"
LONG = "".join(chr(0x4E00 + n * 37 % 20_000) for n in range(1000))  # a thousand characters that hardly compress
KEPT, CUT = "Votre réponse est gardée\u00a0: il reste à la déposer.", "Une partie de votre réponse était trop longue"


def a_poll(**fields):
    options = ["Espèces", "Voyage", {"text": "Autre", "is_other": True}]
    return an_open_poll(questions=[a_question(options, comments=True)], **fields)


def answer(client, poll, *, option=2, other="Un vélo", comment="Merci d’avance", **headers):
    question = poll.questions.get().public_id
    sent = {
        "options": options_of(poll)[option : option + 1] if option is not None else [],
        f"other-{question}": other,
        f"comment-{question}": comment,
    }
    return client.post(f"/sondages/{poll.public_id}/bulletin/", sent, headers=headers)


def read(client, poll) -> str:
    return client.get(poll.get_absolute_url()).content.decode()


def test_words_come_through_the_real_door_and_are_told_to_be_still_to_submit(client):
    poll, member = a_poll(), a_member(password=PASSWORD)
    assert "Me connecter pour déposer mon bulletin" in read(client, poll)
    door = answer(client, poll).headers["Location"]
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    before = client.session.session_key
    entered = client.post(door, {"login": member.email, "password": PASSWORD})
    assert entered.headers["Location"] == poll.get_absolute_url()
    assert client.session.session_key != before
    page = read(client, poll)
    assert f'value="{options_of(poll)[2]}" checked' in page
    assert 'value="Un vélo"' in page and ">Merci d’avance</textarea>" in page
    assert KEPT in page and "Déposer mon bulletin" in page
    assert not Ballot.objects.exists()
    assert client.cookies["ballot"].value == ""
    assert KEPT not in read(client, poll)


def test_a_fragment_sends_the_words_to_the_door_too(client):
    poll = a_poll()
    sent = answer(client, poll, **{"HX-Request": "true"})
    assert sent.headers["HX-Redirect"].startswith("/compte/connexion/")
    client.force_login(a_member())
    assert 'value="Un vélo"' in read(client, poll)


def test_words_stand_in_no_session_and_the_cookie_ends_by_itself(client):
    poll = a_poll()
    answer(client, poll)
    cookie = client.cookies["ballot"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 900)
    assert not Session.objects.exists()


def test_words_the_shield_refuses_are_refused_before_the_door_and_in_no_cookie(client):
    poll = a_poll()
    page = answer(client, poll, comment=f"Ma carte est la {CARD}, merci")
    assert page.status_code == 400
    assert "ballot" not in client.cookies
    said = page.content.decode()
    assert CARD not in said and "••••" in said and 'value="Un vélo"' in said


def test_a_telephone_is_masked_on_the_way_as_it_would_be_in_a_ballot(client):
    poll = a_poll()
    answer(client, poll, comment="Appelez le 06 12 34 56 78")
    client.force_login(a_member())
    page = read(client, poll)
    assert "Appelez le ••••" in page and "06 12 34 56 78" not in page


def test_what_is_too_long_for_a_cookie_is_told_and_the_choices_are_kept(client):
    poll = a_poll()
    answer(client, poll, comment=LONG)
    client.force_login(a_member())
    page = read(client, poll)
    assert CUT in page and KEPT not in page
    assert f'value="{options_of(poll)[2]}" checked' in page


def test_another_poll_says_nothing_of_it_and_takes_nothing_away(client):
    poll, other = a_poll(), a_poll()
    answer(client, poll)
    client.force_login(a_member())
    assert KEPT not in read(client, other)
    assert KEPT in read(client, poll)


def test_who_has_voted_before_finds_the_new_answer_unfolded(client):
    poll, member = a_poll(), a_member()
    client.force_login(member)
    answer(client, poll, option=0, other="", comment="")
    client.logout()
    answer(client, poll)
    client.force_login(member)
    page = read(client, poll)
    assert KEPT in page
    assert '<details class="disclose" open><summary>Changer ma réponse' in page


def test_nothing_is_said_to_be_kept_where_nothing_was_answered_or_nothing_can_be_submitted(client):
    poll = a_poll()
    answer(client, poll, other="", comment=" ", option=None)
    assert "ballot" not in client.cookies
    a_member(kind="prospect")
    closed_to_me = a_poll(kinds=["prospect"])
    answer(client, closed_to_me)
    assert KEPT not in read(client, closed_to_me), "not signed in yet"
    client.force_login(a_member(kind="customer"))
    assert KEPT not in read(client, closed_to_me)
