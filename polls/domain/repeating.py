"""A request that carries an Idempotency-Key is done once, however often an app on a bad network sends it.

A mark of who, what and which key leads to a mark of what was sent. Both are made under the ballots' secret, so that they say
nothing of a choice, and nobody finds out from them who sent what. They are kept for a day: in the cache and in no table, where the
verb itself holds that a second time changes nothing (`once`); in the database, where it would make another thing (`made_once`).
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.errors import KeyReused, require
from core.schedule import every
from members.models import Member

from ..models import Made, Poll, sealed_mark

A_DAY = 86_400


@contextmanager
def once(what: str, sent: Any, *, key: str, by: Member) -> Iterator[bool]:
    """Yields whether this very request was done before: then nothing is to be changed, and the same is answered.

    `what` is done, and to what; `sent` is what was asked, as plain data. Without a key: False. What is refused may be sent again
    under the same key, otherwise too. Should the cache forget, a second time is as the first: the verbs of ballots and reactions
    hold that by themselves. Raises KeyReused.
    """
    if not key:
        yield False
        return
    place, mark = _marks(what, sent, key, by)
    place = f"once:{place}"
    is_first = cache.add(place, [mark, False], A_DAY)
    known, done = [mark, False] if is_first else cache.get(place, [mark, False])
    if known != mark:
        raise KeyReused()
    try:
        yield done
    except Exception:
        if is_first:
            cache.delete(place)
        raise
    cache.set(place, [mark, True], A_DAY)


def made_once(make: Callable[[], Poll], what: str, *, sent: Any = None, key: str, by: Member) -> Poll:
    """The poll that `make()` makes; for the same request with the same key the one it made, as it is now, and none is made.

    The database holds it: of two that come at once, one waits for the other. What is refused is not kept. Raises KeyReused, and
    what `make` raises.
    """
    if not key:
        return make()
    place, mark = _marks(what, sent, key, by)
    if before := _made(place, mark):
        return before
    try:
        with transaction.atomic():
            request = Made.objects.create(place=place, mark=mark)
            request.poll = make()
            request.save(update_fields=["poll"])
    except IntegrityError:
        if before := _made(place, mark):
            return before
        raise
    return request.poll


def _made(place: str, mark: str) -> Poll | None:
    request = Made.objects.select_related("poll").filter(place=place).first()
    if request is None:
        return None
    require(request.mark == mark, KeyReused())
    return request.poll


@every(hours=6)
def forget_requests() -> None:
    """A request is not sent again after a day."""
    Made.objects.filter(at__lt=timezone.now() - timedelta(seconds=A_DAY)).delete()


def _marks(what: str, sent: Any, key: str, by: Member) -> tuple[str, str]:
    """What stands for who asks for what under which key, and for what was sent."""
    return (
        sealed_mark("key", what, by.public_id, key),
        sealed_mark("sent", what, by.public_id, json.dumps(sent, default=_plain, sort_keys=True)),
    )


def _plain(one: Any) -> Any:
    if isinstance(one, datetime):
        return one.isoformat()
    return asdict(one) if is_dataclass(one) and not isinstance(one, type) else sorted(one)
