"""How ballots are counted: those counted apart, and the weights of the audience."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from core.desk import opens_to
from core.errors import DomainError
from core.posting import posts_to
from core.shield import PrivateData

from ..domain.counting_in import CAN_COUNT, LONGEST, apart_in, count_in
from ..domain.results import both_ways
from ..domain.weighting import drop_weights, may_weigh, set_weights, strata_of, text_of
from ..exporting import weights_file
from ..models import Poll
from ..permissions import can_read_studio, can_see_results
from ..states import Apart, State
from .frame import page, read, tab_of


@opens_to(can_read_studio)
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    return _page(request, read(public_id))


def _page(request: HttpRequest, poll: Poll, **told) -> HttpResponse:
    refusal = told.get("apart_refusal") or told.get("weights_refusal")
    apart, sees = apart_in(poll), can_see_results(request.user, poll).allowed
    rows = [
        {"kind": kind, "label": Apart(kind).label, "people": people, "can": kind in CAN_COUNT,
         "counted": kind in poll.counts_in}
        for kind, people in apart.items()
    ]  # fmt: skip
    return page(
        request, "counting", poll, "counting", apart=rows, longest=LONGEST, strata=strata_of(poll),
        changes=poll.current_state in (State.OPEN, State.CLOSED) and poll.reopened_at is None,
        weighs=poll.current_state != State.DECIDED, weighs_anew=may_weigh(poll),
        sees=sees, both=both_ways(poll) if sees else None,
        status=refusal.status if refusal else 200, **told,
    )  # fmt: skip


@posts_to(tab_of("counting"))
@opens_to(can_read_studio)
def count(request: HttpRequest, public_id: str) -> HttpResponse:
    poll = read(public_id)
    kinds, reason = request.POST.getlist("kinds"), request.POST.get("reason", "")
    try:
        count_in(poll, kinds, reason=reason, by=request.user)
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        if isinstance(refusal, PrivateData):
            reason = refusal.extra["masked"]["reason"]
        return _page(request, poll, apart_refusal=refusal, typed_reason=reason, typed_kinds=kinds)
    messages.success(request, _("Counted anew. The reason stands on the poll’s page."))
    return redirect("polls_studio:counting", poll.public_id)


@posts_to(tab_of("counting"))
@opens_to(can_read_studio)
def weigh(request: HttpRequest, public_id: str) -> HttpResponse:
    """A file, or the same as text; or, with `drop`, no weights any more."""
    poll = read(public_id)
    file = request.FILES.get("file")
    text = request.POST.get("text", "") if file is None else text_of(file)
    try:
        if request.POST.get("drop"):
            drop_weights(poll, by=request.user)
            said = _("The weights are taken away: the count stands as it is.")
        else:
            set_weights(poll, text, by=request.user)
            lines = poll.audience_shares.count()
            said = ngettext(
                "The weights are in: %(n)d line read.", "The weights are in: %(n)d lines read.", lines
            ) % {"n": lines}  # fmt: skip
    except DomainError as refusal:
        if refusal.status == 403:
            raise
        return _page(request, poll, weights_refusal=refusal, typed_weights=text)
    messages.success(request, said)
    return redirect("polls_studio:counting", poll.public_id)


@require_GET
@opens_to(can_read_studio)
def weights_template(request: HttpRequest, public_id: str) -> HttpResponse:
    """A file to fill in, which leads back to `weigh`."""
    return weights_file(read(public_id), by=request.user)
