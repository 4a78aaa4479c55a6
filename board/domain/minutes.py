"""The minutes of a published quarter, read from its snapshot: what was decided and why, as it stood at the freeze."""

from dataclasses import dataclass, field

from ideas.models import Idea
from members.models import Member

from ..models import Quarter
from ..states import COMPUTED, HIGHEST, QUESTIONS, Column, FactorKey
from .scoring import Part, Total, total_kept

DISAGREEMENTS = 2
LEFT, STEP, BASE, RISE = 20, 52, 30, 9


@dataclass
class Verdict:
    """One subject's decision. `ideas` are those the reader may open, with the state they have now."""

    row: dict
    total: Total
    place: int
    ideas: list[Idea] = field(default_factory=list)
    is_under: bool = False

    @property
    def people(self) -> int:
        return self.row["people"]

    @property
    def state(self) -> str:
        if self.ideas:
            return max(self.ideas, key=lambda idea: idea.vote_score).state
        becomes = {Column.THIS_QUARTER: "planned", Column.NOT_RETAINED: "declined"}
        return becomes.get(self.row["column"], "candidate")

    @property
    def first_idea(self) -> Idea | None:
        return max(self.ideas, key=lambda idea: idea.vote_score, default=None)


@dataclass
class Minutes:
    quarter: Quarter
    retained: list[Verdict]
    next: list[Verdict]
    later: list[Verdict]
    not_retained: list[Verdict]
    left: list[Verdict]
    factors: list[dict]
    disagreements: list[dict]
    scorers: list[Member]
    used: int

    @property
    def count(self) -> int:
        lists = (self.retained, self.next, self.later, self.not_retained, self.left)
        return sum(len(one) for one in lists)


def minutes_of(quarter: Quarter) -> Minutes:
    """Two queries beside the quarter: its ideas as they are now, and who scored."""
    kept = quarter.snapshot
    verdicts = [Verdict(row, total_kept(row), place) for place, row in enumerate(_by_score(kept["items"]), 1)]
    _attach(verdicts)
    columns = {
        column: sorted((one for one in verdicts if one.row["column"] == column), key=_in_column) for column in Column
    }
    used = _under_line(columns[Column.THIS_QUARTER], kept["capacity"])
    scorers = Member.objects.filter(board_scores__quarter=quarter).distinct().order_by("nickname")
    return Minutes(
        quarter, columns[Column.THIS_QUARTER], columns[Column.NEXT], columns[Column.LATER],
        columns[Column.NOT_RETAINED], columns[Column.CANDIDATE],
        [_factor(row, kept["factors"]) for row in sorted(kept["factors"], key=lambda row: -row["weight"])],
        _disagreements(verdicts), list(scorers), used,
    )  # fmt: skip


def _by_score(rows: list[dict]) -> list[dict]:
    return sorted(rows, key=lambda row: (-(row["score"] or 0), row["id"]))


def _in_column(verdict: Verdict) -> int:
    return verdict.row["place"]


def _attach(verdicts: list[Verdict]) -> None:
    wanted = {proof["id"] for one in verdicts for proof in one.row["evidence"] if proof["kind"] == "idea"}
    ideas = {idea.public_id: idea for idea in Idea.objects.shown().filter(public_id__in=wanted)}
    for verdict in verdicts:
        verdict.ideas = [ideas[proof["id"]] for proof in verdict.row["evidence"] if proof.get("id") in ideas]


def _under_line(retained: list[Verdict], capacity: int) -> int:
    used, under = 0, False
    for verdict in retained:
        under = under or used + verdict.row["effort"] > capacity
        verdict.is_under = under
        used += 0 if under else verdict.row["effort"]
    return used


def _factor(row: dict, every: list[dict]) -> dict:
    whole = sum(one["weight"] for one in every) or 1
    return {
        "label": FactorKey(row["key"]).label, "question": QUESTIONS[row["key"]], "weight": row["weight"],
        "share": 100 * row["weight"] / whole, "is_computed": row["key"] in COMPUTED,
    }  # fmt: skip


def _disagreements(verdicts: list[Verdict]) -> list[dict]:
    """Where the notes of one factor lay furthest apart: the gap, then the number of notes."""
    found = [
        (part, verdict)
        for verdict in verdicts
        for part in verdict.total.parts
        if not part.is_computed and len(part.notes) > 1
    ]
    found.sort(key=lambda pair: (-pair[0].gap, -len(pair[0].notes), pair[1].place))
    seen, kept = set(), []
    for part, verdict in found:
        if part.gap > 1 and verdict.row["id"] not in seen and len(kept) < DISAGREEMENTS:
            seen.add(verdict.row["id"])
            kept.append(_spread(part, verdict))
    return kept


def _spread(part: Part, verdict: Verdict) -> dict:
    """Dots piled over 0 to 5 with the median's line, as coordinates for SVG."""
    piles, dots = [0] * (HIGHEST + 1), []
    for note in part.notes:
        dots.append({"x": LEFT + STEP * note, "y": BASE - RISE * piles[note]})
        piles[note] += 1
    ticks = [LEFT + STEP * note for note in range(HIGHEST + 1)]
    return {"verdict": verdict, "part": part, "dots": dots, "ticks": ticks, "median_x": LEFT + STEP * part.value}
