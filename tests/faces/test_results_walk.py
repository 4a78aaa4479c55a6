"""One results policy: every way out of a poll is walked, by each reader, in each state of its life, and none tells early.

The addresses are the site's own list, so a new way out is walked from the day it exists.
"""

import re
from datetime import datetime, time, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.worker import Worker
from polls.domain.closing import close, reopen
from polls.domain.deciding import decide
from polls.domain.voting import cast_ballot
from polls.models import Poll, Tally
from polls.states import ResultsPolicy
from tests.faces.test_matrix import ADDRESSES
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import an_open_poll, options_of

pytestmark = pytest.mark.django_db
VOTES, BALLOTS = 61_857, 100_003
CAME = 73_915  # who took part by yesterday, a whole number of steps
FIGURES = (
    "61857",
    "61,857",
    "61\u202f857",
    "61\u00a0857",
    "61,9",
    "61.9",
    "0.6185",
    "0.6186",
    "62\u00a0%",
    "62\u202f%",
    "62%",
    "62 %",
)
GROWN = ("73915", "73,915", "73\u202f915", "73\u00a0915")
TURNOUT = {"polls_studio:live", "polls_studio:figures", "api_desk_poll_turnout"}  # the desk's, which is no result
AROUND = ("home", "search", "my_lab", "notifications:inbox", "api_notifications", "member_export", "ideas:feed")
PLAIN = {"polls:show", "api_poll_results", "polls:growth", "api_poll_growth"}  # where who may see it reads it
STATES = ("open", "closed", "open again", "closed again", "decided")


def filled(arguments, poll):
    """What an address asks for, of this poll. An argument that is not known here is one nobody walked yet: add it."""
    question = poll.questions.first()
    known = {
        "public_id": poll.public_id,
        "slug": poll.slug,
        "kind": "csv",
        "name": "result",
        "pk": poll.pk,
        "key": poll.public_id,
    }
    known |= dict.fromkeys(("question", "question_id", "visual_id"), question.public_id)
    known["option_id"] = question.options.first().public_id
    return {argument: known[argument] for argument in arguments}


def ways_out(poll):
    """Every address that names a poll, and the pages on which one may appear."""
    for name, arguments in ADDRESSES:
        if ("poll" in name and "remark" not in name) or name in AROUND:
            yield name, reverse(name, kwargs=filled(arguments, poll))


def with_figures(poll):
    """A result that can be recognised wherever it stands, as if so many had voted, all of them yesterday."""
    yesterday = timezone.localdate() - timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
    Poll.objects.filter(pk=poll.pk).update(arrivals={yesterday.isoformat(): CAME}, counted_until=midnight)
    first = poll.questions.get().options.order_by("position").first()
    tallies = Tally.objects.filter(poll=poll, dimension="all", key="")
    tallies.update(count=BALLOTS, shown=BALLOTS, waiting=BALLOTS)
    tallies.filter(option__isnull=False).update(count=0, shown=0, waiting=0)
    tallies.filter(option=first).update(count=VOTES, shown=VOTES, waiting=VOTES)
    return Poll.objects.get(pk=poll.pk)


def told_by(client, poll, figures=FIGURES + GROWN, ways=None):
    """The ways out that tell the result, or how it grew, to this reader: of all, or of `ways`."""
    telling = set()
    for name, url in ways_out(poll):
        if ways and name not in ways:
            continue
        answer = client.get(url, {"q": "bienvenue"} if name == "search" else {})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode(errors="ignore") + str(answer.headers)
        text = text.replace(answer.headers.get("X-Request-ID", "–"), "")  # thirty-two digits by chance, on refusals too
        text = re.sub(r"(?<=:\d\d)\.\d{6}\b", "", text)  # microseconds, by chance too
        text = re.sub("%[0-9A-F]{2}", "/", text)  # an address within an address: an id that ends in 62 is no “62%”
        if any(figure in text for figure in figures):
            telling.add(name)
    return telling


def move_to(state, poll, owner):
    if state in ("closed", "closed again"):
        return close(poll, by=owner)
    if state == "open again":
        return reopen(poll, closes_at=timezone.now() + timedelta(days=1), by=owner)
    if state == "decided":
        return decide(poll, "Nous lançons les frais offerts au printemps prochain.", by=owner)
    return poll


def may_see(policy, state, who):
    """The policy as the product states it, told once more and independently of the code."""
    over = state in ("closed", "closed again", "decided")
    if who == "staff":
        return True
    if policy == ResultsPolicy.STAFF_ONLY:
        return False
    return over or policy == ResultsPolicy.ALWAYS or (policy == ResultsPolicy.AFTER_VOTE and who == "voter")


@pytest.mark.parametrize("policy", ResultsPolicy.values)
def test_no_way_out_tells_a_result_before_its_time(policy):
    owner, voter = a_product_owner(), a_member()
    poll = an_open_poll(by=owner, title="Quel cadeau de bienvenue ?", results_policy=policy)
    cast_ballot(poll.public_id, options_of(poll)[:1], by=voter)
    readers = {"visitor": Client(), "passer-by": Client(), "voter": Client(), "staff": Client()}
    readers["passer-by"].force_login(a_member())
    readers["voter"].force_login(voter)
    readers["staff"].force_login(owner)
    with_figures(poll)
    for state in STATES:
        poll = move_to(state, Poll.objects.get(pk=poll.pk), owner)
        Worker(batch=True).run()
        for who, client in readers.items():
            if may_see(policy, state, who):
                assert told_by(client, poll, ways=PLAIN) == PLAIN, (state, who)
            else:
                assert told_by(client, poll) == set(), (state, who)
    assert not [letter for letter in mail.outbox if any(figure in str(letter.message()) for figure in FIGURES + GROWN)]


def test_sealed_poll_tells_nobody_before_its_close():
    owner = a_product_owner()
    poll = with_figures(an_open_poll(by=owner, sealed=True, results_policy=ResultsPolicy.ALWAYS))
    staff = Client()
    staff.force_login(owner)
    assert told_by(Client(), poll) == set()
    assert told_by(staff, poll, FIGURES) == set()
    assert told_by(staff, poll, GROWN) == TURNOUT
    close(poll, by=owner)
    assert "polls:show" in told_by(Client(), poll)


def test_walk_knows_how_it_grew_by_its_own_number():
    """Taken alone, so that no other figure stands in for it."""
    poll = with_figures(an_open_poll(results_policy=ResultsPolicy.ALWAYS))
    for name, address in ways_out(poll):
        if name in ("polls:growth", "api_poll_growth"):
            assert "73915" in Client().get(address).content.decode()


def test_the_walk_goes_through_every_face():
    poll = an_open_poll()
    names = {name for name, _url in ways_out(poll)}
    assert {"polls:show", "polls:list", "home", "api_poll", "api_poll_results", "polls_studio:live", "search"} <= names
    assert reverse("polls:list") in dict(ways_out(poll)).values()
