"""Taking one's idea back, before the bank has decided anything.

The reading we chose: what one proposed one may take back as long as nobody has built on it. That is while it is new or being
looked at, without an official answer, and with no other idea brought together with it. Afterwards the bank's answer and the
voters' support hang on the text: it stays, and its author may only add a comment. Votes and comments stay in the database,
closed; the text leaves every list, search, feed and page, and its own address says that its author withdrew it.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotAllowed, NotFound, NotSignedIn, require
from core.events import publish
from core.shield import for_public, refuse_private

from ..events import IdeaWithdrawn
from ..models import Idea, Withdrawal
from ..permissions import can_see, can_withdraw, is_outside, is_signed_in
from ..states import Visibility
from .moving import lock

REASON_MAX = 300


def withdraw_idea(idea: Idea, *, by: Any, reason: str = "") -> Withdrawal:
    """Take the idea back, for good, even out of a circle that one has left; who supports it is told.

    `reason` is public, and may be left out.
    Raises NotSignedIn, NotFound, NotAllowed, Invalid, PrivateData, `too_late_to_withdraw` (409).
    """
    require(is_signed_in(by), NotSignedIn())
    mine = idea.author_id == by.pk and idea.visibility != Visibility.REMOVED
    require(can_see(by, idea) or (mine and is_outside(by, idea)), NotFound())
    require(idea.author_id == by.pk, NotAllowed(_("Only its author can withdraw an idea.")))
    reason = " ".join(reason.split())
    if len(reason) > REASON_MAX:
        raise Invalid(_("Say why in 300 characters at most."), code="too_long", field="reason")
    refuse_private(reason=reason)
    with transaction.atomic():
        idea = lock(idea)
        if idea.is_withdrawn:
            return idea.withdrawal
        if not can_withdraw(by, idea):
            raise DomainError(
                _("The bank has decided something about this idea: it can no longer be withdrawn. Add a comment instead."),
                code="too_late_to_withdraw", status=409,
            )  # fmt: skip
        was_public = idea.visibility == Visibility.PUBLIC
        row = Withdrawal.objects.create(idea=idea, reason=for_public(reason), was_public=was_public)
        idea.visibility, idea.promise_due_at = Visibility.WITHDRAWN, None
        idea.save(update_fields=["visibility", "promise_due_at"])
        publish(IdeaWithdrawn(idea.pk, was_public=was_public), by=by)
    return row
