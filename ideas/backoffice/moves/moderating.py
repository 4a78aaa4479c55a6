"""Out of public sight and back, with a reason that the author reads; what takes an idea away says on what ground.

The statement of reasons is written with the change and told after the seconds of undo; then "Show again" is the way back.
"""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.grounds import check_ground

from ...domain.following import STATED_TO_AUTHOR
from ...domain.moderating import hide_idea, remove_idea, restore_idea
from ...domain.moving import check_statement
from ...models import Idea, Moderation
from ...permissions import can_moderate
from ...states import Visibility
from ..forms import AuthorForm, TakingAwayForm
from .base import EACH, Done, Move


def _done(words: str, idea: Idea, step: Moderation, by: Any) -> Done:
    return Done(words % {"title": idea.title}, "sight", step.public_id, STATED_TO_AUTHOR.one(idea, by=by))


def _hide(idea: Idea, said: dict, by: Any) -> Done:
    step = hide_idea(idea, reason=said["reason"], by=by, ground=said.get("ground"), rule=said.get("rule"))
    return _done(gettext("“%(title)s” is hidden."), idea, step, by)


def _remove(idea: Idea, said: dict, by: Any) -> Done:
    step = remove_idea(idea, reason=said["reason"], by=by, ground=said.get("ground"), rule=said.get("rule"))
    return _done(gettext("“%(title)s” is removed."), idea, step, by)


def _restore(idea: Idea, said: dict, by: Any) -> Done:
    step = restore_idea(idea, reason=said["reason"], by=by)
    return _done(gettext("“%(title)s” is public again."), idea, step, by)


def _can_judge(user: Any, idea: Idea) -> bool:
    """Nobody is offered to decide about what they wrote; the verb refuses it too."""
    return can_moderate(user, idea) and idea.author_id != user.pk


def _can_hide(user: Any, idea: Idea) -> bool:
    return _can_judge(user, idea) and idea.visibility in (Visibility.PUBLIC, Visibility.HELD)


def _can_restore(user: Any, idea: Idea) -> bool:
    return _can_judge(user, idea) and idea.visibility in (Visibility.HELD, Visibility.HIDDEN, Visibility.REMOVED)


def _can_remove(user: Any, idea: Idea) -> bool:
    return _can_judge(user, idea) and idea.visibility != Visibility.REMOVED


def _check(said: dict) -> None:
    check_statement(said["reason"])
    check_ground(said.get("ground"), said.get("rule"))


HIDE = Move(
    "hide", "h", "eye-off", pgettext_lazy("desk", "Hide"), pgettext_lazy("desk", "Hide from the public"),
    TakingAwayForm, _can_hide, _hide, is_danger=True, tells=True, telling=STATED_TO_AUTHOR,
    hears=_("The author reads the ground and your reason, once the seconds of undo are over. They can contest it."),
    allows=can_moderate, check=_check, undoable=True, bulk=EACH,
)  # fmt: skip
REMOVE = Move(
    "remove", "w", "ban", pgettext_lazy("desk", "Remove"), pgettext_lazy("desk", "Remove from the site"),
    TakingAwayForm, _can_remove, _remove, is_danger=True, tells=True, telling=STATED_TO_AUTHOR,
    hears=_(
        "The author reads the ground and your reason, once the seconds of undo are over. They can contest it. The idea’s address "
        "says that it is gone; nothing is deleted: “Show again” brings it back."
    ),
    allows=can_moderate, check=_check, undoable=True, bulk=EACH,
)  # fmt: skip
RESTORE = Move(
    "restore", "s", "eye", pgettext_lazy("desk", "Show again"), pgettext_lazy("desk", "Show to everyone"),
    AuthorForm, _can_restore, _restore, tells=True, telling=STATED_TO_AUTHOR,
    hears=_("The author reads your reason, once the seconds of undo are over."),
    allows=can_moderate, check=_check, undoable=True, bulk=EACH,
)  # fmt: skip
