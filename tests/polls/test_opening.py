from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone, translation

from core.errors import ImpossibleMove, Invalid, NotAllowed
from core.models import Event
from polls.domain.opening import audience_of, faults_of, open_due, open_now, schedule, unschedule
from polls.models import Poll
from polls.permissions import audience_in_words
from tests.factories.members import a_member, a_product_owner, an_auditor
from tests.factories.polls import a_draft, an_open_poll

pytestmark = pytest.mark.django_db


def test_opening_counts_the_audience_and_says_so():
    a_member(kind="prospect"), a_member(kind="customer"), a_product_owner()
    poll = an_open_poll(kinds=["prospect"])
    assert poll.is_open
    assert poll.audience_size == 1
    assert Event.objects.filter(name="PollOpened", payload={"poll_id": poll.pk}).count() == 1


def test_only_product_owners_open():
    with pytest.raises(NotAllowed):
        open_now(a_draft(), by=an_auditor())


def test_what_keeps_a_poll_from_opening_is_said():
    owner = a_product_owner()
    draft = a_draft(by=owner, options=["Oui", "oui"], closes_at=None, segments=["student"])
    assert [code for code, _ in faults_of(draft)] == ["same_options", "bad_dates", "no_audience"]
    with pytest.raises(Invalid) as refused:
        open_now(draft, by=owner)
    assert refused.value.code == "same_options"


def test_poll_with_one_option_does_not_open():
    owner = a_product_owner()
    assert ("too_few_options") in dict(faults_of(a_draft(by=owner, options=["Oui"])))


def test_open_poll_is_not_opened_again():
    owner = a_product_owner()
    with pytest.raises(ImpossibleMove):
        open_now(an_open_poll(by=owner), by=owner)


def test_scheduled_poll_opens_once_by_itself():
    a_member()
    owner, hour = a_product_owner(), timezone.now() + timedelta(hours=1)
    poll = schedule(a_draft(by=owner, opens_at=hour), by=owner)
    assert open_due() == 0
    with time_machine.travel(hour, tick=False):
        assert (open_due(), open_due()) == (1, 0)
    assert Event.objects.filter(name="PollOpened").count() == 1
    assert Poll.objects.get().state == "open"
    assert Poll.objects.get().opens_at == poll.opens_at


def test_scheduled_poll_can_go_back_to_draft_before_its_hour_only():
    a_member()
    owner, hour = a_product_owner(), timezone.now() + timedelta(hours=1)
    poll = schedule(a_draft(by=owner, opens_at=hour), by=owner)
    with time_machine.travel(hour, tick=False), pytest.raises(ImpossibleMove):
        unschedule(poll, by=owner)
    assert unschedule(poll, by=owner).state == "draft"


def test_audience_leaves_out_staff_and_who_has_left():
    a_product_owner(), a_member(is_active=False)
    stays = a_member(segment="student")
    assert list(audience_of(a_draft(segments=["student"]))) == [stays]


ALL_FR, ALL_EN = "tous les membres, clients ou non", "all members, customers or not"
YET_FR, YET_EN = "ceux qui ne sont pas encore clients", "people who are not customers yet"


@pytest.mark.parametrize(
    ("kinds", "segments", "days", "french", "english"),
    [
        ([], [], 0, ALL_FR, ALL_EN),
        (["customer", "prospect"], ["private", "professional", "student"], 0, ALL_FR, ALL_EN),
        ([], [], 30, f"{ALL_FR}, inscrits au moins 30 jours avant l’ouverture",
         f"{ALL_EN}, signed up at least 30 days before the opening"),
        (["customer"], [], 0, "clients", "customers"),
        (["customer"], ["student"], 0, "clients qui sont étudiants", "customers who are students"),
        (["customer"], ["student", "professional"], 1,
         "clients qui sont professionnels ou étudiants, inscrits au moins 1 jour avant l’ouverture",
         "customers who are professionals or students, signed up at least 1 day before the opening"),
        (["prospect"], [], 0, YET_FR, YET_EN),
        (["prospect"], ["private"], 0, f"{YET_FR} et sont particuliers", f"{YET_EN} and are private individuals"),
        ([], ["student"], 0, "étudiants", "students"),
        (["prospect", "customer"], ["student", "private"], 0, "particuliers et étudiants", "private individuals and students"),
    ],
)  # fmt: skip
def test_audience_is_told_with_every_condition_as_they_hold_together(kinds, segments, days, french, english):
    poll = a_draft(kinds=kinds, segments=segments, min_account_days=days)
    for code, words in (("fr", french), ("en", english)):
        with translation.override(code):
            assert audience_in_words(poll) == words


def test_poll_for_accounts_of_some_age_says_so_before_the_vote(client):
    a_member(date_joined=timezone.now() - timedelta(days=60))
    poll = an_open_poll(kinds=["customer", "prospect"], min_account_days=30)
    said = "inscrits au moins 30 jours avant l’ouverture"
    assert said in client.get(poll.get_absolute_url()).content.decode()
    assert said in client.get(f"/api/v1/polls/{poll.public_id}/").json()["audience"]["description"]
