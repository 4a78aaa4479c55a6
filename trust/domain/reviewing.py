"""Nobody judges their own decision: asked before each change of what may be seen, whichever desk or API it comes from."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.errors import NotAllowed
from core.judging import Change, may_refuse
from ideas.states import Visibility

from ..models import Appeal
from ..states import Measure, Outcome

SELF_REVIEW = _("You decided this first: a colleague examines the appeal.")


@may_refuse
def nobody_reviews_themselves(change: Change) -> None:
    """While an appeal waits, who took the content away does not give it back. Raises NotAllowed (`self_review`)."""
    if change.after == Visibility.PUBLIC and change.by is not None:
        require_other_hands(change.kind, change.thing.pk, change.by)


def require_other_hands(kind: str, subject_id: int, by: Any) -> None:
    contested = Appeal.objects.filter(
        outcome=Outcome.OPEN, statement__kind=kind, statement__subject_id=subject_id, statement__by_id=by.pk
    )
    if contested.exclude(statement__measure=Measure.SET_ASIDE).exists():
        raise NotAllowed(SELF_REVIEW, code="self_review")
