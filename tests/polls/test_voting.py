from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import FieldDoesNotExist
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import Invalid, NotFound, NotSignedIn
from core.models import Event
from polls.domain.closing import close
from polls.domain.tallying import BALLOTS, count_ballots, recount
from polls.domain.voting import AlreadyVoted, cast_ballot
from polls.models import Ballot, Participation, Tally
from polls.permissions import Closed, NotInAudience, NotOpen, Sealed, refusal_to_vote
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_draft, an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db


def total(poll, option=None):
    return Tally.objects.get(poll=poll, dimension="all", option__public_id=option, key="").count


def ballots(poll):
    return Tally.objects.get(poll=poll, dimension="all", option=None, question=None, key="").count


def test_member_answers_and_gets_a_receipt():
    poll, member = an_open_poll(), a_member()
    cash = options_of(poll)[0]
    receipt = cast_ballot(poll.public_id, [cash], by=member)
    assert Ballot.objects.get().receipt == receipt.code
    assert receipt.options == (cash,)
    assert total(poll, cash) == ballots(poll) == 1


def test_same_ballot_again_is_no_second_ballot_and_keeps_its_receipt():
    poll, member = an_open_poll(), a_member()
    first = cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    again = cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    assert (again.code, again.changed) == (first.code, False)
    assert Participation.objects.count() == Ballot.objects.count() == ballots(poll) == 1


def test_answer_can_be_changed_until_the_close():
    poll, member = an_open_poll(), a_member()
    cash, travel, _ = options_of(poll)
    first = cast_ballot(poll.public_id, [cash], by=member)
    changed = cast_ballot(poll.public_id, [travel], by=member)
    assert changed.code == first.code
    assert (total(poll, cash), total(poll, travel), ballots(poll)) == (0, 1, 1)
    assert recount(poll) == 0


def test_changed_ballot_stays_in_the_groups_it_was_counted_in():
    """A prospect who became a customer in between moves no count below nought."""
    poll, member = an_open_poll(), a_member(kind="prospect")
    cash, travel, _ = options_of(poll)
    cast_ballot(poll.public_id, [cash], by=member)
    member.kind = "customer"
    member.save()
    cast_ballot(poll.public_id, [travel], by=member)
    assert Tally.objects.get(option__public_id=travel, dimension="kind", cell="prospect").count == 1
    assert recount(poll) == 0


def test_sealed_ballot_cannot_be_changed_but_can_be_sent_again():
    poll, member = an_open_poll(sealed=True), a_member()
    cash, travel, _ = options_of(poll)
    receipt = cast_ballot(poll.public_id, [cash], by=member)
    assert cast_ballot(poll.public_id, [cash], by=member).code == receipt.code
    with pytest.raises(Sealed):
        cast_ballot(poll.public_id, [travel], by=member)


def test_late_ballot_is_refused_by_the_servers_clock():
    poll, member = an_open_poll(), a_member()
    with time_machine.travel(poll.closes_at, tick=False), pytest.raises(Closed):
        cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    with time_machine.travel(poll.closes_at - timedelta(milliseconds=1), tick=False):
        cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    assert ballots(poll) == 1


def test_poll_closed_by_hand_takes_no_more_ballots():
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    close(poll, by=owner)
    with pytest.raises(Closed):
        cast_ballot(poll.public_id, options_of(poll)[:1], by=a_member())


def test_draft_cannot_be_found_by_voters():
    draft = a_draft()
    with pytest.raises(NotFound):
        cast_ballot(draft.public_id, options_of(draft)[:1], by=a_member())


def test_scheduled_poll_opens_at_its_hour_without_waiting_for_a_job():
    from polls.domain.opening import schedule

    owner, member = a_product_owner(), a_member()
    poll = schedule(a_draft(by=owner, opens_at=timezone.now() + timedelta(hours=1)), by=owner)
    with pytest.raises(NotOpen):
        cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    with time_machine.travel(poll.opens_at, tick=False):
        assert cast_ballot(poll.public_id, options_of(poll)[:1], by=member).code


def test_visitor_is_asked_to_sign_in():
    from django.contrib.auth.models import AnonymousUser

    poll = an_open_poll()
    with pytest.raises(NotSignedIn):
        cast_ballot(poll.public_id, options_of(poll)[:1], by=AnonymousUser())


@pytest.mark.parametrize("audience", [{"kinds": ["prospect"]}, {"segments": ["student", "professional"]}])
def test_who_may_not_vote_sees_why(audience):
    a_member(kind="prospect", segment="student")
    poll, member = an_open_poll(**audience), a_member(kind="customer", segment="private")
    refusal = refusal_to_vote(member, poll)
    assert isinstance(refusal, NotInAudience)
    assert ":" in str(refusal)
    with pytest.raises(NotInAudience):
        cast_ballot(poll.public_id, options_of(poll)[:1], by=member)


