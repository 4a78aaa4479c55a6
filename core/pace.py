"""No faster than this: how often one person, or one address on the network, may ask for what costs much.

Counted in the cache, which all processes share, under a keyed hash: it holds nobody's address and nobody's id.
"""

import hashlib
import hmac
import time
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from .errors import DomainError

MINUTE, HOUR = 60, 3600


class TooMany(DomainError):
    """Too much in a short time (429). `extra["retry_after"]`: seconds to wait."""

    code, status = "too_many", 429

    def __init__(self, message: Any, wait: int, *, code: str | None = None):
        super().__init__(message, code=code, extra={"retry_after": wait})


def count_try(what: str, who: str, seconds: int) -> int:
    """Count one more of `what` by `who`; how many there were since the first of these `seconds`."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{what}:{who}".encode(), hashlib.sha256).hexdigest()[:32]
    ends = cache.get_or_set(f"pace:{what}:{digest}", lambda: int(time.time()) + seconds, seconds)
    key = f"pace:{what}:{digest}:{ends}"  # the end is in its name, for the database's cache forgets it with each `incr`
    cache.add(key, 0, seconds)
    try:
        tries = cache.incr(key)
    except ValueError:  # it ended this moment
        return 1
    cache.touch(key, seconds)
    return tries


def with_wait(response: HttpResponse, error: DomainError) -> HttpResponse:
    """Say in the headers too how long to wait, where a refusal says it."""
    if wait := error.extra.get("retry_after"):
        response["Retry-After"] = str(wait)
    return response


def asker(request: HttpRequest) -> str:
    """Who asks: the member, or the address on the network of who is not signed in."""
    if request.user.is_authenticated:
        return f"member-{request.user.pk}"
    return get_adapter().get_client_ip(request) or ""
