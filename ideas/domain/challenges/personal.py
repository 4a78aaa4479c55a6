"""What challenges keep about members: exported on demand, emptied of identity on erasure; notes still count."""

from typing import Any

from core import privacy
from members.querysets import meets

from ...models import Challenge, ChallengeRules, Juror, JuryNote, RulesAcceptance


def register_all() -> None:
    privacy.register(RulesAcceptance, export=_acceptances, erase=_forget_acceptances)
    privacy.register(Juror, export=_seats, erase=_forget_seats)
    privacy.exclude(
        Challenge, reason="Who owns, proposed or published is an employee's task, not a datum about a member."
    )
    privacy.exclude(ChallengeRules, reason="The bank's rules; the link to the employee is the audit's.")


def _acceptances(member: Any) -> list[dict]:
    rows = RulesAcceptance.objects.filter(member=member).select_related("rules__challenge").order_by("at")
    rows = rows.annotate(meets=meets(member, "rules__challenge__circle"))
    return [
        {**_title(row.rules.challenge, row.meets), "rules": row.rules.number, "accepted": row.at.isoformat()}
        for row in rows
    ]


def _title(challenge: Challenge, meets: bool) -> dict:
    """No title of a challenge in a circle that the member has left: those are the bank's words, not theirs."""
    return {"challenge": challenge.title_fr if meets else None, "challenge_id": challenge.public_id}


def _forget_acceptances(member: Any) -> None:
    RulesAcceptance.objects.filter(member=member).delete()


def _seats(member: Any) -> list[dict]:
    rows = Juror.objects.filter(member=member).select_related("challenge").prefetch_related("notes__entry__idea")
    rows = rows.annotate(meets=meets(member, "challenge__circle"))
    return [
        {**_title(row.challenge, row.meets), "title": row.title, "invited": row.invited_at.isoformat(),
         "notes": [{"idea": note.entry.idea.public_id, "mean": note.mean, "text": note.text} for note in row.notes.all()]}
        for row in rows
    ]  # fmt: skip


def _forget_seats(member: Any) -> None:
    """A seat without notes given goes; given notes keep their figures, without a word of the person's."""
    seats = Juror.objects.filter(member=member)
    seats.filter(handed_in_at__isnull=True).delete()
    JuryNote.objects.filter(juror__in=seats).update(text="")
    seats.update(title="")
