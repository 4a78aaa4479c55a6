"""What moderation keeps about members: exported on demand; erased but for what the law asks to be kept."""

from core import privacy

from ..models import Appeal, Ban, Case, Decision, Report, Statement, Strike, VoteBurst


def register_all() -> None:
    privacy.register(
        Report, export=_reports, erase=lambda member: Report.objects.filter(reporter=member).update(reporter=None)
    )
    privacy.register(Statement, export=_statements, erase=_forget_statements)
    privacy.register(
        Appeal, export=_appeals, erase=lambda member: Appeal.objects.filter(member=member).update(member=None)
    )
    privacy.register(Strike, export=_strikes, erase=lambda member: Strike.objects.filter(member=member).delete())
    privacy.register(Ban, export=_bans, erase=lambda member: None)
    privacy.exclude(Case, reason="A place in the queue; what it is about is exported with the text and its statements.")
    privacy.exclude(Decision, reason="The bank's own log of verdicts; the link to the employee is the audit's.")
    privacy.exclude(VoteBurst, reason="The bank's finding about an idea; the link to the employee is the audit's.")


def _reports(member) -> list[dict]:
    rows = Report.objects.filter(reporter=member)
    return [
        {"id": row.public_id, "url": row.url, "reason": row.reason, "explanation": row.explanation, "state": row.state,
         "answer": row.answer, "at": row.created_at.isoformat()}
        for row in rows
    ]  # fmt: skip


def _statements(member) -> list[dict]:
    return [
        {"id": row.public_id, "about": row.title, "measure": row.measure, "ground": row.ground, "facts": row.facts,
         "automation": row.automation, "at": row.at.isoformat()}
        for row in Statement.objects.told_to(member)
    ]  # fmt: skip


def _forget_statements(member) -> None:
    """The reasons stay, as the bank's record; what they quote of the person goes, in the titles of cases as well."""
    Statement.objects.filter(member=member).update(title="", before={})
    Case.objects.filter(author=member).update(title="")


def _appeals(member) -> list[dict]:
    rows = Appeal.objects.filter(member=member)
    return [
        {
            "id": row.public_id,
            "text": row.text,
            "outcome": row.outcome,
            "answer": row.answer,
            "at": row.created_at.isoformat(),
        }
        for row in rows
    ]


def _strikes(member) -> list[dict]:
    rows = Strike.objects.filter(member=member)
    return [
        {"at": row.at.isoformat(), "until": row.expires_at.isoformat(), "withdrawn": bool(row.withdrawn_at)}
        for row in rows
    ]


def _bans(member) -> list[dict]:
    return [
        {"since": row.since.isoformat(), "until": row.until.isoformat()} for row in Ban.objects.filter(member=member)
    ]
