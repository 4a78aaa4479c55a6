"""The panels beside the wall: a score explained, the progress of scoring, a simulation."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from members.models import Member

from ..domain.quarters import check_capacity, check_weights
from ..domain.scoring import Part, Total, notes_of
from ..domain.simulating import Card, simulate
from ..domain.walls import Wall
from ..models import Score
from ..permissions import SCORERS, can_score
from ..states import HIGHEST, FactorKey
from .parsing import number, weights_in

DOT_X, DOT_STEP, DOT_Y, DOT_RISE = 20, 62, 40, 9


def of_card(request: HttpRequest, wall: Wall, public_id: str) -> dict:
    """The score factor by factor, the demand down to its ideas, the spread, and the card's move. Three queries."""
    card = wall.card(public_id)
    if card is None:
        raise Http404
    spreads = []
    if not wall.is_secret:
        own = dict(
            Score.objects.filter(quarter=wall.quarter, item=card.item, member=request.user).values_list(
                "factor", "value"
            )
        )
        scored = [part for part in card.total.parts if not part.is_computed and part.notes]
        spreads = [spread_of(part, own.get(part.key)) for part in sorted(scored, key=lambda part: -part.gap)]
    proofs = list(card.item.evidence.select_related("idea", "poll"))
    siblings = next(column for column in wall.columns if column.key == card.placement.column).cards
    return {
        "panel": "card",
        "card": card,
        "panel_item": public_id,
        "parts": explained(card.total),
        "spreads": spreads,
        "proofs": sorted(proofs, key=lambda proof: -(proof.idea.vote_score if proof.idea_id else 0)),
        "place_in_column": siblings.index(card),
        "places": range(1, len(siblings) + 1),
    }


def explained(total: Total) -> list[dict]:
    """Each factor with its bar and a sentence that says where its value comes from."""
    found = []
    for part in total.parts:
        if part.key == FactorKey.DEMAND:
            said = _("%(people)s people, each counted once.") % {"people": total.demand.people}
        elif part.key == FactorKey.EFFORT:
            said = _("Computed from the points of effort.")
        elif not part.notes:
            said = _("Nobody has scored it yet.")
        else:
            said = _("Median of %(count)s notes, from %(low)s to %(high)s.") % {
                "count": len(part.notes), "low": part.lowest, "high": part.highest,
            }  # fmt: skip
        found.append({"part": part, "share": 100 / HIGHEST * (part.value or 0), "said": said})
    return found


def spread_of(part: Part, own: int | None = None) -> dict:
    """Dots piled over 0 to 5, the median's line, and one's own note, as coordinates for SVG."""
    dots, piles, marked = [], [0] * (HIGHEST + 1), False
    for note in part.notes:
        mine = not marked and note == own
        marked = marked or mine
        dots.append({"x": DOT_X + DOT_STEP * note, "y": DOT_Y - DOT_RISE * piles[note], "mine": mine})
        piles[note] += 1
    ticks = [{"x": DOT_X + DOT_STEP * note, "n": note} for note in range(HIGHEST + 1)]
    return {"part": part, "dots": dots, "ticks": ticks, "median_x": DOT_X + DOT_STEP * part.value, "own": own}


def of_scoring(request: HttpRequest, wall: Wall) -> dict:
    """Who has finished how many subjects. No note is shown. Two queries."""
    done = Score.objects.filter(quarter=wall.quarter).progress(
        [factor.key for factor in wall.factors if not factor.is_computed]
    )
    all_items = len(wall.cards)
    people = Member.objects.living().filter(groups__name__in=SCORERS).distinct().order_by("nickname")
    rows = [
        {"member": member, "done": done.get(member.pk, 0), "share": 100 * done.get(member.pk, 0) / all_items if all_items else 0,
         "is_me": member.pk == request.user.pk}
        for member in people
    ]  # fmt: skip
    rows.sort(key=lambda row: (-row["done"], row["member"].nickname))
    return {
        "panel": "scoring",
        "people": rows,
        "finished": sum(1 for row in rows if row["done"] >= all_items),
        "notes_given": sum(row["done"] for row in rows),
        "notes_asked": all_items * len(rows),
        "my_done": done.get(request.user.pk, 0),
        "may_score": can_score(request.user) and wall.quarter.takes_scores,
    }


def of_simulation(request: HttpRequest, wall: Wall) -> dict:
    """The wall under the weights and capacity of the form; the real ones until it is sent."""
    real = {factor.key: factor.weight for factor in wall.factors}
    asked = weights_in(request.GET)
    weights = check_weights(asked) if asked else real
    capacity = number(request.GET.get("capacity"), wall.quarter.capacity)
    check_capacity(capacity)
    notes = {} if wall.quarter.hash else notes_of(wall.quarter)
    cards = [
        Card(
            card.item.public_id, card.item.title, card.placement.effort, card.total.demand,
            notes.get(card.item.pk) or {part.key: part.notes for part in card.total.parts if not part.is_computed},
        )
        for card in wall.cards
    ]  # fmt: skip
    result = simulate(
        cards, weights=weights, capacity=capacity, real_weights=real, real_capacity=wall.quarter.capacity,
        demand_reference=wall.quarter.demand_reference,
    )  # fmt: skip
    fields = [
        {"key": key, "label": FactorKey(key).label, "value": weights.get(key, 0), "real": real.get(key, 0)}
        for key in FactorKey.values
    ]
    return {"panel": "simulation", "simulation": result, "weight_fields": fields, "sim_capacity": capacity,
            "is_changed": weights != real or capacity != wall.quarter.capacity}  # fmt: skip
