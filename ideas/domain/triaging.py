"""Two colleagues at one idea: a decision is made on what its maker saw, or not at all."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

from ..models import Idea
from .moving import lock


class ChangedMeanwhile(DomainError):
    """The idea is no longer as it was shown (409). Nothing was done; what was typed is to be kept."""

    code, status = "changed_meanwhile", 409
    message = _("Somebody changed this idea meanwhile: nothing was done. Your text is kept.")


def version_of(idea: Idea) -> str:
    """What a form carries to say which idea it was filled on: state, visibility, and the newest step that stands."""
    last = idea.moves.filter(undone_at__isnull=True).values_list("pk", flat=True).last() or 0
    return make_version(idea, last)


def make_version(idea: Idea, last_move_id: int) -> str:
    """The same from a step's key that was read already."""
    return f"{idea.state}.{idea.visibility}.{last_move_id}"


@contextmanager
def unchanged(idea: Idea, seen: str) -> Iterator[Idea]:
    """Hold the idea while a verb runs, if it is still what was `seen`; raises ChangedMeanwhile."""
    with transaction.atomic():
        idea = lock(idea)
        if seen != version_of(idea):
            raise ChangedMeanwhile()
        yield idea
