"""What trust adds to the triage queue: the ideas that somebody reported and nobody has judged yet."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import pgettext_lazy

from ideas.models import Comment, IdeaImage
from ideas.queueing import View, add_view

from .models import Case
from .states import Kind, Matter


def _reported(user: Any, now: datetime) -> Q:
    """The idea itself, one of its comments or one of its pictures: a reader of the queue opens the idea for all three.

    Open cases are few, so their keys are looked up first, by the index of what waits; together, for written as alternatives
    they would be tried on every idea.
    """
    cases = Case.objects.waiting().filter(matter=Matter.CONTENT, report_count__gt=0).order_by()
    keys = {kind: cases.filter(kind=kind).values("subject_id") for kind in (Kind.IDEA, Kind.COMMENT, Kind.PICTURE)}
    comments = Comment.objects.filter(pk__in=keys[Kind.COMMENT]).order_by().values("idea")
    pictures = IdeaImage.objects.filter(pk__in=keys[Kind.PICTURE]).order_by().values("idea")
    return Q(pk__in=keys[Kind.IDEA].union(comments, pictures))


def add_reported_view() -> None:
    add_view(
        View(
            "reported", pgettext_lazy("triage view", "Reported"), _reported, 75, beyond_queue=True, is_bad=True,
            empty=pgettext_lazy("triage view", "No report waits."),
        )
    )  # fmt: skip
