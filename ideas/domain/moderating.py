"""Hiding an idea from the public, with a reason that its author reads, and showing it again."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, require
from core.events import publish

from ..events import IdeaHidden, IdeaRestored
from ..models import Idea, Moderation
from ..permissions import can_moderate
from ..states import Visibility
from .moving import check_reason, lock


def hide_idea(idea: Idea, *, reason: str, by: Any) -> Moderation:
    """Take the idea out of public sight; state, votes and comments stay. Its author reads the reason.

    Raises NotAllowed, Invalid, PrivateData, `already_hidden` (409).
    """
    require(can_moderate(by, idea))
    reason = check_reason(reason)
    with transaction.atomic():
        idea = lock(idea)
        if idea.visibility not in (Visibility.PUBLIC, Visibility.HELD):
            raise DomainError(_("This idea is hidden already."), code="already_hidden", status=409)
        step = _record(idea, Visibility.HIDDEN, reason, by)
        publish(IdeaHidden(idea.pk, reason, Visibility.HIDDEN.value), by=by)
    return step


def restore_idea(idea: Idea, *, reason: str, by: Any) -> Moderation:
    """Show a held or hidden idea to everyone again. Raises NotAllowed, Invalid, PrivateData, `already_public` (409)."""
    require(can_moderate(by, idea))
    reason = check_reason(reason)
    with transaction.atomic():
        idea = lock(idea)
        if idea.visibility not in (Visibility.HELD, Visibility.HIDDEN):
            raise DomainError(_("This idea is public already."), code="already_public", status=409)
        step = _record(idea, Visibility.PUBLIC, reason, by)
        publish(IdeaRestored(idea.pk, reason), by=by)
    return step


def _record(idea: Idea, to: str, reason: str, by: Any) -> Moderation:
    step = Moderation.objects.create(idea=idea, before=idea.visibility, after=to, reason=reason, by=by)
    idea.visibility = to
    idea.save(update_fields=["visibility"])
    return step
