"""What polls keep about a member, for export and erasure. A ballot has no member: it stays, and so do the tallies."""

from core import privacy
from members.querysets import meets

from .models import Participation, Poll, Remark, RemarkVersion, VisualReaction


def _participations(member) -> list[dict]:
    rows = Participation.objects.filter(member=member).select_related("poll").order_by("at")
    rows = rows.annotate(meets=meets(member, "poll__circle"))
    return [
        {"poll": row.poll.title if row.meets else None, "id": row.poll.public_id, "at": row.at.isoformat()}
        for row in rows
    ]


def _forget(member) -> None:
    Participation.objects.filter(member=member).delete()


def _reactions(member) -> list[dict]:
    rows = VisualReaction.objects.filter(member=member).exclude(kind="").select_related("question__poll").order_by("at")
    return [
        {
            "poll": row.question.poll.public_id,
            "visual": row.question.public_id,
            "reaction": row.kind,
            "at": row.at.isoformat(),
        }
        for row in rows
    ]


def _remarks(member) -> list[dict]:
    rows = (
        Remark.objects.filter(author=member).select_related("poll").prefetch_related("versions").order_by("created_at")
    )
    return [
        {"id": row.public_id, "poll": row.poll.public_id, "body": row.body, "posted": row.created_at.isoformat(),
         "deleted": row.deleted_at.isoformat() if row.deleted_at else None,
         "earlier": [version.body for version in row.versions.all()]}
        for row in rows
    ]  # fmt: skip


def _forget_reactions(member) -> None:
    """The counts stay, without the member, and how many have moved since they were published: a reaction taken back moved too."""
    VisualReaction.objects.filter(member=member).update(member=None)


def _forget_versions(member) -> None:
    """Remarks stay under the name of a former member; their earlier texts go. What was deleted goes at its hour."""
    RemarkVersion.objects.filter(remark__author=member, remark__deleted_at__isnull=True).delete()


def register_all() -> None:
    privacy.register(Participation, export=_participations, erase=_forget)
    privacy.register(VisualReaction, export=_reactions, erase=_forget_reactions)
    privacy.register(Remark, export=_remarks, erase=_forget_versions)
    privacy.exclude(Poll, reason="owner and signature are official acts of the bank's staff, not a member's data")
