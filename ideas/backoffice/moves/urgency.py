"""Putting an idea first, and back in line."""

from typing import Any

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ...domain.alerting_staff import raised_hear
from ...domain.urgency import check_internal, lift_urgency, raise_urgency
from ...models import REASON_MAX, Idea
from ...permissions import can_answer
from ..forms import DeskForm, _text
from .base import EACH, NOBODY, Done, Move


class InternalReasonForm(DeskForm):
    reason = _text(_("Reason, read by your colleagues"), rows=3, longest=REASON_MAX)


class RaiseForm(InternalReasonForm):
    silent = forms.BooleanField(label=_("Stay silent"), required=False)


def _can_raise(user: Any, idea: Idea) -> bool:
    return can_answer(user, idea) and idea.urgent_since is None and not idea.is_past


def _can_calm(user: Any, idea: Idea) -> bool:
    return can_answer(user, idea) and idea.urgent_since is not None


def _raise(idea: Idea, said: dict, by: Any) -> Done:
    told = RAISE.told(idea, said, by)
    urgency = raise_urgency(idea, reason=said["reason"], by=by, silent=said.get("silent", False))
    words = gettext("“%(title)s” comes first now.") % {"title": idea.title}
    return Done(words, "urgent", urgency.public_id, told)


def _calm(idea: Idea, said: dict, by: Any) -> Done:
    urgency = lift_urgency(idea, reason=said["reason"], by=by)
    return Done(gettext("“%(title)s” is back in line.") % {"title": idea.title}, "calm", urgency.public_id)


def _check(said: dict) -> None:
    check_internal(said["reason"])


RAISE = Move(
    "urgent", "b", "triangle-alert", pgettext_lazy("desk", "Urgent"), pgettext_lazy("desk", "Put it first"),
    RaiseForm, _can_raise, _raise, tells=True, telling=None, counts=lambda ideas, said, by: raised_hear(ideas, by=by),
    hears=_(
        "who has it in hand and the theme’s owner, once the seconds of undo are over; if there is neither, the moderators"
    ),
    allows=can_answer, check=_check, undoable=True, bulk=EACH,
)  # fmt: skip
CALM = Move(
    "calm", "b", "circle-check", pgettext_lazy("desk", "No longer urgent"), pgettext_lazy("desk", "Put it back in line"),
    InternalReasonForm, _can_calm, _calm, hears=NOBODY, allows=can_answer, check=_check, undoable=True,
    bulk=EACH,
)  # fmt: skip
