"""How many queries a request costs, leaving out what the cache and the session cost where they live in the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

ELSEWHERE = ("lab_cache", "django_session", "SAVEPOINT")


def queries_of(ask) -> int:
    """Those of `ask()`; the member who asks and their roles are two of them."""
    with CaptureQueriesContext(connection) as seen:
        answer = ask()
    assert answer.status_code == 200, answer.content
    return sum(1 for query in seen.captured_queries if not any(name in query["sql"] for name in ELSEWHERE))
