"""A circle's poll, its visuals, reactions, comments, receipts, tally, names and charts, asked for by their ids from outside."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from members.domain.circling import leave_circle
from polls.domain.closing import close
from polls.domain.voting import cast_ballot
from polls.models import Ballot, Poll
from tests.faces.test_matrix import ADDRESSES
from tests.factories.circles import a_circle
from tests.factories.members import a_member, a_moderator, a_product_owner
from tests.factories.polls import a_consultation, a_remark, options_of, visuals_of

pytestmark = pytest.mark.django_db
SECRET = "Kerguelen"
METHODS = ("get", "post", "put", "patch", "delete")


def a_poll_in_a_circle(people, *, is_over):
    owner = a_product_owner()
    circle = a_circle(members=people)
    poll = a_consultation(by=owner, circle=circle, title=f"L’affiche de {SECRET} ?", confidential=not is_over)
    remark = a_remark(poll, by=people[0], body=f"À {SECRET}, on ne lit pas le taux.")
    first, _no, second, _other = options_of(poll)
    for member in people:
        cast_ballot(poll.public_id, [first, second], by=member)
    return (close(poll, by=owner) if is_over else poll), remark


def places(poll, remark):
    """Every address that names the poll, with its real ids."""
    question = visuals_of(poll)[0]
    known = {
        "public_id": poll.public_id, "slug": poll.slug, "kind": "csv", "name": "result", "question": question,
        "question_id": question, "visual_id": question, "remark_id": remark.public_id,
    }  # fmt: skip
    for name, arguments in ADDRESSES:
        of_polls = name.startswith(("polls:", "api_poll"))
        if of_polls and "public_id" in arguments and set(arguments) <= set(known):
            yield name, reverse(name, kwargs={one: known[one] for one in arguments})


@pytest.mark.parametrize("is_over", [False, True])
@pytest.mark.parametrize("who", ["visitor", "member", "gone", "moderator"])
def test_nothing_of_a_circles_poll_answers_to_who_is_not_in_it(settings, tmp_path, who, is_over):
    settings.MEDIA_ROOT = tmp_path
    people = [a_member() for _ in range(6)]
    poll, remark = a_poll_in_a_circle(people, is_over=is_over)
    client = Client()
    if who == "gone":
        leave_circle(poll.circle, by=people[0])
        client.force_login(people[0])
    elif who != "visitor":
        client.force_login({"member": a_member, "moderator": a_moderator}[who]())
    receipt = Ballot.objects.first().receipt
    body = {
        "code": receipt,
        "options": options_of(poll)[:1],
        "kind": "cold",
        "body": "Une phrase de plus, bien assez longue.",
    }
    before = (poll.remarks.count(), Ballot.objects.count(), list(Ballot.objects.values_list("choices", flat=True)))
    reached, walked = [], 0
    for name, place in places(poll, remark):
        for method in METHODS:
            data = {} if method == "get" else {"data": json.dumps(body), "content_type": "application/json"}
            if method == "post" and not name.startswith("api_"):
                data = {"data": body}
            answer = getattr(client, method)(place, **data)
            walked += 1
            text = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode(errors="replace")
            if (
                answer.status_code < 300
                or SECRET in text + str(answer.headers)
                or receipt in text.replace(body["code"], "")
            ):
                reached.append((method, place, answer.status_code))
    assert walked > 100
    assert reached == []
    assert before == (
        poll.remarks.count(),
        Ballot.objects.count(),
        list(Ballot.objects.values_list("choices", flat=True)),
    )


def test_the_walk_reaches_them_from_within(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    people = [a_member() for _ in range(6)]
    poll, remark = a_poll_in_a_circle(people, is_over=True)
    client = Client()
    client.force_login(people[1])
    found = {
        name for name, place in places(Poll.objects.get(pk=poll.pk), remark) if client.get(place).status_code == 200
    }
    assert {
        "polls:show", "polls:receipt", "polls:tally", "polls:names", "polls:chart", "polls:results", "api_poll", "api_poll_results",
        "api_poll_tally", "api_poll_names", "api_poll_chart", "api_poll_results_file", "api_poll_remarks", "api_poll_remark",
    } <= found  # fmt: skip
