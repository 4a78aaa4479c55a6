"""Names beside answers: of an open poll, which said so before the vote, and of no other."""

from typing import Any

from django.db.models import QuerySet

from core.errors import NotFound, require

from ..models import Participation, Poll
from ..permissions import ResultsHidden, can_read_studio, can_see_results


def named_answers(poll: Poll, *, by: Any) -> QuerySet[Participation]:
    """Who answered an open poll, each with the ballot, the latest first: for staff with a part in polls.

    Raises NotAllowed; NotFound where the poll is confidential, whoever asks; ResultsHidden while nobody may see the result.
    """
    require(can_read_studio(by))
    require(not poll.confidential, NotFound())
    sight = can_see_results(by, poll)
    if not sight.allowed:
        raise ResultsHidden(poll, sight)
    rows = Participation.objects.of(poll).filter(ballot__isnull=False).select_related("member", "ballot")
    return rows.defer("member__password", "ballot__voter_key").order_by("-at", "-id")
