"""How often one may try: counted from the first try to the end of its time, whichever cache keeps it."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache

from core.pace import HOUR, MINUTE, count_try

pytestmark = pytest.mark.django_db
START = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
CACHES = {
    "database": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "lab_cache"},
    "memory": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pace"},
}


@pytest.fixture(autouse=True, params=CACHES)
def kept_in(request, settings):
    settings.CACHES = {"default": CACHES[request.param]}
    yield
    cache.clear()


def tries_at(minutes, seconds):
    counted = []
    for minute in minutes:
        with time_machine.travel(START + timedelta(minutes=minute), tick=False):
            counted.append(count_try("tests", "192.0.2.7", seconds))
    return counted


def test_tries_far_apart_are_counted_for_the_whole_hour():
    assert tries_at([0, 10, 25, 40, 59], HOUR) == [1, 2, 3, 4, 5]


def test_who_goes_on_trying_is_let_in_again_at_the_end_of_the_time():
    assert tries_at([0, 0.3, 0.6, 0.9, 1.1, 1.4, 1.7, 2.2], MINUTE) == [1, 2, 3, 4, 1, 2, 3, 1]


def test_each_has_a_count_of_their_own():
    assert [count_try("tests", who, MINUTE) for who in ("a", "b", "a")] == [1, 1, 2]
    assert count_try("others", "a", MINUTE) == 1
