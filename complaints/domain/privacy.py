"""What complaints keep about people: exported whole; kept after an erasure, without a name, as the law asks for the proof."""

from core import privacy

from ..models import Complaint, Step


def register_all() -> None:
    privacy.register(Complaint, export=_complaints, erase=_forget_handler)
    privacy.exclude(Step, reason="Which employee took which step of a complaint: the bank's own work.")


def _complaints(member) -> list[dict]:
    return [
        {"reference": row.reference, "idea": row.idea.public_id, "received": row.received_at.isoformat(),
         "state": row.state, "acknowledgement": row.acknowledgement, "outcome": row.outcome, "answer": row.answer,
         "mediator": row.mediator}
        for row in Complaint.objects.of_member(member).select_related("idea")
    ]  # fmt: skip


def _forget_handler(member) -> None:
    """The complainant's row is emptied by the verb, and the file keeps pointing to nobody's name; handlers go."""
    Complaint.objects.filter(owner=member).update(owner=None)
