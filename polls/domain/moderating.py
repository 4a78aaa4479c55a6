"""Who sees a remark: holding, hiding, removing, and showing again. Each change is witnessed with its reasons.

`because` is what a moderator adds to the reason (ground, rule); it goes to the witnesses as it came, and only they write the
statement that the author reads (core/judging.py), in the transaction of the change.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotAllowed, require
from core.events import job, later, publish
from core.grounds import check_ground
from core.judging import Change, Ruling, ask_leave, take_back, witness
from core.shield import for_public, refuse_private

from ..events import RemarkHidden, RemarkPosted, RemarkRestored, RemarkSightUndone
from ..models import Remark
from ..permissions import can_moderate
from ..states import Visibility

SEEN = (Visibility.PUBLIC, Visibility.HELD)
NOT_SEEN = (Visibility.HELD, Visibility.HIDDEN, Visibility.REMOVED)
REASON_MIN, REASON_MAX = 10, 2000


def hide_remark(remark: Remark, *, reason: str, by: Any, **because: Any) -> Remark:
    """Take a remark out of public sight; a trace stands in its place.

    Raises NotAllowed (`own_content` for one's own), Invalid, PrivateData, `already_hidden` (409).
    """
    return _move(remark, Visibility.HIDDEN, SEEN, reason, by, because)


def remove_remark(remark: Remark, *, reason: str, by: Any, **because: Any) -> Remark:
    return _move(remark, Visibility.REMOVED, (*SEEN, Visibility.HIDDEN), reason, by, because)


def restore_remark(remark: Remark, *, reason: str, by: Any, **because: Any) -> Remark:
    """Show a held, hidden or removed remark to everyone again."""
    return _move(remark, Visibility.PUBLIC, NOT_SEEN, reason, by, because)


def _move(remark: Remark, to: str, before: tuple, reason: str, by: Any, because: dict) -> Remark:
    require(can_moderate(by))
    require(remark.author_id != by.pk, NotAllowed(_("You wrote this: a colleague decides."), code="own_content"))
    reason = _check_reason(reason)
    if to != Visibility.PUBLIC:
        because = because | check_ground(because.get("ground"), because.get("rule"))
    with transaction.atomic():
        remark = lock_remark(remark)
        was = remark.visibility
        if was not in before:
            code = "already_public" if to == Visibility.PUBLIC else "already_hidden"
            raise DomainError(_("This comment is so already."), code=code, status=409)
        change = Change("remark", remark, remark.author, was, to, reason, by, because=because)
        ask_leave(change)
        remark.visibility = to
        remark.save(update_fields=["visibility"])
        witness(change)
        if to == Visibility.PUBLIC:
            publish(RemarkRestored(remark.pk, remark.poll_id, reason), by=by)
        else:
            publish(RemarkHidden(remark.pk, remark.poll_id, reason, to), by=by)
        if was == Visibility.HELD and to == Visibility.PUBLIC:  # nobody has heard of it yet
            seconds = settings.LAB["UNDO_SECONDS"] + 1  # undoing and telling never meet
            later(announce_remark, remark.pk, after=timezone.now() + timedelta(seconds=seconds))
    return remark


def _check_reason(reason: str) -> str:
    reason = (reason or "").strip()
    if len(reason) < REASON_MIN:
        raise Invalid(
            _("Give the reason in a sentence: the person concerned reads it."), code="too_short", field="reason"
        )
    if len(reason) > REASON_MAX:
        raise Invalid(_("The reason holds 2,000 characters at most."), code="too_long", field="reason")
    refuse_private(reason=reason)
    return for_public(reason)


@job
def announce_remark(pk: int) -> None:
    """What was held and is published is news only now; unless that was taken back, or it is hidden again."""
    remark = Remark.objects.select_related("author").filter(pk=pk, visibility=Visibility.PUBLIC).first()
    if remark is not None:
        publish(RemarkPosted(remark.pk, remark.poll_id), by=remark.author)


def undo_hiding(remark: Remark, *, by: Any, since: datetime) -> bool:
    """Take back that one has hidden it since then, within the seconds of undo; whether one had.

    Raises NotAllowed, `too_late_to_undo`, `changed_since` (409).
    """
    require(can_moderate(by))
    with transaction.atomic():
        remark = lock_remark(remark)
        before = take_back("remark", remark, Visibility.HIDDEN, by=by, since=since)
        if before:
            undo_remark_visibility(remark, to=before, by=by)
            publish(RemarkSightUndone(remark.pk, remark.poll_id, before), by=by)
    return bool(before)


def undo_remark_visibility(remark: Remark, *, to: str, by: Any) -> None:
    """Give back the visibility that a moderator has just changed: nobody was told, so no reason is stated. Raises NotAllowed."""
    require(can_moderate(by))
    remark = lock_remark(remark)
    remark.visibility = to
    remark.save(update_fields=["visibility"])


def lock_remark(remark: Remark) -> Remark:
    return (
        Remark.objects.select_for_update(no_key=True, of=("self",)).select_related("poll", "author").get(pk=remark.pk)
    )


def hold(remark: Remark, rulings: tuple[Ruling, ...], *, before: str) -> None:
    """Write down that rules hold a text back. Its row says HELD already; `before` is what it was, "" for a new one."""
    witness(Change("remark", remark, remark.author, before, Visibility.HELD.value, rulings=rulings))
