"""Looking a receipt up in the published tally: the same for page and API, and no faster than a person types."""

from typing import Any

from django.http import HttpRequest

from .domain.publishing_tally import find_ballot, open_tally
from .models import Poll
from .paces import require_pace_of_receipts


def look_up(request: HttpRequest, poll: Poll, code: str, *, by: Any) -> dict | None:
    """The choices filed under the code, or None. Raises TooMany, and what `open_tally` raises.

    A code stands in no address, so that no log of the server has it beside who asked.
    """
    require_pace_of_receipts(request)
    return find_ballot(open_tally(poll, by=by), code)
