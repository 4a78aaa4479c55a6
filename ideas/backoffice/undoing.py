"""The ten seconds in which a move can be taken back: kept in the session, so that the toast follows who made it."""

from dataclasses import asdict, dataclass
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from core.errors import DomainError

from ..domain.merging import unmerge_idea
from ..domain.moving import undo_answer, undo_move
from ..models import Idea, IdeaMove, Merge, OfficialAnswer
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
    kind, key, by = request.POST.get("kind"), request.POST.get("key", ""), request.user
    if kind == "move" and (move := IdeaMove.objects.select_related("idea").filter(public_id=key).first()):
        return undo_move(move, by=by)
    if kind == "answer" and (answer := OfficialAnswer.objects.select_related("idea").filter(public_id=key).first()):
        return undo_answer(answer, by=by)
    if kind == "merge" and (merge := _merge(key, by)):
        return unmerge_idea(merge.duplicate, reason=_("Merged by mistake, taken back at once."), by=by)
    raise DomainError(_("There is nothing left to undo."), code="too_late_to_undo", status=409)


def _merge(key: str, by) -> Merge | None:
    """One's own merge of a moment ago; older ones are un-merged with a reason."""
    since = timezone.now() - timedelta(seconds=settings.LAB["UNDO_SECONDS"])
    merges = Merge.objects.select_related("duplicate").filter(undone_at__isnull=True, by=by, at__gte=since)
    return merges.filter(duplicate__public_id=key).first()
