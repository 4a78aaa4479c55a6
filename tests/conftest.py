"""Shared by all tests: compiled translations, a clean cache, and a browser for the journeys."""

import os

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.utils import translation
from django.utils.translation import trans_real

from . import resetting
from .browser import FLAGS, chromium_path

# Playwright's sync API runs an event loop in this thread; Django would refuse the ORM beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config):
    """Tests read French pages: compile the catalogs, which git does not keep."""
    import django

    django.setup()
    resetting.install()
    if not hasattr(config, "workerinput"):
        call_command("messages", compile=True)
        trans_real._translations.clear()  # read while they were not there yet
        trans_real._default = None


LONG = (
    "tests/lab/test_up.py",
    "tests/journeys/",
    "tests/faces/",
    "tests/core/test_worker_processes.py",
    "tests/notifications/",
)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """A test that commits empties the database after it: have it begin with what migrations put there.

    Long files first: with several processes, each of which takes a file at a time, none is left alone with one at the end.
    A browser's journey that fails is walked once more, and the report names it: twice is a fault, once is looked into.
    """
    items.sort(
        key=lambda item: next((place for place, long in enumerate(LONG) if item.nodeid.startswith(long)), len(LONG))
    )
    for item in items:
        if item.get_closest_marker("journey"):
            item.add_marker(pytest.mark.flaky(reruns=1))
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction") and not marker.kwargs.get("serialized_rollback"):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    resetting.mark_kept()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """... and leave it so for the next one: with several processes, tests that commit do not all come last.

    After the last one the test database is gone, and the connection may already lead to the real one.
    """
    resetting.mark_kept()
    result = yield
    marker = item.get_closest_marker("django_db")
    if nextitem is not None and marker and marker.kwargs.get("transaction"):
        from pytest_django.plugin import blocking_manager_key

        with item.config.stash[blocking_manager_key].unblock():
            for connection in connections.all():
                resetting.put_back(connection)
                connection.close()
    return result


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """What migrations put into the database, kept to be put back."""
    with django_db_blocker.unblock():
        for connection in connections.all():
            resetting.remember(connection)
    resetting.mark_kept()


@pytest.fixture(autouse=True)
def fresh_site():
    """What the site keeps in memory for a minute must not outlive a test's database."""
    from cms.site import forget

    forget()
    translation.deactivate()  # a request leaves the language of its reader
    if settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        cache.clear()  # the database's own cache is rolled back with the test


@pytest.fixture
def moderator(client):
    """A moderator, signed in."""
    from tests.factories.members import a_moderator

    member = a_moderator()
    client.force_login(member)
    return member


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # a busy machine is slow, not wrong
    path = chromium_path()
    if not path:
        pytest.fail("No Chromium: run `python -m tests.browser` first (make test does).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium, live_server):
    """A fresh French browser on the live server; `context.new_page().goto("/idees/")`."""
    context = chromium.new_context(base_url=live_server.url, locale="fr-FR", viewport={"width": 390, "height": 844})
    context.set_default_timeout(30_000)
    yield context
    context.close()


@pytest.fixture
def page(context):
    return context.new_page()
