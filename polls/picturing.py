"""Who may see a picture of a poll: whoever may read the poll. Drafts' are the studio's, a circle's its people's."""

from typing import Any

from django.db.models import Q

from .models import Option, Poll, Question
from .permissions import can_read_studio


def is_for_everyone(path: str) -> bool:
    """Whether the picture stands in a published poll of no circle, so that any cache may keep it. One query."""
    return _with(path).published().filter(circle__isnull=True).exists()


def can_see_picture(user: Any, path: str) -> bool:
    """One query. A picture that no poll has any more is nobody's."""
    polls = _with(path)
    return (polls if can_read_studio(user) else polls.readable_by(user)).exists()


def _with(path: str):
    asked = Question.objects.filter(image=path).values("poll")
    offered = Option.objects.filter(image=path).values("question__poll")
    return Poll.objects.filter(Q(pk__in=asked) | Q(pk__in=offered))
