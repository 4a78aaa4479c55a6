"""Customers' demand for items: people, each once per item, over the ideas that speak for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log1p

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from ideas.models import Idea

from ..states import HIGHEST

# Voters of each idea that is evidence, and of those merged into it. A person counts once, by their heaviest evidence;
# a vote that is set aside does not.
PEOPLE = """
    SELECT item_id, COUNT(*), SUM(weight), SUM(CASE WHEN is_staff THEN 1 ELSE 0 END),
           SUM(CASE WHEN is_staff THEN 0 ELSE weight END)
    FROM (
        SELECT e.item_id, v.user_id, MAX(e.weight) AS weight, m.is_staff
        FROM board_evidence e
        JOIN ideas_idea i ON i.id = e.idea_id OR i.merged_into_id = e.idea_id
        JOIN vote_vote v ON v.object_id = i.id AND v.content_type_id = %s
        JOIN members_member m ON m.id = v.user_id
        LEFT JOIN ideas_setasidevote a ON a.idea_id = i.id AND a.member_id = v.user_id AND a.released_at IS NULL
        WHERE a.id IS NULL AND e.item_id IN ({places}) AND e.weight > 0
        GROUP BY e.item_id, v.user_id, m.is_staff
    ) voters
    GROUP BY item_id
"""


@dataclass(frozen=True)
class Demand:
    """`people` are members who are not staff; `staff` stand apart and weigh nothing; `weighted` is what the score takes."""

    people: int = 0
    staff: int = 0
    weighted: float = 0.0


def demand_of(item_ids: Iterable[int]) -> dict[int, Demand]:
    """The demand of each item, in one query (and none for no item)."""
    keys = sorted(set(item_ids))
    found = {key: Demand() for key in keys}
    if not keys:
        return found
    content_type = ContentType.objects.get_for_model(Idea).pk
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE.format(places=", ".join(["%s"] * len(keys))), [content_type, *keys])
        for item_id, everyone, _weight, staff, weighted in cursor.fetchall():
            found[item_id] = Demand(int(everyone - staff), int(staff), round(float(weighted), 4))
    return found


def demand_value(weighted: float, reference: int) -> float:
    """0 to 5: 5 × ln(1 + people) / ln(1 + reference), at most 5.

    A logarithm, because the step from 10 to 100 people says as much as that from 100 to 1,000. The reference is the size
    of the community when the quarter opened, and is kept with it, so that a score does not drift during the quarter.
    """
    return round(min(HIGHEST, HIGHEST * log1p(weighted) / log1p(max(reference, 1))), 2)
