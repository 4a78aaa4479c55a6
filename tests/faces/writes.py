"""What a request writes into the database, so that two requests can be compared; and the fields that no request may set."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction

MARK, KEY, YEAR = "spiked", 424_242, 2001
MOMENT = f"{YEAR}-02-03T04:05:06Z"
STRANGER = f"{MARK}member"  # the public id of a member, whose key is KEY

_IDS = ("id", "public_id", "key", "slug", "receipt", "voter_key", "token", "batch", "password", "email", "device_id")
_KEYS = (
    "pk",
    "author_id",
    "member_id",
    "owner_id",
    "by_id",
    "idea_id",
    "poll_id",
    "circle_id",
    "case_id",
    "category_id",
)
_PEOPLE = (
    "author", "by", "member", "owner", "voter", "reporter", "user", "sender", "actor", "created_by", "decided_by", "closed_by",
    "frozen_by", "assignee", "expert", "opened_by", "banned_by",
)  # fmt: skip
_COUNTS = (
    "vote_count", "vote_score", "comment_count", "reaction_count", "useful_count", "report_count", "strikes", "trend", "votes",
    "votes_on_behalf", "weight", "position", "rank", "score", "count", "shown", "audience_size", "version", "agreed_version",
)  # fmt: skip
_MOMENTS = (
    "created_at", "opened_at", "closed_at", "decided_at", "published_at", "edited_at", "deleted_at", "withdrawn_at", "banned_until",
    "agreed_at", "accepted_at", "answered_at", "reminded_at", "acknowledged_at", "received_at", "date_joined", "at", "announced_at",
    "archives_at", "urgent_at", "finished_at", "last_login", "adult_confirmed_at", "handed_in_at", "undone_at", "hidden_at",
)  # fmt: skip
_TRUE = (
    "is_staff", "is_superuser", "is_official", "official", "pinned", "is_pinned", "is_internal", "internal", "quarantined", "apart",
    "is_urgent", "is_template", "by_rule", "silent", "hidden", "is_public", "is_active", "confirmed", "upheld", "is_shared",
    "is_held", "held", "merged", "sealed", "consultation", "confidential", "bank_set_only", "with_strike",
)  # fmt: skip
_WORDS = {
    "state": "delivered", "status": "closed", "visibility": "removed", "kind": "prospect", "role": "administrator",
    "origin": "import", "outcome": "upheld", "joining": "in", "severity": "blocker", "measure": "removed", "verdict": "remove",
    "entry": "rule", "source": "branch", "verified": "yes",
}  # fmt: skip
SERVER_OWNED: dict[str, Any] = (
    dict.fromkeys(_IDS, f"{MARK}0001") | dict.fromkeys(_KEYS, KEY) | dict.fromkeys(_PEOPLE, STRANGER)
    | dict.fromkeys(_COUNTS, KEY) | dict.fromkeys(_MOMENTS, MOMENT) | dict.fromkeys(_TRUE, True) | _WORDS
    | {"groups": ["Administrator", MARK], "user_permissions": [KEY], "bank_set": f" kind {MARK} ", "before": {"a": MARK},
       "circle": f"{MARK}circle", "merged_into": f"{MARK}idea01", "challenge": f"{MARK}chall1", "poll": f"{MARK}poll01"}
)  # fmt: skip


def spiked(body: Any, declared: set[str]) -> Any:
    """The body with every field of the server's that this path does not take, at each depth. But in the filters of a queue: of
    them each unknown name is refused, and all with it (tests/ideas/test_desk_queue_api.py)."""
    if isinstance(body, list):
        return [spiked(value, declared) for value in body]
    if not isinstance(body, dict):
        return body
    more = {name: value for name, value in SERVER_OWNED.items() if name not in declared}
    return more | {name: value if name == "choice" else spiked(value, declared) for name, value in body.items()}


class Writes:
    """The statements that changed rows, in their order, with what they wrote."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, tuple]] = []

    def note(self, execute, sql, params, many, context):
        if sql.split(None, 1)[0] in ("INSERT", "UPDATE", "DELETE"):
            for one in (params or ()) if many else [params or ()]:
                self.rows.append((sql, tuple(one)))
        return execute(sql, params, many, context)

    def statements(self) -> Counter:
        return Counter(sql[:90] for sql, _params in self.rows)

    def told(self) -> Counter:
        """How often each truth value and each of the words above was written."""
        words = {*_WORDS.values()}
        return Counter(value if isinstance(value, bool) else str(value) for _sql, params in self.rows for value in params
                       if isinstance(value, bool) or (isinstance(value, str) and value in words))  # fmt: skip

    def marks(self) -> list[str]:
        return [f"{sql[:60]} … {value!r:.80}" for sql, params in self.rows for value in params if is_mark(value)]


def is_mark(value: Any) -> bool:
    if isinstance(value, date):
        return value.year == YEAR
    if isinstance(value, (int, float)):
        return value == KEY
    text = str(getattr(value, "obj", value))
    return MARK in text or str(KEY) in text or MOMENT[:10] in text


@contextmanager
def written() -> Iterator[Writes]:
    """What is written inside, and then as if it had not been."""
    writes = Writes()
    with transaction.atomic():
        with connection.execute_wrapper(writes.note):
            yield writes
        transaction.set_rollback(True)
