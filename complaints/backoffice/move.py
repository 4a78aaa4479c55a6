"""The triage's move "complaint": the idea at hand becomes one, and its thread says so to those who may know of complaints."""

from collections.abc import Iterator
from typing import Any

from django.db.models import BooleanField, Case, CharField, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ideas.backoffice import moves, reading
from ideas.domain.following import STATED_TO_AUTHOR
from ideas.history import add_lines
from ideas.models import Idea

from ..domain.opening import check_opening, open_complaint
from ..forms import OpenForm
from ..models import Complaint, Step
from ..permissions import can_handle, can_read_complaints
from ..states import State


def _stands() -> QuerySet:
    """Complaints that stand and come from the idea itself: while there is one, the verb opens no second."""
    return Complaint.objects.standing().filter(comment__isnull=True)


def _offered(user: Any, idea: Idea) -> bool:
    """The desk's page reads an idea with it; elsewhere it is looked up."""
    if not can_handle(user):
        return False
    known = getattr(idea, "is_complaint", None)
    return not (_stands().filter(idea=idea).exists() if known is None else known)


def _open(idea: Idea, said: dict, by: Any) -> moves.Done:
    complaint = open_complaint(idea, by=by, **said)
    words = gettext("Complaint %(reference)s is open.") % {"reference": complaint.reference}
    return moves.Done(words, "complaint", complaint.public_id, STATED_TO_AUTHOR.one(idea, by=by))


def _check(said: dict) -> None:
    check_opening(**said)


def _lines(idea: Idea, user: Any) -> Iterator[QuerySet]:
    """That the idea, or a comment under it, became a complaint, and that it is one no longer; the file itself is a link."""
    if not can_read_complaints(user):
        return
    steps = Step.objects.filter(complaint__idea=idea, state__in=(State.OPENED, State.TURNED_BACK), note="").order_by()
    words = Case(
        When(state=State.TURNED_BACK, then=Value(gettext("A complaint no longer:"))),
        When(complaint__comment__isnull=False, then=Value(gettext("A comment is handled as a complaint:"))),
        default=Value(gettext("Handled as a complaint:")),
        output_field=CharField(),
    )
    why = Case(When(state=State.TURNED_BACK, then=F("complaint__turned_back_reason")), default=F("complaint__reason"))
    yield steps.values_list(
        "at",
        Value("complaint"),
        "pk",
        why,
        Coalesce("by__nickname", Value("")),
        Concat(words, Value(" "), "complaint__reference", output_field=CharField()),
        Concat(Value(reverse("complaints_desk:index")), "complaint__public_id", Value("/"), output_field=CharField()),
        Value(False, output_field=BooleanField()),
        "by_role",
    )


reading.add_fact("is_complaint", Exists(_stands().filter(idea=OuterRef("pk"))))
add_lines(_lines)
moves.add(
    moves.Move(
        "complaint",
        "p",
        "shield-alert",
        pgettext_lazy("desk", "Complaint"),
        pgettext_lazy("desk", "Open a complaint"),
        OpenForm,
        _offered,
        _open,
        tells=True,
        telling=STATED_TO_AUTHOR,
        hears=_("The author is told in private, once the seconds of undo are over."),
        undoable=True,
        allows=can_handle,
        check=_check,
        bulk=moves.InBulk(part="complaints/desk/_bulk.html"),
    )
)
