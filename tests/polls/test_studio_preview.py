"""The preview: the members' own page of the poll, from what is saved, changed by nobody who looks at it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from polls.models import Participation, Poll
from tests.factories.members import a_member, a_product_owner, an_auditor
from tests.factories.polls import a_closed_poll, a_draft, a_question, an_open_poll

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"polls_studio:{name}", args=args)


@pytest.fixture
def owner(client):
    owner = a_product_owner()
    client.force_login(owner)
    return owner


def test_preview_frames_the_page_at_both_widths(client, owner):
    poll = a_draft(by=owner)
    text = client.get(address("preview", poll.public_id)).content.decode()
    assert text.count(f'src="{address("paper", poll.public_id)}"') == 2
    assert "dk-frame--phone" in text
    assert "dk-frame--desk" in text
    assert f'src="{address("paper", poll.public_id)}"' in client.get(address("write", poll.public_id)).content.decode()


def test_draft_of_every_method_is_drawn_as_members_will_see_it(client, owner):
    methods = ("single", "multiple", "ranking", "score", "points")
    questions = [a_question(["A", "B"], text=f"Question {name} ?", method=name) for name in methods]
    poll = a_draft(by=owner, questions=questions, closes_at=None, sealed=True, confidential=False)
    page = client.get(address("paper", poll.public_id))
    text = page.content.decode()
    for name in methods:
        assert f"Question {name}" in text
    for drawn in ("rank-list", "points-share", 'class="score"', 'type="radio"', 'type="checkbox"'):
        assert drawn in text
    assert "Ce sondage est scellé" in text
    assert "Votre nom figurera à côté de votre réponse" in text
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"


def test_looking_changes_nothing(client, owner):
    for poll in (a_draft(by=owner), an_open_poll(by=owner), a_closed_poll(by=owner)):
        before = Poll.objects.filter(pk=poll.pk).values().get()
        assert client.get(address("paper", poll.public_id)).status_code == 200
        assert client.get(address("preview", poll.public_id)).status_code == 200
        assert Poll.objects.filter(pk=poll.pk).values().get() == before
    assert not Participation.objects.exists()


def test_members_cannot_look_at_what_is_not_published(client):
    poll = a_draft()
    client.force_login(a_member())
    for name in ("preview", "paper"):
        answer = client.get(address(name, poll.public_id))
        assert answer.status_code in (302, 403)
    client.force_login(an_auditor())
    assert client.get(address("paper", poll.public_id)).status_code == 200


@pytest.mark.parametrize("many", [1, 6])
def test_preview_costs_the_same_for_one_question_and_six(client, owner, many):
    """The poll, its questions, their options."""
    poll = a_draft(by=owner, questions=[a_question(["A", "B"], text=f"Q{at} ?") for at in range(many)])
    client.get(address("paper", poll.public_id))
    with CaptureQueriesContext(connection) as captured:
        client.get(address("paper", poll.public_id))
    assert len([query for query in captured if "polls_" in query["sql"]]) == 3
