"""What the bank makes of a finding, with a reply to who filed it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import ImpossibleMove, Invalid, require
from core.events import publish

from ..events import FindingReviewed
from ..models import REPLY_MAX, REPLY_MIN, Finding
from ..permissions import can_manage
from ..states import REVIEW_MOVES, Review
from .checking import check_text

NEEDS_A_REPLY = (Review.NEEDS_INFO, Review.WONT_DO)


def review(finding: Finding, to: str, *, by: Any, reply: str = "", duplicate_of: Finding | None = None) -> Finding:
    """Move a finding; its author is told. A question or a refusal needs a reply; a duplicate names the one that stays.

    Raises NotAllowed, ImpossibleMove (409), Invalid (`required`, `unknown_finding`), PrivateData.
    """
    require(can_manage(by, finding.programme))
    reply = check_text(
        reply, field="reply", shortest=REPLY_MIN if reply.strip() or to in NEEDS_A_REPLY else 0, longest=REPLY_MAX
    )
    with transaction.atomic():
        finding = Finding.objects.select_for_update().get(pk=finding.pk)
        if to == Review.NEW or to not in REVIEW_MOVES[finding.state]:
            raise ImpossibleMove(
                _("A finding that is “%(from)s” cannot become “%(to)s”.")
                % {"from": finding.get_state_display(), "to": Review(to).label if to in Review.values else to}
            )
        before = finding.state
        finding.duplicate_of = _original(finding, duplicate_of) if to == Review.DUPLICATE else None
        finding.state, finding.state_since, finding.reviewed_by = to, timezone.now(), by
        if reply:
            finding.reply = reply
            finding.reply_signature = f"{by.nickname}, {by.job_title}" if by.job_title else by.nickname
        finding.save(update_fields=["duplicate_of", "state", "state_since", "reviewed_by", "reply", "reply_signature"])
        publish(FindingReviewed(finding.pk, finding.programme_id, before, to), by=by)
    return finding


def _original(finding: Finding, other: Finding | None) -> Finding:
    """The finding that stays: of the same programme, and itself no duplicate."""
    if other is None:
        raise Invalid(_("Choose the finding that it repeats."), code="required", field="duplicate_of")
    if other.duplicate_of_id:
        other = other.duplicate_of
    if other.programme_id != finding.programme_id or other.pk == finding.pk:
        raise Invalid(_("It cannot repeat this finding."), code="unknown_finding", field="duplicate_of")
    return other
