from datetime import timedelta

import pytest
from django.utils import timezone

from core.errors import Invalid, NotAllowed
from core.shield import PrivateData
from members.domain.erasing import erase
from polls.domain.reacting import react
from polls.domain.voting import cast_ballot
from polls.domain.writing import Frozen, move_close, write_poll
from polls.models import Option, Poll
from tests.factories.circles import a_circle
from tests.factories.members import a_member, a_moderator, a_product_owner, an_auditor
from tests.factories.polls import a_consultation, a_draft, a_question, a_remark, an_open_poll, options_of, visuals_of

pytestmark = pytest.mark.django_db


def test_product_owner_writes_a_poll():
    owner = a_product_owner()
    poll = a_draft(by=owner, title="Quel cadeau ?", kinds=["prospect"], segments=["student", "private"])
    assert (poll.state, poll.slug, poll.owner) == ("draft", "quel-cadeau", owner)
    assert (poll.kinds, poll.segments) == (("prospect",), ("private", "student"))
    assert Option.objects.count() == 3


@pytest.mark.parametrize("who", [a_member, a_moderator, an_auditor])
def test_others_write_no_poll(who):
    with pytest.raises(NotAllowed):
        a_draft(by=who())


def test_written_anew_an_option_keeps_its_id_and_the_others_go():
    owner = a_product_owner()
    poll = a_draft(by=owner)
    first, second, _third = options_of(poll)
    rows = [{"id": second, "text": "Voyage"}, {"id": first, "text": "80 €"}]
    known = poll.questions.get().public_id
    write_poll(poll, by=owner, title=poll.title, questions=[{"id": known, "options": rows}])
    assert options_of(poll) == [second, first]


def test_first_ballot_freezes_question_options_and_audience():
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    anew = [a_question(["A", "B"])]
    write_poll(poll, by=owner, title="Encore modifiable", questions=anew, closes_at=poll.closes_at)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=a_member())
    with pytest.raises(Frozen) as refused:
        write_poll(poll, by=owner, title="Trop tard", questions=anew)
    assert (refused.value.code, refused.value.status) == ("poll_frozen", 409)
    assert Poll.objects.get().title == "Encore modifiable"


def test_close_can_still_be_put_later():
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=a_member())
    later = poll.closes_at + timedelta(days=2)
    assert move_close(poll, closes_at=later, by=owner, now=timezone.now()).closes_at == later


def test_card_number_in_an_option_is_refused_before_storage():
    with pytest.raises(PrivateData) as refused:
        a_draft(options=["Normale", "Carte 4111 1111 1111 1111"])
    assert refused.value.field == "questions.0.options.1.text"
    assert not Poll.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"intro": "x" * 1201}, "intro"),
        ({"method": "telepathy"}, "questions.0.method"),
        ({"options": ["A", "x" * 121]}, "questions.0.options.1.text"),
        ({"options": [str(number) for number in range(13)]}, "questions.0.options"),
    ],
)
def test_bad_value_is_refused_at_its_field(fields, field):
    with pytest.raises(Invalid) as refused:
        a_draft(**fields)
    assert refused.value.field == field


def test_close_must_come_after_the_opening():
    now = timezone.now()
    with pytest.raises(Invalid) as refused:
        a_draft(opens_at=now + timedelta(days=2), closes_at=now + timedelta(days=1))
    assert refused.value.code == "bad_dates"


def test_open_poll_that_promised_secrecy_takes_no_names_from_who_has_the_form_before_them():
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    with pytest.raises(Frozen):
        write_poll(
            poll, by=owner, title="Ouvert", questions=[a_question()], closes_at=poll.closes_at, confidential=False
        )
    assert Poll.objects.get().confidential
    named = an_open_poll(by=owner, confidential=False)
    write_poll(named, by=owner, title="Fermé", questions=[a_question()], closes_at=named.closes_at)
    assert Poll.objects.get(pk=named.pk).confidential


def test_the_ballot_of_someone_who_left_the_lab_still_freezes_the_poll():
    owner, voter = a_product_owner(), a_member()
    poll = an_open_poll(by=owner)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=voter)
    erase(voter, by=voter)
    assert not poll.participations.exists()
    with pytest.raises(Frozen):
        write_poll(poll, by=owner, title="Trop tard", questions=[a_question()], closes_at=poll.closes_at)


@pytest.mark.parametrize("said", ["remark", "reaction"])
def test_what_was_said_within_a_circle_does_not_become_public_by_writing_the_poll_anew(said):
    owner, member = a_product_owner(), a_member()
    poll = a_consultation(by=owner, circle=a_circle(members=[member]))
    if said == "remark":
        a_remark(poll, by=member)
    else:
        react(poll.public_id, visuals_of(poll)[0], "cold", by=member)
    with pytest.raises(Frozen):
        write_poll(poll, by=owner, title="Pour tous", questions=[a_question()], closes_at=poll.closes_at)
    assert Poll.objects.get().circle
