"""django-vote's rows with a manager of our own: it inserts first, and moves counters by F() only when a row really moved.

The package's manager loses votes under load (it locks in two orders and swallows errors). Here: one order everywhere, `ON
CONFLICT DO NOTHING` on the unique index of migration 0002, and nothing swallowed. Locks go: the voter's row (shared, so that
who joins or leaves the bank's staff meanwhile is counted on one side or the other), their vote, what sets it aside, the idea.
"""

from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Case, Exists, F, FloatField, Value, When
from django.db.models.functions import Log
from django.utils import timezone
from vote.managers import _VotableManager
from vote.models import UP

INSERT = """
    INSERT INTO vote_vote (user_id, content_type_id, object_id, action, create_at)
    SELECT id, %s, %s, %s, %s FROM {members} WHERE id = %s {shared} ON CONFLICT DO NOTHING
"""
DELETE = """
    DELETE FROM vote_vote WHERE user_id = (SELECT id FROM {members} WHERE id = %s {shared})
    AND content_type_id = %s AND object_id IN (SELECT id FROM {ideas} WHERE id = %s OR merged_into_id = %s) RETURNING object_id
"""
# Trend is `trend_of`, with the age worked out before.
RECOUNT = """
    UPDATE {ideas} SET num_vote_up = counted.supporters, vote_score = counted.supporters, staff_votes = counted.colleagues,
    trend = LN(1.0 + counted.supporters) / LN(10.0) + CASE counted.of_idea {ages} END
    FROM ({counted}) AS counted WHERE {ideas}.id = counted.of_idea RETURNING {ideas}.id, {ideas}.vote_score
"""


def trend_of(votes, created_at) -> float:
    """log10(1 + votes) + age: ten times the votes weigh as much as 45 days (Reddit's "hot", with days for hours)."""
    from math import log10

    return log10(1 + votes) + created_at.timestamp() / (45 * 86_400)


class CountedVotes(_VotableManager):
    """`idea.votes.up(user_id)`: True if a row was really inserted; `.delete(user_id)`: of which ideas rows were deleted.

    Needs a transaction. `insert` and `remove` leave the counters alone: the caller has them counted again (`recount_of`).
    """

    def up(self, user_id: int) -> bool:
        inserted = self.insert(user_id)
        if inserted:
            self.count(1, user_id)
        return inserted

    def delete(self, user_id: int) -> list[int]:
        """As `remove`, moving the counters where the vote was for this idea alone."""
        moved = self.remove(user_id)
        if moved == [self.instance.pk]:
            self.count(-1, user_id)
        return moved

    def insert(self, user_id: int) -> bool:
        with connection.cursor() as cursor:
            values = [self._content_type().pk, self.instance.pk, UP, timezone.now(), user_id]
            cursor.execute(_with_member(INSERT), values)
            return cursor.rowcount == 1

    def remove(self, user_id: int) -> list[int]:
        """Delete this person's votes for the idea and for those merged into it; of which there were any."""
        statement = _with_member(DELETE, ideas=self.instance._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(statement, [user_id, self._content_type().pk, self.instance.pk, self.instance.pk])
            return sorted(row[0] for row in cursor.fetchall())

    def count(self, step: int, user_id: int) -> None:
        """Move the idea's counters. A vote that is set aside moves none: its row is locked before it is believed, for it
        may be released just now."""
        idea = self.instance.__class__.objects.filter(pk=self.instance.pk)
        aside = apps.get_model("ideas", "SetAsideVote").objects.filter(
            idea_id=self.instance.pk, member_id=user_id, released_at__isnull=True
        )
        counted = self._add(idea.exclude(Exists(aside)), step, user_id)
        if not counted and not list(aside.select_for_update().values("pk")):
            self._add(idea, step, user_id)

    def _content_type(self):
        return ContentType.objects.get_for_model(self.instance)

    def _add(self, idea, step: int, user_id: int) -> int:
        """The bank's own people count among the votes, and are shown apart: by what the voter's row says, not the session."""
        of_staff = Exists(get_user_model().objects.staff().filter(pk=user_id))
        return idea.update(
            num_vote_up=F("num_vote_up") + step,
            vote_score=F("vote_score") + step,
            staff_votes=F("staff_votes") + Case(When(of_staff, then=Value(step)), default=Value(0)),
            trend=Log(10, F("vote_score") + step + 1.0, output_field=FloatField())
            + trend_of(0, self.instance.created_at),
        )


def recount_of(ideas: Iterable) -> dict[int, int]:
    """Set the counters of these from their rows, in one statement: {key: votes}. Call with their rows locked, or a vote that
    comes meanwhile is written over."""
    created = {idea.pk: idea.created_at for idea in ideas}
    model = apps.get_model("ideas", "Idea")
    counted = (
        model.objects.filter(pk__in=created)
        .order_by()
        .with_counted_votes()
        .values("of_idea", "supporters", "colleagues")
    )
    query, keys = counted.query.get_compiler(connection=connection).as_sql()
    ages = " ".join(["WHEN %s THEN %s"] * len(created))
    aged = [value for pk, at in created.items() for value in (pk, trend_of(0, at))]
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT.format(ideas=model._meta.db_table, ages=ages, counted=query), [*aged, *keys])
        return dict(cursor.fetchall())


def _with_member(statement: str, **parts: str) -> str:
    """The voter's row is read with a lock that others may share, where the database has row locks."""
    shared = "FOR SHARE" if connection.features.has_select_for_update else ""
    return statement.format(members=get_user_model()._meta.db_table, shared=shared, **parts)
