"""Of which group an idea's author is: kept on the idea, so that the queue is filtered by an index and not by a join.

Set when the idea is saved first; put right when its author changes group, for ideas written by the thousand, and by
`manage.py recount`.
"""

from typing import Any

from django.db import transaction
from django.db.models import Case, CharField, F, OuterRef, QuerySet, Subquery, Value, When

from core.events import handles
from members.events import GroupChanged
from members.models import Member
from members.states import Kind

from ..models import Idea
from ..states import Crowd

BATCH = 1_000


@handles(GroupChanged)
def follow_author(event: GroupChanged, *, event_id: Any) -> None:
    """The ideas of a member who changed group go with them."""
    put_authors_right(Idea.objects.filter(author_id=event.member_id))


def misplaced(ideas: QuerySet) -> QuerySet:
    """Those whose author is of another group than they say; `real_crowd` is the right one."""
    return ideas.annotate(real_crowd=_crowd("author__")).exclude(author_crowd=F("real_crowd"))


def put_authors_right(ideas: QuerySet) -> int:
    """How many of these ideas said otherwise. They are locked in the order of their keys, as merging and bulk moves lock them."""
    author = Member.objects.filter(pk=OuterRef("author_id")).order_by()
    wrong = list(misplaced(ideas).order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(wrong), BATCH):
        with transaction.atomic():
            rows = Idea.objects.filter(pk__in=wrong[first : first + BATCH])
            list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
            rows.update(author_crowd=Subquery(author.values(crowd=_crowd())))
    return len(wrong)


def _crowd(path: str = "") -> Case:
    """`crowd_of` in the database's words: a prospect is a prospect, a customer is what their segment says."""
    return Case(
        When(**{f"{path}kind": Kind.PROSPECT}, then=Value(Crowd.PROSPECT.value)),
        default=F(f"{path}segment"),
        output_field=CharField(),
    )
