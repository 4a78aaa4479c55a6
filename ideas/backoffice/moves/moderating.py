"""Out of public sight and back, with a reason that the author reads.

The statement of reasons goes out with the change, so there are no seconds of undo: "Show again" is the way back.
"""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ...domain.moderating import hide_idea, remove_idea, restore_idea
from ...domain.moving import check_statement
from ...models import Idea
from ...permissions import can_moderate
from ...states import Visibility
from ..forms import AuthorForm
from .base import EACH, Done, Move


def _hide(idea: Idea, said: dict, by: Any) -> Done:
    hide_idea(idea, reason=said["reason"], by=by)
    return Done(gettext("“%(title)s” is hidden; its author reads your reason.") % {"title": idea.title})


def _remove(idea: Idea, said: dict, by: Any) -> Done:
    remove_idea(idea, reason=said["reason"], by=by)
    return Done(gettext("“%(title)s” is removed; its author reads your reason.") % {"title": idea.title})


def _restore(idea: Idea, said: dict, by: Any) -> Done:
    restore_idea(idea, reason=said["reason"], by=by)
    return Done(gettext("“%(title)s” is public again.") % {"title": idea.title})


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


HIDE = Move(
    "hide", "h", "eye-off", pgettext_lazy("desk", "Hide"), pgettext_lazy("desk", "Hide from the public"),
    AuthorForm, _can_hide, _hide, is_danger=True,
    hears=_("The author reads your reason at once. There is no undo; “Show again” is the way back."),
    allows=can_moderate, check=_check, bulk=EACH,
)  # fmt: skip
REMOVE = Move(
    "remove", "w", "ban", pgettext_lazy("desk", "Remove"), pgettext_lazy("desk", "Remove from the site"),
    AuthorForm, _can_remove, _remove, is_danger=True,
    hears=_(
        "The author reads your reason at once. The idea’s address says that it is gone; nothing is deleted: “Show again” brings "
        "it back."
    ),
    allows=can_moderate, check=_check, bulk=EACH,
)  # fmt: skip
RESTORE = Move(
    "restore", "s", "eye", pgettext_lazy("desk", "Show again"), pgettext_lazy("desk", "Show to everyone"),
    AuthorForm, _can_restore, _restore, hears=_("The author reads your reason at once."),
    allows=can_moderate, check=_check, bulk=EACH,
)  # fmt: skip
