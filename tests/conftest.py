"""Shared by all tests: compiled translations, a clean cache, and a browser for the journeys."""

import json
import os

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import connections
from django.utils.translation import trans_real

from .browser import FLAGS, chromium_path

# Playwright's sync API runs an event loop in this thread; Django would refuse the ORM beside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def flush_what_models_do_not_know():
    """PostgreSQL refuses to empty a table that another refers to; the search tables are no model's, so Django misses them."""
    from django.db.backends.postgresql.operations import DatabaseOperations

    flush = DatabaseOperations.sql_flush
    DatabaseOperations.sql_flush = lambda self, style, tables, *, reset_sequences=False, allow_cascade=False: flush(
        self, style, tables, reset_sequences=reset_sequences, allow_cascade=True
    )


def pytest_configure(config):
    """Tests read French pages: compile the catalogs, which git does not keep."""
    import django

    django.setup()
    flush_what_models_do_not_know()
    if not hasattr(config, "workerinput"):
        call_command("messages", compile=True)
        trans_real._translations.clear()  # read while they were not there yet
        trans_real._default = None


def pytest_collection_modifyitems(items):
    """A test that commits empties the database after it: have it begin with what migrations put there."""
    for item in items:
        marker = item.get_closest_marker("django_db")
        if marker and marker.kwargs.get("transaction") and not marker.kwargs.get("serialized_rollback"):
            item.add_marker(pytest.mark.django_db(transaction=True, serialized_rollback=True), append=False)


_from_migrations: dict[str, str] = {}


def _remember() -> None:
    """Tell Django what to put back. In a browser test the connections are other objects than those the set-up saw."""
    for connection in connections.all():
        if connection.alias in _from_migrations:
            connection._test_serialized_contents = _from_migrations[connection.alias]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    _remember()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """... and leave it so for the next one: with several processes, tests that commit do not all come last.

    After the last one the test database is gone, and the connection may already lead to the real one.
    """
    _remember()
    result = yield
    marker = item.get_closest_marker("django_db")
    if nextitem is not None and marker and marker.kwargs.get("transaction"):
        from pytest_django.plugin import blocking_manager_key

        with item.config.stash[blocking_manager_key].unblock():
            for connection in connections.all():
                connection.creation.deserialize_db_from_string(_from_migrations[connection.alias])
                connection.close()
    return result


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """What migrations put into the database, kept to be put back. Kinds of content first: saving a page looks for its own."""
    first = ("contenttypes.contenttype", "wagtailcore.locale", "auth.permission", "auth.group")
    with django_db_blocker.unblock():
        for connection in connections.all():
            rows = json.loads(connection.creation.serialize_db_to_string())
            rows.sort(key=lambda row: first.index(row["model"]) if row["model"] in first else len(first))
            _from_migrations[connection.alias] = json.dumps(rows)
    _remember()


@pytest.fixture(autouse=True)
def fresh_site():
    """What the site keeps in memory for a minute must not outlive a test's database."""
    from cms.site import forget

    forget()
    if settings.CACHES["default"]["BACKEND"].endswith("RedisCache"):
        cache.clear()  # the database's own cache is rolled back with the test


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

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
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture
def page(context):
    return context.new_page()
