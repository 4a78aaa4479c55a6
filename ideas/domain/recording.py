"""What staff do beside moving an idea is written down, in both languages; what can be taken back at once knows how."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from core.errors import DomainError, Invalid, require
from core.events import publish
from core.hearing import who_will_hear
from core.roles import role_of
from core.shield import refuse_private
from members.models import Member

from ..events import DeedUndone
from ..models import REASON_MAX, Deed, Idea
from ..permissions import can_open_desk
from .moving import lock_with_stay, require_in_time

DESK = "desk"  # the line of a colleague's preferences
_restorers: dict[str, Callable[[Idea, Deed], None]] = {}


def record_deed(
    idea: Idea,
    kind: str,
    words: Callable[[], str],
    *,
    by: Any,
    whom: Any = None,
    reason: str = "",
    silent: bool = True,
    **before,
) -> Deed:
    """Write it down. `words` is called once in each language and names nobody; `before` is what undoing needs."""
    said = {}
    for language in ("fr", "en"):
        with override(language):
            said[f"words_{language}"] = str(words())[:400]
    return Deed.objects.create(
        idea=idea,
        kind=kind,
        by=by,
        by_role=role_of(by),
        whom=whom,
        reason=reason,
        is_silent=silent,
        before=before,
        **said,
    )


def told_of(deed: Deed | None) -> int:
    """How many hear of what was done with one colleague: they do, unless it was silent, they did it themselves or wish
    to hear nothing."""
    if not deed or deed.is_silent or not deed.whom_id or deed.whom_id == deed.by_id:
        return 0
    return who_will_hear(Member.objects.living().filter(pk=deed.whom_id), DESK).count()


def check_note(text: str, *, field: str = "reason") -> str:
    """A reason that may be left out, for staff. Raises Invalid, PrivateData."""
    text = text.strip()
    if len(text) > REASON_MAX:
        raise Invalid(_("The reason holds 2,000 characters at most."), code="too_long", field=field)
    refuse_private(**{field: text})
    return text


def restores(kind: str) -> Callable:
    """Register how a deed of this kind is taken back: `restore(idea, deed)`, with the idea, and where it stands, locked."""

    def register(restore: Callable[[Idea, Deed], None]) -> Callable:
        _restorers[kind] = restore
        return restore

    return register


def undo_deed(deed: Deed, *, by: Any) -> Idea:
    """Take back one's own deed within the seconds of undo. Raises NotAllowed, `too_late_to_undo`, `changed_since` (409)."""
    require(can_open_desk(by) and deed.by_id == by.pk)
    with transaction.atomic():
        idea = lock_with_stay(deed.idea)
        deed = Deed.objects.select_for_update().get(pk=deed.pk)
        require_in_time(deed.at, deed.undone_at)
        if deed.kind not in _restorers:
            raise DomainError(_("This cannot be taken back."), code="too_late_to_undo", status=409)
        _restorers[deed.kind](idea, deed)
        deed.undone_at = timezone.now()
        deed.save(update_fields=["undone_at"])
        publish(DeedUndone(idea.pk, deed.pk, deed.kind), by=by)
    return idea
