"""What polls keep about a member, for export and erasure. A ballot has no member: it stays, and so do the tallies."""

from core import privacy

from .models import Participation, Poll


def _participations(member) -> list[dict]:
    rows = Participation.objects.filter(member=member).select_related("poll").order_by("at")
    return [{"poll": row.poll.title, "id": row.poll.public_id, "at": row.at.isoformat()} for row in rows]


def _forget(member) -> None:
    Participation.objects.filter(member=member).delete()


def register_all() -> None:
    privacy.register(Participation, export=_participations, erase=_forget)
    privacy.exclude(Poll, reason="owner and signature are official acts of the bank's staff, not a member's data")
