"""What every path of the desk shares: who comes in, the idea as the caller saw it, what is said once it is done."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rest_framework.response import Response

from core.api.desk import StaffView
from core.errors import Invalid
from members.models import Member

from .. import desk_serializers as shapes
from ..conflicts import conflict_of
from ..domain.following import people_told
from ..domain.triaging import ChangedMeanwhile, make_version, unchanged, version_of
from ..history import feed_of, last_move
from ..models import Deed, Idea
from ..permissions import can_open_desk
from ..states import Visibility


class DeskView(StaffView):
    """Staff who open the triage desk, and nobody else."""

    opens = staticmethod(can_open_desk)
    problems = {"409": shapes.DeskProblem}

    def idea(self, public_id: str) -> Idea:
        return self.found(Idea.objects.select_related("author", "category", "assignee", "merged_into"), public_id)

    @contextmanager
    def as_seen(self, public_id: str, values: dict) -> Iterator[Idea]:
        """The idea, held while the verb runs, if it still is what the caller read; unasked, as it is."""
        idea = self.idea(public_id)
        if "seen" not in values:
            yield idea
            return
        try:
            with unchanged(idea, values["seen"]) as held:
                yield held
        except ChangedMeanwhile as refusal:
            refusal.extra = self.since(public_id, values["seen"])
            raise

    def since(self, public_id: str, seen: str) -> dict:
        """What is different since `seen`, and the version now: read anew, as the page reads it."""
        idea = self.idea(public_id)
        feed = feed_of(idea, self.request.user)
        conflict = conflict_of(idea, feed, seen)
        changes = shapes.DeskChangeSerializer(conflict.changes if conflict else (), many=True).data
        return {"changes": changes, "version": make_version(idea, last_move(feed))}

    def done(self, idea: Idea, *, kind: str = "", key: str = "", told: int = 0) -> Response:
        idea = Idea.objects.get(pk=idea.pk)
        undo = undoing(kind, key)
        return Response(shapes.DeskDoneSerializer({"idea": standing(idea), "told": told, "undo": undo}).data)

    def deed_done(self, idea: Idea, deed: Deed | None, told: int = 0) -> Response:
        return self.done(idea, kind="deed", key=deed.public_id, told=told) if deed else self.done(idea)


def undoing(kind: str, key: str | None) -> dict | None:
    """What desk/undo/ takes, and for how long; None where nothing can be taken back."""
    return {"kind": kind, "key": key, "seconds": settings.LAB["UNDO_SECONDS"]} if kind and key else None


def because_of(values: dict) -> dict:
    """The ground, where something is taken away."""
    return {} if values["to"] == Visibility.PUBLIC else {"ground": values["ground"], "rule": values["rule"]}


def standing(idea: Idea) -> dict:
    return {"id": idea.public_id, "state": idea.state, "visibility": idea.visibility, "version": version_of(idea)}


def told(idea: Idea, values: dict, by: Any) -> int:
    return people_told(idea, by=by, silent=bool(values.get("silent")))


def colleague(key: str | None, field: str) -> Member | None:
    """A member of staff by their id; whether they may answer, the verb says."""
    if not key:
        return None
    found = Member.objects.living().staff().filter(public_id=key).first()
    if not found:
        raise Invalid(_("Choose a colleague who may answer."), code="cannot_answer", field=field)
    return found
