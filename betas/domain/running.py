"""A programme's course: interest, recruiting, running, evaluating; closing has a verb of its own."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, ImpossibleMove, require
from core.events import publish
from ideas.domain.moving import move_idea
from ideas.models import Idea
from ideas.states import State as IdeaState

from ..events import ProgrammeOpened, ProgrammeStarted
from ..models import Programme
from ..permissions import can_manage
from ..states import MOVES, State
from .checking import in_house_language, lock


def open_interest(programme: Programme, *, by: Any) -> Programme:
    """Announce it: members can ask to be told when it recruits."""
    with transaction.atomic():
        programme = move(programme, State.INTEREST, by=by)
        publish(ProgrammeOpened(programme.pk, State.INTEREST), by=by)
    return programme


def open_recruiting(programme: Programme, *, by: Any) -> Programme:
    """Take applications. Who registered interest is told."""
    with transaction.atomic():
        programme = move(programme, State.RECRUITING, by=by)
        publish(ProgrammeOpened(programme.pk, State.RECRUITING), by=by)
    return programme


def start(programme: Programme, *, by: Any) -> Programme:
    """The test begins: its planned ideas become “in beta” with a public reason. It needs a mission."""
    with transaction.atomic():
        programme = move(programme, State.RUNNING, by=by)
        if not programme.missions.exists():
            raise DomainError(
                _("Write a mission first: testers need to know what to try."), code="no_mission", status=409
            )
        reason = in_house_language(_("Members try it out in the beta test “%(title)s”."), title=programme.title)
        for idea in tested_ideas(programme):
            if idea.state == IdeaState.PLANNED:
                move_idea(idea, IdeaState.IN_BETA, reason=reason, by=by)
        publish(ProgrammeStarted(programme.pk), by=by)
    return programme


def evaluate(programme: Programme, *, by: Any) -> Programme:
    """Take no more applications; findings can still be finished while the bank decides."""
    with transaction.atomic():
        return move(programme, State.EVALUATING, by=by)


def resume(programme: Programme, *, by: Any) -> Programme:
    """Back from evaluation to the test: its ideas never left “in beta”."""
    with transaction.atomic():
        return move(programme, State.RUNNING, by=by, only_from=State.EVALUATING)


def archive(programme: Programme, *, by: Any) -> Programme:
    """Take it off the lists; its page stays."""
    with transaction.atomic():
        return move(programme, State.ARCHIVED, by=by)


def move(programme: Programme, to: str, *, by: Any, only_from: str | None = None) -> Programme:
    """Permit, lock, check, change. Raises NotAllowed, ImpossibleMove (409)."""
    require(can_manage(by, programme))
    programme = lock(programme)
    if to not in MOVES[programme.state] or (only_from and programme.state != only_from):
        raise ImpossibleMove(
            _("A programme that is “%(from)s” cannot become “%(to)s”.")
            % {"from": programme.get_state_display(), "to": State(to).label}
        )
    programme.state, programme.state_since = to, timezone.now()
    programme.save(update_fields=["state", "state_since"])
    return programme


def tested_ideas(programme: Programme) -> list[Idea]:
    """The ideas it comes from; for one merged since, the idea that stays. Each once."""
    links = programme.idea_links.select_related("idea__merged_into").order_by("id")
    return list({idea.pk: idea for link in links for idea in [link.idea.merged_into or link.idea]}.values())
