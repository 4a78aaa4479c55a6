"""A ballot is changed so often a minute and no more, on the site and by the API together; what was chosen stays on the page."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from core.models import Event
from polls.domain.voting import cast_ballot
from polls.models import Ballot
from tests.factories.members import a_member
from tests.factories.polls import an_open_poll, options_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_cache(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pacing"}}
    settings.LAB = settings.LAB | {"BALLOT_CHANGES_PER_MINUTE": 2}
    yield
    cache.clear()


@pytest.fixture
def member(client):
    member = a_member()
    client.force_login(member)
    return member


def by_api(client, poll, place, **headers):
    return client.put(
        f"/api/v1/polls/{poll.public_id}/ballot/", {"options": [options_of(poll)[place]]},
        content_type="application/json", headers=headers,
    )  # fmt: skip


def on_page(client, poll, place, *, back="", **headers):
    sent = {"options": options_of(poll)[place], "next": back}
    return client.post(f"/sondages/{poll.public_id}/bulletin/", sent, headers=headers)


def kept(poll):
    [[option]] = Ballot.objects.get(poll=poll).choices.values()
    return options_of(poll).index(option)


def test_changes_on_the_site_and_by_the_api_have_one_pace(client, member):
    poll = an_open_poll()
    assert on_page(client, poll, 0).status_code == 302
    assert on_page(client, poll, 1).status_code == 302
    assert by_api(client, poll, 2).status_code == 200
    assert on_page(client, poll, 0).status_code == 429
    refused = by_api(client, poll, 0)
    assert (refused.status_code, refused.json()["code"], refused.headers["Retry-After"]) == (429, "too_many", "60")
    assert kept(poll) == 2
    assert Event.objects.filter(name="BallotCast").count() == 3


@pytest.mark.parametrize(("language", "words"), [("fr", "plusieurs fois"), ("en", "many times in a minute")])
def test_refused_change_is_told_in_words(client, member, language, words):
    poll = an_open_poll()
    for place in (0, 1, 2):
        by_api(client, poll, place)
    assert words in by_api(client, poll, 0, **{"Accept-Language": language}).json()["detail"]


def test_page_says_why_and_keeps_what_was_chosen(client, member):
    poll = an_open_poll()
    for place in (0, 1, 2):
        on_page(client, poll, place)
    page = on_page(client, poll, 0)
    text = page.content.decode()
    assert page.headers["Retry-After"] == "60"
    assert 'role="alert"' in text and "Votre dernier bulletin reste valable" in text
    chosen = text[: text.index(" checked")].rpartition("<input")[2]
    assert f'value="{options_of(poll)[0]}"' in chosen and text.count(" checked") == 1
    assert kept(poll) == 2


def test_ballot_in_another_page_says_so_in_its_place(client, member):
    poll = an_open_poll()
    for place in (0, 1, 2):
        on_page(client, poll, place)
    piece = on_page(client, poll, 0, back="/", **{"HX-Request": "true"})
    assert (piece.status_code, piece.headers["Retry-After"]) == (429, "60")
    assert "<html" not in piece.content.decode() and 'role="alert"' in piece.content.decode()


def test_first_ballots_and_repeated_ones_are_no_changes(client, member):
    polls = [an_open_poll() for _ in range(4)]
    for poll in polls:
        assert {by_api(client, poll, 0, **{"Idempotency-Key": "k-1"}).status_code for _ in range(3)} == {200}
        assert {by_api(client, poll, 0).status_code for _ in range(3)} == {200}


def test_changes_in_several_polls_are_counted_together_and_each_member_s_apart(client, member):
    polls = [an_open_poll() for _ in range(3)]
    for poll in polls:
        by_api(client, poll, 0)
    assert [by_api(client, poll, 1).status_code for poll in polls] == [200, 200, 429]
    other = a_member()
    for place in (0, 1):
        cast_ballot(polls[0].public_id, options_of(polls[0])[place : place + 1], by=other)


def test_a_minute_later_one_may_go_on(client, member):
    poll = an_open_poll()
    for place in (0, 1, 2, 0):
        by_api(client, poll, place)
    assert kept(poll) == 2
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        client.force_login(member)
        assert by_api(client, poll, 0).status_code == 200
