"""The steps of a quarter: open, score, reveal, freeze, publish; and the proof that nothing moved since."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.desk import opens_to, render_page
from core.errors import DomainError

from ..domain.freezing import freeze_quarter, verify_quarter
from ..domain.publishing import publish_quarter
from ..domain.quarters import open_quarter, reveal_scores, set_frame, start_scoring
from ..domain.walls import wall_of
from ..models import Quarter
from ..permissions import can_chair, can_read_board
from ..states import DECIDED, DEFAULT_WEIGHTS, QUESTIONS, Column, FactorKey
from .parsing import find_quarter, number, refused, wall_url, weights_in


@opens_to(can_chair)
def open_new(request: HttpRequest) -> HttpResponse:
    """The form that opens a quarter: code, capacity, weights."""
    refusal, status = None, 200
    if request.method == "POST":
        try:
            quarter = open_quarter(
                request.POST.get("code", "").strip(), by=request.user, weights=weights_in(request.POST),
                capacity=number(request.POST.get("capacity"), 0), quorum=number(request.POST.get("quorum"), 2),
            )  # fmt: skip
        except DomainError as error:
            refusal, status = error, error.status
        else:
            messages.success(request, _("%(quarter)s is open.") % {"quarter": quarter.label})
            return HttpResponseRedirect(wall_url(quarter))
    last = Quarter.objects.without_snapshot().order_by("-code").first()
    typed = request.POST if request.method == "POST" else {}
    fields = [
        {"key": key, "label": FactorKey(key).label, "help": QUESTIONS[key], "value": typed.get(f"weight_{key}", weight)}
        for key, weight in DEFAULT_WEIGHTS.items()
    ]
    return render_page(
        request, "board/desk/open.html", title=_("Open a quarter"), crumbs=[(_("Board"), reverse("board_desk:index"))],
        status=status, refusal=refusal, weight_fields=fields,
        code=typed.get("code") or (last.next_code if last else _this_quarter()),
        capacity=typed.get("capacity") or (last.capacity if last else 40), quorum=typed.get("quorum") or 2,
    )  # fmt: skip


@opens_to(can_read_board)
@require_POST
def start(request: HttpRequest, code: str) -> HttpResponse:
    return _step(request, code, start_scoring, _("Scoring is open: each member scores alone."))


@opens_to(can_read_board)
@require_POST
def reveal(request: HttpRequest, code: str) -> HttpResponse:
    return _step(request, code, reveal_scores, _("The notes are revealed: cards now stand by score."))


def _step(request: HttpRequest, code: str, verb, said: str) -> HttpResponse:
    quarter = find_quarter(code)
    try:
        verb(quarter, by=request.user)
    except DomainError as error:
        return refused(request, error, wall_url(quarter))
    messages.success(request, said)
    return HttpResponseRedirect(wall_url(quarter))


@opens_to(can_read_board)
@require_POST
def frame(request: HttpRequest, code: str) -> HttpResponse:
    """Make a simulation's weights and capacity those of the quarter."""
    quarter = find_quarter(code)
    try:
        set_frame(
            quarter, weights=weights_in(request.POST), capacity=number(request.POST.get("capacity")), by=request.user
        )
    except DomainError as error:
        return refused(request, error, wall_url(quarter, panel="simulation"))
    messages.success(request, _("The quarter now has these weights and this capacity."))
    return HttpResponseRedirect(wall_url(quarter))


@opens_to(can_chair)
def freeze(request: HttpRequest, code: str) -> HttpResponse:
    """A page to confirm on, with what is still missing; then the freeze."""
    quarter = find_quarter(code)
    refusal, status = None, 200
    if request.method == "POST":
        try:
            quarter = freeze_quarter(quarter, by=request.user, foreword=request.POST.get("foreword", ""))
        except DomainError as error:
            refusal, status = error, error.status
        else:
            messages.success(request, _("Frozen. Another member of the board can now sign the publication."))
            return HttpResponseRedirect(wall_url(quarter))
    wall = wall_of(quarter)
    silent = [card for card in wall.cards if card.placement.column in DECIDED and not card.placement.reason]
    planned = sum(card.placement.effort for card in wall.now.cards)
    return render_page(
        request, "board/desk/freeze.html", title=_("Freeze %(quarter)s") % {"quarter": quarter.label},
        crumbs=[(_("Board"), wall_url(quarter))], status=status, refusal=refusal, quarter=quarter, wall=wall, silent=silent,
        planned=planned, is_over=planned > quarter.capacity, decided=sum(1 for c in wall.cards if c.placement.column in DECIDED),
        left=sum(1 for card in wall.cards if card.placement.column == Column.CANDIDATE),
        foreword=request.POST.get("foreword", quarter.foreword),
    )  # fmt: skip


@opens_to(can_read_board)
@require_POST
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """The second signature."""
    quarter = find_quarter(code)
    if not request.POST.get("read"):
        messages.error(request, _("Tick that you have read the decisions and the minutes, then sign."))
        return HttpResponseRedirect(wall_url(quarter, panel="publication"))
    try:
        quarter = publish_quarter(quarter, by=request.user)
    except DomainError as error:
        return refused(request, error, wall_url(quarter, panel="publication"))
    messages.success(request, _("Published: the ideas have moved, the minutes and the roadmap are up."))
    return HttpResponseRedirect(wall_url(quarter))


@opens_to(can_read_board)
@require_POST
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Compute the hash again and hold the snapshot against the tables."""
    quarter = find_quarter(code)
    try:
        found = verify_quarter(quarter)
    except DomainError as error:
        return refused(request, error, wall_url(quarter))
    if found.holds:
        messages.success(request, _("Verified: the hash is the same and nothing has moved."))
    else:
        messages.error(
            request, _("The hash no longer holds: %(what)s.") % {"what": ", ".join(found.drift) or "SHA-256"}
        )
    return HttpResponseRedirect(wall_url(quarter))


def _this_quarter() -> str:
    today = timezone.localdate()
    return f"{today.year}-Q{(today.month + 2) // 3}"
