"""The ten seconds in which a move can be taken back: kept in the session, so that the toast follows who made it."""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from ..domain.undoing import undo as undo_kind
from ..models import Idea
from .moves import Done

KEY = "desk_undo"


@dataclass(frozen=True)
class Undo:
    words: str
    kind: str
    key: str
    told: int
    seconds: int


def remember(request: HttpRequest, done: Done) -> None:
    until = timezone.now().timestamp() + settings.LAB["UNDO_SECONDS"]
    request.session[KEY] = asdict(done) | {"until": until}


def current(request: HttpRequest) -> Undo | None:
    """What can still be undone, and for how many seconds."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    seconds = int(kept["until"] - timezone.now().timestamp())
    if seconds <= 0:
        del request.session[KEY]
        return None
    return Undo(kept["words"], kept["kind"], kept["key"], kept["told"], seconds)


def undo(request: HttpRequest) -> Idea:
    """Undo what the form names, by the verb of its kind. Raises `too_late_to_undo` (409), NotAllowed."""
    request.session.pop(KEY, None)
    return undo_kind(request.POST.get("kind", ""), request.POST.get("key", ""), by=request.user)
