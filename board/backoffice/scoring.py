"""Scoring, each member alone: one subject a page, 0 to 5 per factor."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from core.desk import opens_to, render_page
from core.errors import DomainError, NotAllowed
from core.text import whole

from ..domain.scoring import give_score
from ..domain.walls import wall_of
from ..models import Evidence, Quarter, Score
from ..permissions import can_read_board, can_score
from ..states import QUESTIONS, SCORED, STEPS, FactorKey
from .parsing import wall_url


@opens_to(can_score)
def start(request: HttpRequest) -> HttpResponse:
    """The first subject that still waits for one's notes."""
    quarter = Quarter.objects.in_progress().first()
    cards = wall_of(quarter).cards if quarter else []
    if not cards:
        messages.info(request, _("There is no subject to score now."))
        return HttpResponseRedirect(reverse("board_desk:index"))
    done = _done(quarter, request.user)
    waiting = next((card for card in cards if card.item.pk not in done), cards[0])
    return HttpResponseRedirect(reverse("board_desk:score", args=[waiting.item.public_id]))


@opens_to(can_read_board)
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """One subject with one's own notes; a POST keeps them and goes on."""
    if not can_score(request.user):
        raise NotAllowed(_("Only members of the board score."))
    quarter = Quarter.objects.in_progress().first()
    wall = wall_of(quarter) if quarter else None
    card = wall.card(public_id) if wall else None
    if card is None:
        raise Http404
    items = [one.item for one in sorted(wall.cards, key=lambda one: (-one.total.demand.people, one.placement.pk))]
    here = items.index(card.item)
    after = items[(here + 1) % len(items)]
    refusal, status = None, 200
    if request.method == "POST":
        try:
            _keep(request, quarter, card.item)
        except DomainError as error:
            refusal, status = error, error.status
        else:
            if request.POST.get("stay"):
                after = card.item
            elif here + 1 == len(items):
                messages.success(request, _("That was the last subject. Your notes are kept."))
                return HttpResponseRedirect(wall_url(quarter, panel="scoring"))
            return HttpResponseRedirect(reverse("board_desk:score", args=[after.public_id]))
    notes = dict(
        Score.objects.filter(quarter=quarter, item=card.item, member=request.user).values_list("factor", "value")
    )
    done = _done(quarter, request.user)
    return render_page(
        request, "board/desk/scoring.html",
        title=_("My notes, %(quarter)s") % {"quarter": quarter.label},
        crumbs=[(_("Board"), reverse("board_desk:index"))],
        status=status, quarter=quarter, card=card, refusal=refusal,
        asks=[_ask(key, notes) for key in SCORED if key in {factor.key for factor in wall.factors}],
        abstains=bool(notes) and all(value is None for value in notes.values()),
        subjects=[{"item": item, "state": done.get(item.pk, ""), "is_here": item == card.item} for item in items],
        done_count=len(done), all_count=len(items), place=here + 1, previous=items[here - 1] if here else None,
        proofs=list(Evidence.objects.filter(item=card.item).select_related("idea", "poll")),
    )  # fmt: skip


def _keep(request: HttpRequest, quarter: Quarter, item) -> None:
    values = {key: value for key in SCORED if (value := whole(request.POST.get(key, ""))) is not None}
    give_score(quarter, item, values=values, abstain=bool(request.POST.get("abstain")), by=request.user)


def _done(quarter: Quarter, member) -> dict[int, str]:
    """item → "scored" or "abstained", for the subjects this member has finished."""
    asked = set(quarter.factors.filter(key__in=SCORED).values_list("key", flat=True))
    given: dict[int, dict] = {}
    for item_id, factor, value in Score.objects.filter(quarter=quarter, member=member).values_list(
        "item_id", "factor", "value"
    ):
        given.setdefault(item_id, {})[factor] = value
    return {
        item_id: "abstained" if all(value is None for value in notes.values()) else "scored"
        for item_id, notes in given.items()
        if asked <= set(notes)
    }


def _ask(key: str, notes: dict) -> dict:
    """A factor as a question with its six steps."""
    steps = [
        {"value": value, "word": word, "is_mine": notes.get(key) == value} for value, word in enumerate(STEPS[key])
    ]
    return {"key": str(key), "label": FactorKey(key).label, "question": QUESTIONS[key], "steps": steps}
