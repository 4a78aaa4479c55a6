"""The public roadmap: each subject at its last published decision, with the ideas it comes from."""

from dataclasses import dataclass, field

from django.db.models import Count, Sum
from django.utils import timezone

from ideas.models import Idea
from ideas.states import State

from ..models import BoardItem, Evidence, Placement, Quarter
from ..states import LANES, Column

QUARTERS_READ, DELIVERED_SHOWN = 8, 12
FURTHEST = (State.IN_BETA, State.PLANNED, State.DELIVERED, State.CANDIDATE, State.UNDER_REVIEW)


@dataclass
class Plan:
    """A subject on the roadmap: where it stands in the ideas' words, why, and from which public ideas."""

    item: BoardItem
    placement: Placement
    ideas: list[Idea] = field(default_factory=list)
    polls: list = field(default_factory=list)

    @property
    def votes(self) -> int:
        return sum(idea.vote_score for idea in self.ideas)

    @property
    def state(self) -> str:
        """The idea furthest on the way speaks for the subject."""
        states = {idea.state for idea in self.ideas}
        fallback = State.PLANNED if self.placement.column == Column.THIS_QUARTER else State.CANDIDATE
        return next((state for state in FURTHEST if state in states), fallback)

    @property
    def is_delivered(self) -> bool:
        return bool(self.ideas) and all(idea.state == State.DELIVERED for idea in self.ideas)

    @property
    def first_idea(self) -> Idea | None:
        return max(self.ideas, key=lambda idea: idea.vote_score, default=None)


@dataclass
class Lane:
    key: str
    plans: list[Plan] = field(default_factory=list)


@dataclass
class Roadmap:
    lanes: list[Lane]
    delivered: list[Idea]
    delivered_count: int
    delivered_votes: int
    last: Quarter | None
    coming: Quarter | None


def roadmap() -> Roadmap:
    """Six queries, whatever the number of cards: quarters, placements, evidence, delivered ideas, their sum, the next quarter."""
    quarters = list(Quarter.objects.published().without_snapshot()[:QUARTERS_READ])
    placements = Placement.objects.of_quarters(quarters).select_related("item", "quarter").defer("quarter__snapshot")
    lanes = {column.value: Lane(column.value) for column in LANES}
    latest: dict[int, Plan] = {}
    for placement in placements:
        latest.setdefault(placement.item_id, Plan(placement.item, placement))
    shown = {key: plan for key, plan in latest.items() if plan.placement.column in lanes}
    _attach(shown)
    for plan in shown.values():
        if not plan.is_delivered:
            lanes[plan.placement.column].plans.append(plan)
    lanes[Column.THIS_QUARTER].plans.sort(key=lambda plan: FURTHEST.index(plan.state))
    year = Idea.objects.listed().filter(state=State.DELIVERED, state_since__year=timezone.localdate().year)
    whole = year.aggregate(count=Count("id"), votes=Sum("vote_score"))
    return Roadmap(
        lanes=list(lanes.values()),
        delivered=list(Idea.objects.listed().delivered()[:DELIVERED_SHOWN]),
        delivered_count=whole["count"], delivered_votes=whole["votes"] or 0,
        last=quarters[0] if quarters else None,
        coming=Quarter.objects.in_progress().without_snapshot().first(),
    )  # fmt: skip


def _attach(plans: dict[int, Plan]) -> None:
    """The public ideas and the polls behind each subject, in one query."""
    for proof in Evidence.objects.filter(item__in=plans).select_related("idea", "poll"):
        plan = plans[proof.item_id]
        if proof.idea_id and proof.idea.is_for_everybody and proof.idea.state != State.MERGED:
            plan.ideas.append(proof.idea)
        elif proof.poll_id and proof.poll.circle_id is None:
            plan.polls.append(proof.poll)
