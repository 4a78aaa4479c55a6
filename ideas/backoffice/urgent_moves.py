"""Two moves of the desk: put an idea first, put it back in line."""

from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..domain.urgency import lift_urgency, raise_urgency
from ..models import REASON_MAX, Idea
from ..permissions import can_answer
from . import forms


class InternalReasonForm(forms.DeskForm):
    reason = forms._text(_("Reason, read by your colleagues"), rows=3, longest=REASON_MAX)


def can_raise(user: Any, idea: Idea) -> bool:
    return can_answer(user, idea) and idea.urgent_since is None and not idea.is_past


def can_calm(user: Any, idea: Idea) -> bool:
    return can_answer(user, idea) and idea.urgent_since is not None


def raise_it(idea: Idea, said: dict, by: Any) -> str:
    raise_urgency(idea, reason=said["reason"], by=by)
    return gettext("“%(title)s” now comes first; whoever answers for it is told.") % {"title": idea.title}


def calm_it(idea: Idea, said: dict, by: Any) -> str:
    lift_urgency(idea, reason=said["reason"], by=by)
    return gettext("“%(title)s” is back in line.") % {"title": idea.title}


RAISE = pgettext_lazy("desk", "Urgent"), pgettext_lazy("desk", "Put it first")
CALM = pgettext_lazy("desk", "No longer urgent"), pgettext_lazy("desk", "Put it back in line")
