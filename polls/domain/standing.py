"""Where one reader stands towards one poll: may they answer, have they, and what do they see of the result."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from core.errors import DomainError

from ..models import Ballot, Poll, voter_key
from ..permissions import Sealed, Sight, can_see_results, refusal_to_vote


@dataclass(frozen=True)
class Standing:
    poll: Poll
    refusal: DomainError | None  # why no ballot can be put in now
    sight: Sight
    answered_at: datetime | None = None
    receipt: str = ""
    chosen: frozenset[str] = frozenset()  # options' public ids; empty while a sealed poll runs

    @property
    def can_vote(self) -> bool:
        return self.refusal is None

    @property
    def sees_results(self) -> bool:
        return self.sight.allowed

    @property
    def can_change(self) -> bool:
        return self.can_vote and self.answered_at is not None


def standing_of(user: Any, poll: Poll, *, with_ballot: bool = True) -> Standing:
    """For a poll read `with_my_answer(user)`: one query for one's own ballot if there is one, none otherwise.

    A sealed ballot is closed to its voter too, until the poll is.
    """
    now = timezone.now()
    refusal, sight = refusal_to_vote(user, poll, now), can_see_results(user, poll, now)
    answered_at, receipt, chosen = poll.answered_at(user), "", frozenset()
    if answered_at and refusal is None and poll.sealed:
        refusal = Sealed()
    if answered_at and with_ballot:
        ballot = Ballot.objects.filter(voter_key=voter_key(poll, user)).values_list("receipt", "choices").first()
        if ballot:
            receipt = ballot[0]
            if poll.is_over or not poll.sealed:
                chosen = frozenset(option for options in ballot[1].values() for option in options)
    return Standing(poll, refusal, sight, answered_at, receipt, chosen)
