"""Where one reader stands towards one poll: may they answer, have they, and what do they see of the result."""

from collections.abc import Iterator
from dataclasses import dataclass, field
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
    choices: dict = field(default_factory=dict)  # the ballot by question, as it is kept; empty while a sealed poll runs
    words: dict = field(default_factory=dict)

    @property
    def chosen(self) -> frozenset[str]:
        """Every option the ballot speaks of: public ids."""
        return frozenset(option for kept in self.choices.values() for option in named_in(kept))

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
    answered_at, receipt, choices, words = poll.answered_at(user), "", {}, {}
    if answered_at and refusal is None and poll.sealed:
        refusal = Sealed()
    if answered_at and with_ballot:
        ballot = (
            Ballot.objects.filter(voter_key=voter_key(poll, user)).values_list("receipt", "choices", "words").first()
        )
        if ballot:
            receipt = ballot[0]
            if poll.is_over or not poll.sealed:
                choices, words = ballot[1], ballot[2]
    return Standing(poll, refusal, sight, answered_at, receipt, choices, words)


def named_in(kept: Any) -> Iterator[str]:
    """The options' public ids in an answer as a ballot keeps it, of whatever method."""
    for item in kept:
        if isinstance(item, list):
            yield from item
        else:
            yield item
