import pytest
from django.contrib.auth.models import AnonymousUser

from polls.domain.ordering import in_order_for
from tests.factories.members import a_member
from tests.factories.polls import an_open_poll, options_of

pytestmark = pytest.mark.django_db


def ids(user, question):
    return [option.public_id for option in in_order_for(user, question)]


def test_member_reads_an_order_of_their_own_and_keeps_it():
    poll = an_open_poll(options=[f"Option {n}" for n in range(8)], shuffled=True)
    question, member, other = poll.questions.get(), a_member(), a_member()
    assert ids(member, question) == ids(member, question)
    assert sorted(ids(member, question)) == sorted(options_of(poll))
    assert ids(member, question) != ids(other, question)


def test_each_option_comes_first_about_as_often():
    question = an_open_poll(options=["A", "B", "C"], shuffled=True).questions.get()
    firsts = [ids(a_member(), question)[0] for _ in range(90)]
    assert all(9 <= firsts.count(one) <= 55 for one in set(firsts))  # five deviations from thirty: never by chance
    assert len(set(firsts)) == 3


def test_other_stays_last_and_visitors_read_the_written_order():
    poll = an_open_poll(options=["A", "B", {"text": "Autre", "is_other": True}], shuffled=True)
    question, written = poll.questions.get(), options_of(poll)
    assert {ids(a_member(), question)[-1] for _ in range(12)} == {written[-1]}
    assert ids(AnonymousUser(), question) == written
    question.shuffled = False
    assert ids(a_member(), question) == written
