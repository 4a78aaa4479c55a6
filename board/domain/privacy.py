"""What the board keeps about people: employees' notes and decisions, no customer's datum."""

from core import privacy

from ..models import BoardItem, Evidence, Quarter, Score


def register_all() -> None:
    privacy.register(Score, export=_scores, erase=lambda member: None)
    privacy.exclude(BoardItem, reason="The owner of a subject is an employee's task, not a datum about a member.")
    privacy.exclude(Evidence, reason="Who joined an idea to a subject is the audit's; the voters stay in the votes.")
    privacy.exclude(Quarter, reason="Who opened, froze and published a quarter signs for the bank.")


def _scores(member) -> list[dict]:
    rows = Score.objects.given_by(member).select_related("quarter", "item")
    return [
        {"quarter": row.quarter.code, "subject": row.item.public_id, "factor": row.factor, "note": row.value,
         "at": row.at.isoformat()}
        for row in rows
    ]  # fmt: skip
