"""The files of a poll's pictures follow its rows: one that no poll shows any more leaves the disk, once that is certain."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from ..models import Option, Poll, Question


@contextmanager
def files_in_step(poll: Poll) -> Iterator[None]:
    """Within a transaction: what the poll showed before and does not show after goes. One query before, one after."""
    before = files_of(poll)
    yield
    let_go(before - files_of(poll))


def files_of(poll: Poll) -> set[str]:
    """The names of the poll's pictures. One query; none for a poll that is not kept yet."""
    if poll.pk is None:
        return set()
    asked = Question.objects.filter(poll=poll).exclude(image="").order_by().values_list("image")
    offered = Option.objects.filter(question__poll=poll).exclude(image="").order_by().values_list("image")
    return {name for (name,) in asked.union(offered)}


def let_go(names: Iterable[str | None]) -> None:
    """Delete these files after the commit, but those that a row shows still: a rollback loses nothing, and what another poll
    shows stays."""
    gone = {name for name in names if name}
    if gone:
        transaction.on_commit(lambda: _delete(gone), robust=True)


def take_back(told: Iterable[dict[str, Any]]) -> None:
    """Delete what a write that was refused had put on the disk already."""
    field = Question._meta.get_field("image")
    for one in told:
        if name := one.get("filed"):
            field.storage.delete(field.generate_filename(None, name))


def _delete(names: set[str]) -> None:
    shown = {
        name
        for rows in (Question.objects, Option.objects)
        for name in rows.filter(image__in=names).values_list("image", flat=True)
    }
    storage = Question._meta.get_field("image").storage
    for name in names - shown:
        storage.delete(name)
