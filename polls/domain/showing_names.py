"""Names beside answers: of an open poll, which said so before the vote, and of no other."""

from typing import Any

from django.db.models import QuerySet

from core.errors import NotFound, require

from ..models import Participation, Poll
from ..permissions import ResultsHidden, can_see_results


def names_in(poll: Poll, *, by: Any) -> QuerySet[Participation]:
    """Who answered, each with the ballot, for whoever may see the results; the last to join in first, without the hour.

    Whoever left the Lab is not in it. Raises NotFound where the poll is confidential, whoever asks; ResultsHidden.
    """
    require(not poll.confidential, NotFound())
    sight = can_see_results(by, poll)
    if not sight:
        raise ResultsHidden(poll, sight)
    rows = Participation.objects.of(poll).filter(
        ballot__isnull=False, member__is_active=True, member__erased_at__isnull=True
    )
    return rows.select_related("member", "ballot").order_by("-id")
