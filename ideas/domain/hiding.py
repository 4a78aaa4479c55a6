"""Hiding one earlier text of an idea: what was put right by a change must not stay readable where versions are compared."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, require
from core.events import publish
from core.judging import Change, ask_leave, is_kept, take_back, witness

from ..events import VersionHidden, VersionShown
from ..models import Deed, Idea, IdeaVersion
from ..permissions import can_moderate
from ..states import Doing, Visibility
from .moderating import grounded, require_another_s
from .moving import changed_since, check_statement, lock
from .recording import record_deed, restores


def hide_version(version: IdeaVersion, *, reason: str, by: Any, **because: Any) -> Deed:
    """Leave an earlier text to its author and staff; the author reads the reason. The text of today goes with its idea.

    Raises NotAllowed, Invalid, PrivateData, `current_text`, `already_hidden` (409).
    """
    require(can_moderate(by, version.idea))
    require_another_s(version.idea.author_id, by)
    reason, because = check_statement(reason), grounded(because)
    with transaction.atomic():
        idea, version = lock(version.idea), _lock(version)
        if not idea.versions.filter(number__gt=version.number).exists():
            raise DomainError(
                _("This is what the idea says today: hide the idea itself."), code="current_text", status=409
            )
        if version.hidden_at:
            raise DomainError(_("This text is hidden already."), code="already_hidden", status=409)
        change = Change(
            "version", version, idea.author, Visibility.PUBLIC, Visibility.HIDDEN, reason, by, because=because
        )
        ask_leave(change)
        deed = _set(version, timezone.now(), lambda: gettext("hid version %(n)s") % {"n": version.number}, reason, by)
        witness(change)
        publish(VersionHidden(idea.pk, version.pk, reason), by=by)
    return deed


def show_version(version: IdeaVersion, *, reason: str, by: Any, **because: Any) -> Deed:
    """Let everyone who reads the idea read that text again. Raises NotAllowed, Invalid, PrivateData, `already_public` (409)."""
    require(can_moderate(by, version.idea))
    require_another_s(version.idea.author_id, by)
    reason = check_statement(reason)
    with transaction.atomic():
        idea, version = lock(version.idea), _lock(version)
        if not version.hidden_at:
            raise DomainError(_("This text is not hidden."), code="already_public", status=409)
        change = Change(
            "version", version, idea.author, Visibility.HIDDEN, Visibility.PUBLIC, reason, by, because=because
        )
        ask_leave(change)
        deed = _set(version, None, lambda: gettext("showed version %(n)s again") % {"n": version.number}, reason, by)
        witness(change)
        publish(VersionShown(idea.pk, version.pk, reason), by=by)
    return deed


def _lock(version: IdeaVersion) -> IdeaVersion:
    return IdeaVersion.objects.select_for_update(of=("self",)).select_related("idea__author").get(pk=version.pk)


def _set(version: IdeaVersion, hidden_at: Any, words: Callable[[], str], reason: str, by: Any) -> Deed:
    before, version.hidden_at = version.hidden_at, hidden_at
    version.save(update_fields=["hidden_at"])
    was = before.isoformat() if before else None
    return record_deed(version.idea, Doing.VERSION, words, by=by, reason=reason, version=version.pk, hidden_at=was)


def _seen_as(version: IdeaVersion) -> Visibility:
    return Visibility.HIDDEN if version.hidden_at else Visibility.PUBLIC


def undoable_of(idea: Idea, user: Any) -> Deed | None:
    """What this reader has just done with an earlier text of it, and can still take back (`undo_deed`)."""
    since = timezone.now() - timedelta(seconds=settings.LAB["UNDO_SECONDS"])
    deed = idea.deeds.filter(kind=Doing.VERSION, by=user, undone_at__isnull=True, at__gt=since).last()
    version = idea.versions.filter(pk=deed.before["version"]).first() if deed else None
    return deed if version and not is_kept("version", version, _seen_as(version), by=user) else None


@restores(Doing.VERSION)
def _give_back(idea: Idea, deed: Deed) -> None:
    """Seen as before, and its statement of reasons with it."""
    version, was = _lock(IdeaVersion.objects.get(pk=deed.before["version"])), deed.before["hidden_at"]
    if bool(version.hidden_at) == bool(was):
        raise changed_since()
    take_back("version", version, _seen_as(version), by=deed.by)
    version.hidden_at = datetime.fromisoformat(was) if was else None
    version.save(update_fields=["hidden_at"])
