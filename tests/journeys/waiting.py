"""A browser's click is not yet the server's answer: how a journey waits for what it looks at in the database."""

import time
from collections.abc import Callable
from contextlib import contextmanager

PATIENCE = 30  # seconds: a busy machine is slow, not wrong
BREATH = 0.05


@contextmanager
def sent(page):
    """What is pressed inside has been answered by the server, and the page it leads to has loaded."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        yield
    page.wait_for_load_state("load")


def becomes(page, expression: str) -> None:
    """The expression comes to be true in the page.

    Asked again from here, since Playwright's `wait_for_function` evaluates text in the page from its second try on,
    and the site's content security policy forbids that: it could only wait for what is true already.
    """
    holds(lambda: bool(page.evaluate(expression)))


def holds(fact: Callable[[], bool]) -> None:
    """The fact comes to be true while what the browser asked for is under way; it fails after `PATIENCE`."""
    until = time.monotonic() + PATIENCE
    while not fact() and time.monotonic() < until:
        time.sleep(BREATH)
    assert fact()
