"""The ten seconds in which a move can be taken back: kept in the session, so that the toasts follow who made them.

Each move keeps its own seconds, whatever is done after it; what builds on it is for the verb to refuse (`changed_since`).
"""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from core.errors import DomainError

from ..domain.undoing import undo as undo_kind
from ..models import Idea
from .moves import Done

KEY = "desk_undos"
MOST = 10  # a session stays small, and nobody reads more in ten seconds


@dataclass(frozen=True)
class Undo:
    words: str
    kind: str
    key: str
    told: int
    seconds: int


def remember(request: HttpRequest, done: Done) -> None:
    until = timezone.now().timestamp() + settings.LAB["UNDO_SECONDS"]
    request.session[KEY] = [asdict(done) | {"until": until}, *_kept(request)][:MOST]


def current(request: HttpRequest) -> list[Undo]:
    """What can still be undone, the newest first, each with the seconds that it has left."""
    now = timezone.now().timestamp()
    kept = _kept(request)
    if KEY in request.session and not kept:
        del request.session[KEY]
    return [Undo(one["words"], one["kind"], one["key"], one["told"], int(one["until"] - now)) for one in kept]


def undo(request: HttpRequest) -> Idea:
    """Undo what the form names, by the verb of its kind; the others stay.

    Raises `too_late_to_undo`, `changed_since` (409), NotAllowed.
    """
    kind, key = request.POST.get("kind", ""), request.POST.get("key", "")
    try:
        idea = undo_kind(kind, key, by=request.user)
    except DomainError as refusal:
        if refusal.code != "changed_since":  # this one may be taken back once the later change is
            _forget(request, kind, key)
        raise
    _forget(request, kind, key)
    return idea


def _forget(request: HttpRequest, kind: str, key: str) -> None:
    kept = _kept(request)
    left = [one for one in kept if (one["kind"], one["key"]) != (kind, key)]
    if len(left) < len(kept):
        request.session[KEY] = left


def _kept(request: HttpRequest) -> list[dict]:
    """Those with a whole second left."""
    soonest = timezone.now().timestamp() + 1
    return [one for one in request.session.get(KEY, ()) if one["until"] >= soonest]
