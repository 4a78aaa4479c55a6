"""Writing ballots anew, all at once and in an order that says nothing, so that the database's own marks lead to no participation.

A row carries what no model shows: PostgreSQL keeps the transaction that wrote it (`xmin`) and its place in the table (`ctid`),
SQLite the order it came in (`rowid`). A ballot shares all of them with its participation, and `CLUSTER` or `VACUUM FULL` leave
`xmin` as it is. Here the ballots of a poll are taken out and put back in one transaction in the order of their keys, which are
HMACs: they then have one transaction among them all, and places that follow from nothing.

After the close by the worker; while the poll is open each time a tenth, or `MOST` ballots, came in or were changed since,
`RESULT_STEP` at least: so a ballot of a small poll is written anew a few times in its life, and of a large one few ever stand by
themselves. A ballot that is changed is written by one transaction with its event, and has to be mixed again (`unmix`). Open polls
have names beside answers: theirs stay.
"""

from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from core.events import handles
from core.schedule import every

from ..events import PollClosed
from ..models import Ballot, Poll

SHARE, MOST = 10, 100  # a tenth of those mixed, and never more than so many
TABLE, COLUMNS = Ballot._meta.db_table, ", ".join(field.column for field in Ballot._meta.concrete_fields)
# Names are the model's own; whether the poll's key is asked for.
SENTENCES = (
    (f"CREATE TEMPORARY TABLE polls_mixing AS SELECT {COLUMNS} FROM {TABLE} WHERE poll_id = %s", True),  # noqa: S608
    (f"DELETE FROM {TABLE} WHERE poll_id = %s", True),  # noqa: S608
    (f"INSERT INTO {TABLE} ({COLUMNS}) SELECT {COLUMNS} FROM polls_mixing ORDER BY voter_key", False),  # noqa: S608
)


@transaction.atomic
def mix(poll_id: int) -> int:
    """Write the ballots of a confidential poll anew; how many. Under the poll's lock: a ballot that comes meanwhile waits."""
    poll = Poll.objects.select_for_update().filter(pk=poll_id, confidential=True).first()
    if poll is None:
        return 0
    with connection.cursor() as cursor:
        for sentence, of_poll in SENTENCES:
            cursor.execute(sentence, [poll.pk] if of_poll else [])
            mixed = cursor.rowcount
        cursor.execute("DROP TABLE polls_mixing")
    poll.mixed_ballots = mixed
    poll.save(update_fields=["mixed_ballots"])
    return mixed


def unmix(poll: Poll) -> None:
    """A ballot was changed: its row tells of it again, whether it was mixed before or not. The poll's lock is held."""
    if poll.confidential and poll.mixed_ballots:
        poll.mixed_ballots -= 1
        poll.save(update_fields=["mixed_ballots"])


@every(minutes=10)
def mix_open_polls() -> None:
    """Mix the open polls in which enough came or changed since the last time."""
    step = settings.LAB["RESULT_STEP"]
    for poll in Poll.objects.open(timezone.now()).filter(confidential=True).with_box():
        if poll.box - poll.mixed_ballots >= max(step, min(MOST, poll.mixed_ballots // SHARE)):
            mix(poll.pk)


@handles(PollClosed)
def mix_closed_poll(event: PollClosed, *, event_id: UUID) -> None:
    """All of them, once no more come: those that were changed since too."""
    mix(event.poll_id)
