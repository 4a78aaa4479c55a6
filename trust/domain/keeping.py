"""A text that its author deleted is kept while a case about it is open, and while its decision can be contested; then it goes.

What cases, statements and holds quote of it goes with it.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from core.keeping import needs, still_needed
from core.schedule import every
from ideas.models import Comment
from polls.models import Remark

from ..models import Case, Hold, Statement
from ..states import Kind

CHUNK = 2_000


@needs("comment")
def comments_of_cases() -> QuerySet:
    """Those of open cases, and of cases closed within LAB["APPEAL_DAYS"]: reopened, they are judged on what was said."""
    return _still_contested(Kind.COMMENT)


@needs("remark")
def remarks_of_cases() -> QuerySet:
    """The same of remarks under polls."""
    return _still_contested(Kind.REMARK)


def _still_contested(kind: str) -> QuerySet:
    since = timezone.now() - timedelta(days=settings.LAB["APPEAL_DAYS"])
    waiting = Q(closed_at__isnull=True) | Q(closed_at__gte=since)
    return Case.objects.filter(waiting, kind=kind).order_by().values("subject_id")


@every(hours=6)
def forget_quotes() -> None:
    """What moderation quotes of a deleted comment, once the comment's own text is gone."""
    _forget_quotes_of(Kind.COMMENT, Comment)
    _forget_quotes_of(Kind.REMARK, Remark)


def _forget_quotes_of(kind: str, things: type[Model]) -> None:
    before = timezone.now() - timedelta(days=settings.LAB["DELETED_TEXT_DAYS"])
    gone = things.objects.filter(pk=OuterRef("subject_id"), deleted_at__lt=before)  # type: ignore[attr-defined]
    for keys in still_needed(str(kind)):
        gone = gone.exclude(pk__in=keys)
    quoting = Q(Exists(gone), kind=kind) & ~Q(title="")
    for model in (Case, Statement):
        keys = list(model.objects.filter(quoting).order_by().values_list("pk", flat=True)[:CHUNK])
        model.objects.filter(pk__in=keys).update(title="")
    cases = Case.objects.filter(Exists(gone), kind=kind).order_by().values("pk")
    keys = list(Hold.objects.filter(case__in=cases).exclude(saw="").order_by().values_list("pk", flat=True)[:CHUNK])
    Hold.objects.filter(pk__in=keys).update(saw="")
