"""What complaints keep about people: exported whole, and kept after an erasure without the name, as the law asks for the proof.

An erased member's complaint is under legal hold: an open one is answered by the bank's own channel and its clocks go on, an ended
one stays until its time is over (retention.py). Both then point to an emptied account, and the letters greet nobody.
"""

from core import privacy
from ideas.domain.forgetting import without_name

from ..models import Complaint, Step
from .retention import kept_until

LETTERS = ("reason", "acknowledgement", "answer", "turned_back_reason")


def register_all() -> None:
    privacy.register(Complaint, export=_complaints, erase=_forget)
    privacy.exclude(Step, reason="Which employee took which step of a complaint: the bank's own work.")


def _complaints(member) -> list[dict]:
    rows = Complaint.objects.of_member(member).with_source().prefetch_related("steps").order_by("pk")
    return [
        {"reference": row.reference, "idea": _id(row.idea), "comment": _id(row.comment),
         "poll": _id(row.remark.poll) if row.remark else None, "remark": _id(row.remark),
         "received": row.received_at.isoformat(), "state": row.state,
         "acknowledge_by": row.acknowledge_by.isoformat(), "answer_by": row.answer_by.isoformat(),
         "steps": [{"state": step.state, "at": step.at.isoformat()} for step in row.steps.all()],
         "acknowledgement": row.acknowledgement, "outcome": row.outcome, "answer": row.answer, "mediator": row.mediator,
         "turned_back": row.turned_back_reason, "kept_until": _day(kept_until(row))}
        for row in rows
    ]  # fmt: skip


def _id(thing) -> str | None:
    return thing.public_id if thing else None


def _day(day) -> str | None:
    return day.isoformat() if day else None


def _forget(member) -> None:
    """Who complained: their name goes out of the letters. Who handled: the team has what they had, and no step names them."""
    for row in Complaint.objects.of_member(member):
        new = {name: without_name(getattr(row, name), member) for name in LETTERS}
        Complaint.objects.filter(pk=row.pk).update(**new)
    Complaint.objects.filter(owner=member).update(owner=None)
    Step.objects.filter(note=f"→ {member.nickname}").update(note="→ –")