def test_unknown_option_is_refused():
    poll, other = an_open_poll(), an_open_poll()
    with pytest.raises(Invalid) as refused:
        cast_ballot(poll.public_id, options_of(other)[:1], by=a_member())
    assert (refused.value.code, refused.value.field) == ("unknown_option", "options")
    assert not Ballot.objects.exists()


def test_empty_ballot_is_refused():
    with pytest.raises(Invalid) as refused:
        cast_ballot(an_open_poll().public_id, [], by=a_member())
    assert refused.value.code == "no_option"


@pytest.mark.parametrize(("fields", "most"), [({}, 1), ({"method": "multiple", "max_choices": 2}, 2)])
def test_too_many_options_are_refused(fields, most):
    poll = an_open_poll(**fields)
    with pytest.raises(Invalid) as refused:
        cast_ballot(poll.public_id, options_of(poll), by=a_member())
    assert refused.value.code == "too_many_options"
    assert refused.value.extra["max_choices"] == most


def test_several_choices_are_each_counted_and_moved():
    poll, member = an_open_poll(method="multiple", max_choices=2), a_member()
    cash, travel, saving = options_of(poll)
    cast_ballot(poll.public_id, [cash, travel], by=member)
    cast_ballot(poll.public_id, [saving, travel], by=member)
    assert [total(poll, option) for option in (cash, travel, saving)] == [0, 1, 1]
    assert ballots(poll) == 1
    assert recount(poll) == 0


def test_staff_vote_but_are_counted_apart():
    poll, colleague = an_open_poll(), a_product_owner()
    cast_ballot(poll.public_id, options_of(poll)[:1], by=colleague)
    assert ballots(poll) == 0
    assert Tally.objects.get(poll=poll, dimension="apart", cell="staff", option=None, question=None, key="").count == 1
    assert recount(poll) == 0


def test_database_itself_keeps_one_ballot_per_member():
    poll, member = an_open_poll(), a_member()
    cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.create(poll=poll, member=member)
    ballot = Ballot.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot(voter_key=ballot.voter_key, poll=poll, kind="customer", segment="private").save(force_insert=True)


def test_new_key_lets_nobody_vote_twice(settings):
    """Ballots filed under a lost key stay counted, and their voters cannot put in a second one."""
    poll, member = an_open_poll(), a_member()
    cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    settings.LAB = settings.LAB | {"BALLOT_KEY": "another key"}
    with pytest.raises(AlreadyVoted):
        cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    assert ballots(poll) == 1


def test_ballot_has_nothing_that_leads_to_its_voter():
    """No member, no serial number, no time: none of what participation has, but the poll, and why the ballot is apart, which
    the member's own row and the hour tell of whoever took part (staff, an account hours old, one of many young ones)."""
    for name in ("member", "at", "id", "created_at", "updated_at"):
        with pytest.raises(FieldDoesNotExist):
            Ballot._meta.get_field(name)
    shared = {field.name for field in Ballot._meta.fields} & {field.name for field in Participation._meta.fields}
    assert shared == {"poll", "apart"}


def test_event_says_who_took_part_and_never_what_they_chose():
    poll, member = an_open_poll(), a_member()
    options = options_of(poll)
    cast_ballot(poll.public_id, options[:1], by=member)
    event = Event.objects.get(name="BallotCast")
    assert (event.payload, event.actor) == ({"poll_id": poll.pk}, member.public_id)


def test_recount_finds_and_mends_a_wrong_count():
    poll = an_open_poll()
    votes(poll, 0, customers=3, prospects=2)
    Tally.objects.filter(poll=poll, dimension="kind", cell="customer", option=None, question=None, key="").update(
        count=70
    )
    assert recount(poll) == 1
    assert recount(poll) == 0
    assert count_ballots(poll)[BALLOTS, "kind", "customer"] == 3


def test_account_opened_after_the_poll_cannot_grow_into_it():
    old, young = a_member(date_joined=timezone.now() - timedelta(days=40)), a_member()
    poll = an_open_poll(min_account_days=30)
    with pytest.raises(NotInAudience) as refused:
        cast_ballot(poll.public_id, options_of(poll)[:1], by=young)
    assert refused.value.code == "account_too_young"
    assert poll.audience_size == 1
    assert poll not in type(poll).objects.unanswered_by(young)
    assert poll in type(poll).objects.unanswered_by(old)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=old)


def test_names_are_kept_with_choices_only_where_the_poll_says_so():
    secret, named, member = an_open_poll(), an_open_poll(confidential=False), a_member()
    for poll in (secret, named):
        cast_ballot(poll.public_id, options_of(poll)[:1], by=member)
    assert Participation.objects.get(poll=secret).ballot is None
    assert Participation.objects.get(poll=named).ballot == Ballot.objects.get(poll=named)
