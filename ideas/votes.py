"""django-vote's rows with a manager of our own: it inserts first, and moves counters by F() only when a row really moved.

The package's manager loses votes under load (it locks in two orders and swallows errors). Here: one order everywhere (vote
row, then idea row), `ON CONFLICT DO NOTHING` on the unique index of migration 0002, and nothing swallowed.
"""

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Exists, F, FloatField
from django.db.models.functions import Log
from django.utils import timezone
from vote.managers import _VotableManager
from vote.models import UP, Vote

INSERT = """
    INSERT INTO vote_vote (user_id, content_type_id, object_id, action, create_at) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT DO NOTHING
"""


def trend_of(votes, created_at) -> float:
    """log10(1 + votes) + age: ten times the votes weigh as much as 45 days (Reddit's "hot", with days for hours)."""
    from math import log10

    return log10(1 + votes) + created_at.timestamp() / (45 * 86_400)


class CountedVotes(_VotableManager):
    """`idea.votes.up(user_id)` and `.delete(user_id)`: True if a row was really inserted or deleted. Needs a transaction."""

    def up(self, user_id: int) -> bool:
        values = [user_id, self._content_type().pk, self.instance.pk, UP, timezone.now()]
        with connection.cursor() as cursor:
            cursor.execute(INSERT, values)
            inserted = cursor.rowcount == 1
        if inserted:
            self._move(1, user_id)
        return inserted

    def delete(self, user_id: int) -> bool:
        rows = Vote.objects.filter(user_id=user_id, content_type=self._content_type(), object_id=self.instance.pk)
        deleted = bool(rows._raw_delete(rows.db))
        if deleted:
            self._move(-1, user_id)
        return deleted

    def _content_type(self):
        return ContentType.objects.get_for_model(self.instance)

    def _move(self, step: int, user_id: int) -> None:
        """A vote that is set aside moves no counter. The row is locked before it is believed: it may be released just now."""
        idea = self.instance.__class__.objects.filter(pk=self.instance.pk)
        aside = apps.get_model("ideas", "SetAsideVote").objects.filter(
            idea_id=self.instance.pk, member_id=user_id, released_at__isnull=True
        )
        if not self._add(idea.exclude(Exists(aside)), step) and not list(aside.select_for_update().values("pk")):
            self._add(idea, step)

    def _add(self, idea, step: int) -> int:
        return idea.update(
            num_vote_up=F("num_vote_up") + step,
            vote_score=F("vote_score") + step,
            trend=Log(10, F("vote_score") + step + 1.0, output_field=FloatField())
            + trend_of(0, self.instance.created_at),
        )
