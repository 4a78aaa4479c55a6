"""Commenting on a consultation: saying, changing within a quarter of an hour, taking back.

What an author deletes is gone from the remark's row, and so from every page, answer of the API and mail. The text is kept apart
(RemarkVersion) for those who moderate, for LAB["DELETED_TEXT_DAYS"] and for as long as a case needs it (core/keeping.py): a
report that came before must still be decided on what was said.
"""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.commenting import check_body, require_editable
from core.errors import DomainError, KeyReused, NotAllowed, NotFound, NotSignedIn, require
from core.events import publish
from core.judging import judge
from core.keeping import still_needed
from core.language import DEFAULT, language_of
from core.schedule import every
from members.permissions import require_taking_part

from ..events import RemarkDeleted, RemarkEdited, RemarkPosted
from ..models import Poll, Remark, RemarkVersion, sealed_mark
from ..permissions import can_see, can_see_remark, refusal_to_vote, speaks_for_the_bank
from ..states import State, Visibility
from .moderating import hold, lock_remark
from .pacing import require_pace_of_remarks


class RemarksClosed(DomainError):
    code, status = "remarks_closed", 409
    message = _("The talk ended with the poll. You can still read it.")


class NoRemarks(NotFound):
    code = "no_comments"
    message = _("Members do not comment on this poll: it is no consultation.")


def refusal_to_remark(user: Any, poll: Poll) -> DomainError | None:
    """Why this user cannot comment now, or None: members whom the poll invites, while it is open; the bank's people as long as
    the poll can be read, for they answer."""
    if not poll.consultation:
        return NoRemarks()
    if not user.is_authenticated:
        return NotSignedIn(_("Sign in to comment. What you typed is kept."))
    if poll.current_state in (State.DRAFT, State.SCHEDULED):
        return NotFound()
    if speaks_for_the_bank(user):
        return None
    return RemarksClosed() if poll.is_over else refusal_to_vote(user, poll)


def remark_on(poll: Poll, *, body: str, by: Any, key: str = "") -> Remark:
    """Comment on a consultation. The same `key` of the same author gives the remark that it made, as it is now.

    Raises NotSignedIn, NotFound, NotInAudience, Banned, ReadsOnly, `remarks_closed` (409), KeyReused, Invalid (`too_short`,
    `too_long`), PrivateData, `too_many` (429).
    """
    require(by.is_authenticated, NotSignedIn(_("Sign in to comment. What you typed is kept.")))
    require(can_see(by, poll), NotFound())
    mark = sealed_mark("remark", poll.public_id, body.strip()) if key else ""
    if key and (before := _made_by(key, mark, by)):
        return before
    require_taking_part(by)
    if refusal := refusal_to_remark(by, poll):
        raise refusal
    body = check_body(body)
    require_pace_of_remarks(by)
    try:
        return _say(poll, body, by, key, mark)
    except IntegrityError as error:  # the same key, sent twice at once: the other one made it
        if key and (before := _made_by(key, mark, by)):
            return before
        raise error


def _made_by(key: str, mark: str, by: Any) -> Remark | None:
    """What this author's request with that key made. Raises KeyReused, where it was another request."""
    before = Remark.objects.with_author().select_related("poll").filter(author=by, key=key).first()
    if before and before.key_mark != mark:
        raise KeyReused()
    return before


def _say(poll: Poll, body: str, by: Any, key: str, mark: str) -> Remark:
    rulings = judge("remark", by=by, body=body)
    with transaction.atomic():
        # A remark that waited for the poll's row while it closed is refused, as a ballot is.
        poll = Poll.objects.select_for_update().get(pk=poll.pk)
        if refusal := refusal_to_remark(by, poll):
            raise refusal
        remark = Remark.objects.create(
            poll=poll, author=by, body=body, is_official=speaks_for_the_bank(by),
            visibility=Visibility.HELD if rulings else Visibility.PUBLIC, language=language_of(body, get_language() or DEFAULT),
            key=key or None, key_mark=mark,
        )  # fmt: skip
        if rulings:
            hold(remark, rulings, before="")
        publish(RemarkPosted(remark_id=remark.pk, poll_id=poll.pk), by=by)
    return remark


def edit_remark(remark: Remark, *, body: str, by: Any) -> Remark:
    """Change one's own remark while LAB["COMMENT_EDIT_MINUTES"] run; the text it had is kept for those who moderate.

    Raises NotSignedIn, NotFound, NotAllowed, `comment_deleted`, `too_late_to_edit` (409), Invalid, PrivateData.
    """
    _require_own(remark, by)
    require_taking_part(by)
    body = check_body(body)
    with transaction.atomic():
        remark = lock_remark(remark)
        require_editable(remark)
        if body == remark.body:
            return remark
        _keep_version(remark)
        remark.body, remark.edited_at = body, timezone.now()
        remark.save(update_fields=["body", "edited_at"])
        _judge_again(remark, by)
        publish(RemarkEdited(remark_id=remark.pk, poll_id=remark.poll_id), by=by)
    return remark


def delete_remark(remark: Remark, *, by: Any) -> Remark:
    """Take one's own remark back, at any time: a trace stays in its place. Doing it again changes nothing.

    Raises NotSignedIn, NotFound, NotAllowed.
    """
    _require_own(remark, by)
    with transaction.atomic():
        remark = lock_remark(remark)
        if remark.is_deleted:
            return remark
        _keep_version(remark)
        remark.body, remark.deleted_at, remark.edited_at = "", timezone.now(), None
        remark.save(update_fields=["body", "deleted_at", "edited_at"])
        publish(RemarkDeleted(remark_id=remark.pk, poll_id=remark.poll_id), by=by)
    return remark


def _require_own(remark: Remark, by: Any) -> None:
    require(by.is_authenticated, NotSignedIn())
    require(can_see_remark(by, remark), NotFound())
    require(remark.author_id == by.pk, NotAllowed(_("Only its author can do this with a comment.")))


def _judge_again(remark: Remark, by: Any) -> None:
    """A change must not slip past what a new remark is asked; what is held already stays so, with what the rules see now."""
    before = remark.visibility
    if before not in (Visibility.PUBLIC, Visibility.HELD):
        return
    if rulings := judge("remark", by=by, pk=remark.pk, body=remark.body):
        if before == Visibility.PUBLIC:
            remark.visibility = Visibility.HELD
            remark.save(update_fields=["visibility"])
        hold(remark, rulings, before=str(before))


def _keep_version(remark: Remark) -> None:
    written = remark.edited_at or remark.created_at
    RemarkVersion.objects.create(remark=remark, body=remark.body, written_at=written)


@every(hours=6)
def forget_deleted_remarks() -> None:
    """The texts of remarks that members deleted go for good after LAB["DELETED_TEXT_DAYS"], or once no case needs them."""
    before = timezone.now() - timedelta(days=settings.LAB["DELETED_TEXT_DAYS"])
    old = RemarkVersion.objects.filter(remark__deleted_at__lt=before, remark__is_official=False)
    for keys in still_needed("remark"):
        old = old.exclude(remark__in=keys)
    RemarkVersion.objects.filter(pk__in=list(old.order_by().values_list("pk", flat=True)[:5_000])).delete()
