"""The decision: what the bank does with the answer, told to everyone who gave one."""

from copy import copy

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, require
from core.events import publish
from core.letters import Letter, letters_about
from core.shield import for_public, refuse_private
from members.models import Member

from ..events import PollClosed, PollDecided
from ..models import Option, Poll
from ..permissions import can_run_polls
from ..states import State

SHORTEST, LONGEST = 30, 4000


@transaction.atomic
def decide(poll: Poll, text: str, *, by: Member, retained: str = "") -> Poll:
    """Publish the decision of a closed poll. It is signed, said once, and cannot be taken back.

    `retained`: the public id of the option that the bank goes with, where it goes with one of them.
    """
    require(can_run_polls(by))
    text = _check(text)
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    now, was = timezone.now(), poll.state
    poll.move_to(State.DECIDED, now)
    poll.retained = _option(poll, retained)
    poll.decision, poll.decided_at, poll.decided_by = text, now, by
    poll.save(update_fields=["state", "decision", "retained", "decided_at", "decided_by"])
    if was != State.CLOSED:
        publish(PollClosed(poll_id=poll.pk))  # its hour had come, and the worker had not yet said so
    publish(PollDecided(poll_id=poll.pk), by=by)
    return poll


def letters_of(poll: Poll, text: str, *, by: Member, retained: str = "") -> list[Letter]:
    """What those who voted would read were this decided now, in each language: notice and mail. Nothing is stored.

    Raises as `decide`.
    """
    require(can_run_polls(by))
    poll = copy(poll)
    poll.move_to(State.DECIDED, timezone.now())
    poll.decision, poll.retained = _check(text), _option(poll, retained)
    return letters_about("poll_decided", "polls", poll, reader=by)


def _check(text: str) -> str:
    """The decision as it is published. Raises Invalid (`too_short`, `too_long`), PrivateData."""
    text = (text or "").strip()
    if len(text) < SHORTEST:
        raise Invalid(
            _("Say in a few sentences what was decided and why (30 characters or more)."),
            code="too_short", field="decision",
        )  # fmt: skip
    if len(text) > LONGEST:
        raise Invalid(_("Keep the decision under 4,000 characters."), code="too_long", field="decision")
    refuse_private(decision=text)
    return for_public(text)


def _option(poll: Poll, public_id: str) -> Option | None:
    if not public_id:
        return None
    found = Option.objects.filter(question__poll=poll, public_id=public_id).first() if "\x00" not in public_id else None
    if found is None:
        raise Invalid(_("Choose one of the poll’s options."), code="unknown_option", field="retained")
    return found


def participants_of(poll: Poll):
    """The members who took part and are still there: they hear of the decision."""
    return Member.objects.living().filter(poll_participations__poll=poll)


def readers_of(poll: Poll) -> dict[str, int]:
    """How many of them read in each language: {language: members}. One query."""
    return dict(participants_of(poll).order_by().values_list("language").annotate(n=Count("pk")))
