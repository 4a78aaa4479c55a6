"""The check before opening."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core.desk import opens_to

from ..domain.checking import hints_of, measure
from ..domain.opening import faults_of
from ..permissions import audience_in_words, can_read_studio
from ..states import State
from .frame import page, read


@opens_to(can_read_studio)
def check(request: HttpRequest, public_id: str) -> HttpResponse:
    """Before opening: what is missing, what had better be said otherwise, how many are invited, how sure the answer can be."""
    poll = read(public_id)
    audience = measure(poll)
    is_to_open = poll.current_state in (State.DRAFT, State.SCHEDULED)
    return page(
        request, "check", poll, "check", faults=faults_of(poll) if is_to_open else [], figures=audience,
        hints=hints_of(poll, audience) if is_to_open else [], audience=audience_in_words(poll), is_to_open=is_to_open,
        is_dated=bool(poll.opens_at and poll.opens_at > timezone.now()),
    )  # fmt: skip
