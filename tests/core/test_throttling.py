"""The API's throttles: one count for all processes, told with 429, a wait and a code, in the reader's language."""

import pytest
from django.core.cache import cache
from rest_framework.throttling import AnonRateThrottle

pytestmark = pytest.mark.django_db
IDEAS = "/api/v1/ideas/"


@pytest.fixture(autouse=True)
def three_a_minute(monkeypatch):
    cache.clear()
    monkeypatch.setattr(AnonRateThrottle, "THROTTLE_RATES", {"anon": "3/min"})


@pytest.mark.parametrize(("language", "words"), [("fr", "Trop de"), ("en", "Too many")])
def test_who_asks_too_fast_reads_how_long_to_wait(client, language, words):
    headers = {"Accept-Language": language}
    assert [client.get(IDEAS, headers=headers).status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = client.get(IDEAS, headers=headers)
    assert 0 < int(answer.headers["Retry-After"]) <= 61
    assert answer.json()["code"] and words in answer.content.decode()


def test_a_made_up_way_through_proxies_is_no_new_visitor(client):
    asked = [client.get(IDEAS, headers={"X-Forwarded-For": f"203.0.113.{n}"}).status_code for n in range(5)]
    assert asked == [200, 200, 200, 429, 429]
