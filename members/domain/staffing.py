"""Joining the bank's staff and leaving it. What other apps count apart for the staff follows in the same transaction.

    @follows_staff
    def count_their_votes_again(member: Member) -> None: ...

Not by an event: a vote that moved between the change and its handler would be counted on the wrong side.
"""

from collections.abc import Callable

from ..models import Member

_followers: list[Callable[[Member], object]] = []


def follows_staff(function: Callable[[Member], object]) -> Callable[[Member], object]:
    """Register what is done when somebody has become or is no longer of the staff; the member's row is locked."""
    if function not in _followers:
        _followers.append(function)
    return function


def tell_staff_changed(member: Member) -> None:
    """Call when `is_staff` was written with another value. In the transaction of that."""
    for function in _followers:
        function(member)
