"""The same person pressing eight times at once, through the site and the API as they are served: one row, and only answers."""

from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse

from ideas.models import Idea
from ideas.querysets import votes_of_ideas
from tests.factories.ideas import an_idea
from tests.factories.members import a_member

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]
TOKEN = "a" * 32


@pytest.fixture(autouse=True)
def fresh_content_types():
    ContentType.objects.clear_cache()


def cookies_of(member) -> str:
    client = Client()
    client.force_login(member)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}; csrftoken={TOKEN}"


def press(live_server, method: str, path: str, cookies: str) -> int:
    place = urlsplit(live_server.url)
    connection = HTTPConnection(place.hostname, place.port, timeout=60)
    headers = {"Cookie": cookies, "X-CSRFToken": TOKEN, "HX-Request": "true", "Content-Length": "0"}
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


@pytest.mark.parametrize("way", ["page", "api"])
def test_same_person_voting_eight_times_at_once_leaves_one_row_and_only_answers(live_server, way):
    idea, people = an_idea(), [a_member() for _n in range(5)]
    path = (
        reverse("ideas:vote", args=[idea.public_id]) + "?to=in"
        if way == "page"
        else f"/api/v1/ideas/{idea.public_id}/vote/"
    )
    method = "POST" if way == "page" else "PUT"
    jobs = [cookies_of(member) for member in people for _time in range(8)]
    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda cookies: press(live_server, method, path, cookies), jobs))
    assert all(200 <= status < 300 or 400 <= status < 500 for status in statuses), statuses
    assert statuses.count(200) >= len(people)
    assert votes_of_ideas().filter(object_id=idea.pk).count() == len(people)
    assert Idea.objects.get(pk=idea.pk).vote_score == len(people)
