"""Who sees an idea or a comment: holding, hiding, removing, and showing again. Each change is witnessed with its reasons.

`because` is what a moderator adds to the reason: what takes a text away has a ground, the charter unless it says the law, and maybe
an article (core/grounds.py). It goes to the witnesses with the change. Only they write
the statement that the author reads (core/judging.py), in the transaction of the change. Nobody decides about what they wrote,
nor gives back what they took away while that is contested: every way to these verbs meets both rules here.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, NotAllowed, require
from core.events import job, later, publish
from core.grounds import check_ground
from core.judging import Change, Ruling, ask_leave, witness
from core.roles import role_of

from ..events import CommentHidden, CommentPosted, CommentRestored, IdeaHidden, IdeaPosted, IdeaRestored
from ..models import Comment, Idea, Moderation
from ..permissions import can_moderate
from ..states import Visibility
from .moving import check_statement, lock

SEEN = (Visibility.PUBLIC, Visibility.HELD)
NOT_SEEN = (Visibility.HELD, Visibility.HIDDEN, Visibility.REMOVED)
OWN = _("You wrote this: a colleague decides.")


def require_another_s(author_id: int, by: Any) -> None:
    """Raises NotAllowed (`own_content`) for what one wrote."""
    require(author_id != by.pk, NotAllowed(OWN, code="own_content"))


def grounded(because: dict) -> dict:
    """With the ground that taking a text away rests on. Raises Invalid, PrivateData."""
    return because | check_ground(because.get("ground"), because.get("rule"))


def hide_idea(idea: Idea, *, reason: str, by: Any, **because: Any) -> Moderation:
    """Take the idea out of public sight; state, votes and comments stay. Its author reads the reason.

    Raises NotAllowed (`own_content` for one's own), Invalid (`unknown_ground` …), PrivateData, `already_hidden` (409).
    """
    return _take_away(idea, Visibility.HIDDEN, SEEN, reason, by, because)


def remove_idea(idea: Idea, *, reason: str, by: Any, **because: Any) -> Moderation:
    """Take the idea away for good: its address answers that it is gone. Nothing is deleted, so an appeal can bring it back.

    Raises NotAllowed, Invalid, PrivateData, `already_hidden` (409).
    """
    return _take_away(idea, Visibility.REMOVED, (*SEEN, Visibility.HIDDEN), reason, by, because)


def _take_away(idea: Idea, to: str, before: tuple, reason: str, by: Any, because: dict) -> Moderation:
    require(can_moderate(by, idea))
    require_another_s(idea.author_id, by)
    reason, because = check_statement(reason), grounded(because)
    with transaction.atomic():
        idea = lock(idea)
        if idea.visibility not in before:
            raise DomainError(_("This idea is hidden already."), code="already_hidden", status=409)
        step = _record(idea, to, reason, by, because)
        publish(IdeaHidden(idea.pk, reason, to), by=by)
    return step


def restore_idea(idea: Idea, *, reason: str, by: Any, **because: Any) -> Moderation:
    """Show a held, hidden or removed idea to everyone again.

    Raises NotAllowed (`own_content`; `self_review` for what one took away and is contested), Invalid, PrivateData,
    `already_public` (409).
    """
    require(can_moderate(by, idea))
    require_another_s(idea.author_id, by)
    reason = check_statement(reason)
    with transaction.atomic():
        idea = lock(idea)
        if idea.visibility not in NOT_SEEN:
            raise DomainError(_("This idea is public already."), code="already_public", status=409)
        was_held = idea.visibility == Visibility.HELD
        step = _record(idea, Visibility.PUBLIC, reason, by, because)
        publish(IdeaRestored(idea.pk, reason), by=by)
        if was_held:  # nobody has heard of it yet
            later(announce, "idea", idea.pk, after=when_it_stands())
    return step


def _record(idea: Idea, to: str, reason: str, by: Any, because: dict) -> Moderation:
    before = idea.visibility
    change = Change("idea", idea, idea.author, before, to, reason, by, because=because)
    ask_leave(change)
    step = Moderation.objects.create(idea=idea, before=before, after=to, reason=reason, by=by, by_role=role_of(by))
    idea.visibility = to
    idea.save(update_fields=["visibility"])
    witness(change)
    return step


def hide_comment(comment: Comment, *, reason: str, by: Any, **because: Any) -> Comment:
    """Take a comment out of public sight; a trace stands in its place, and its replies stay. Raises as `hide_idea`."""
    return _move_comment(comment, Visibility.HIDDEN, SEEN, reason, by, because)


def remove_comment(comment: Comment, *, reason: str, by: Any, **because: Any) -> Comment:
    return _move_comment(comment, Visibility.REMOVED, (*SEEN, Visibility.HIDDEN), reason, by, because)


def restore_comment(comment: Comment, *, reason: str, by: Any, **because: Any) -> Comment:
    return _move_comment(comment, Visibility.PUBLIC, NOT_SEEN, reason, by, because)


def _move_comment(comment: Comment, to: str, before: tuple, reason: str, by: Any, because: dict) -> Comment:
    require(can_moderate(by, comment.idea))
    require_another_s(comment.author_id, by)
    reason = check_statement(reason)
    if to != Visibility.PUBLIC:
        because = grounded(because)
    with transaction.atomic():
        comment = lock_comment(comment)
        was = comment.visibility
        if was not in before:
            code = "already_public" if to == Visibility.PUBLIC else "already_hidden"
            raise DomainError(_("This comment is so already."), code=code, status=409)
        change = Change("comment", comment, comment.author, was, to, reason, by, because=because)
        ask_leave(change)
        comment.visibility = to
        comment.save(update_fields=["visibility"])
        count_comment(comment, (to == Visibility.PUBLIC) - (was == Visibility.PUBLIC))
        witness(change)
        if to == Visibility.PUBLIC:
            publish(CommentRestored(comment.pk, comment.idea_id, reason), by=by)
        else:
            publish(CommentHidden(comment.pk, comment.idea_id, reason, to), by=by)
        if was == Visibility.HELD and to == Visibility.PUBLIC:  # nobody has heard of it yet
            later(announce, "comment", comment.pk, after=when_it_stands())
    return comment


def lock_comment(comment: Comment) -> Comment:
    """The comment's row, locked. Before its idea's, whose count it moves; replies to it may be written meanwhile."""
    return Comment.objects.select_for_update(no_key=True).get(pk=comment.pk)


def when_it_stands() -> datetime:
    """After the seconds of undo and a second more: undoing and telling never meet."""
    return timezone.now() + timedelta(seconds=settings.LAB["UNDO_SECONDS"] + 1)


@job
def announce(kind: str, pk: int) -> None:
    """What was held and is published is news only now; unless that was taken back, or it is hidden again."""
    model = Idea if kind == "idea" else Comment
    thing = model.objects.select_related("author").filter(pk=pk, visibility=Visibility.PUBLIC).first()
    if thing is not None:
        event = IdeaPosted(thing.pk) if kind == "idea" else CommentPosted(thing.pk, thing.idea_id)
        publish(event, by=thing.author)


def undo_visibility(thing: Idea | Comment, *, to: str, by: Any) -> None:
    """Give back the visibility that a moderator has just changed: nobody was told, so no reason is stated and no trace stays.

    Asked by the verb that takes the verdict back, which checks the seconds. Raises NotAllowed.
    """
    is_idea = isinstance(thing, Idea)
    require(can_moderate(by, thing if is_idea else thing.idea))
    thing = lock(thing) if is_idea else lock_comment(thing)
    was, thing.visibility = thing.visibility, to
    thing.save(update_fields=["visibility"])
    if is_idea:
        last = Moderation.objects.filter(idea=thing, by=by, before=to, after=was).last()
        if last:
            last.delete()
    else:
        count_comment(thing, (to == Visibility.PUBLIC) - (was == Visibility.PUBLIC))


def count_comment(comment: Comment, step: int) -> None:
    """Comments that are public count; so does an official one, an internal note never."""
    if step and not comment.is_internal and not comment.is_deleted:
        Idea.objects.filter(pk=comment.idea_id).update(
            comment_count=Greatest(F("comment_count") + step, 0)  # should it have drifted: the recount puts it right
        )


def hold(kind: str, thing: Any, rulings: tuple[Ruling, ...], *, before: str) -> None:
    """Write down that rules hold a text back. Its row says HELD already; `before` is what it was, "" for a new one,
    HELD where a change of a held text was judged again."""
    witness(Change(kind, thing, thing.author, before, Visibility.HELD.value, rulings=rulings))
