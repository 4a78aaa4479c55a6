"""What betas keep about members: exported on demand, emptied of identity on erasure; findings stay as work to do."""

from django.db import transaction

from core import privacy
from members.querysets import meets

from ..models import Enrolment, Finding, FindingImage, InterestRegistration, MissionProgress, Programme
from ..states import ENGAGED, Enrolled
from .enrolling import give_back


def register_all() -> None:
    privacy.register(Enrolment, export=_enrolments, erase=_leave_all)
    privacy.register(
        InterestRegistration,
        export=_interests,
        erase=lambda member: InterestRegistration.objects.filter(member=member).delete(),
    )
    privacy.register(Finding, export=_findings, erase=_forget_findings)
    privacy.register(MissionProgress, export=_progress, erase=lambda member: None)
    privacy.exclude(Programme, reason="Its owner is an employee's task, not a datum about a member.")


def _named(rows, member):
    """With the beta's title, but of one in a circle that the member has left: those are the bank's words, not theirs."""
    return rows.select_related("programme").annotate(meets=meets(member, "programme__circle"))


def _title(row) -> dict:
    return {"programme": row.programme.title if row.meets else None, "programme_id": row.programme.public_id}


def _enrolments(member) -> list[dict]:
    rows = _named(Enrolment.objects.of_member(member), member)
    return [
        {**_title(row), "state": row.state, "motivation": row.motivation, "device": row.device,
         "charter_version": row.agreed_version, "charter_signed": row.agreed_at and row.agreed_at.isoformat(),
         "applied": row.applied_at.isoformat(), "word_of_the_bank": row.note}
        for row in rows
    ]  # fmt: skip


def _interests(member) -> list[dict]:
    rows = _named(InterestRegistration.objects.filter(member=member), member)
    return [{**_title(row), "at": row.at.isoformat()} for row in rows]


def _findings(member) -> list[dict]:
    rows = _named(Finding.objects.filed_by(member), member).prefetch_related("images")
    return [
        {"id": row.public_id, **_title(row), "kind": row.kind, "severity": row.severity,
         "title": row.title, "body": row.body, "details": row.details, "device": row.device,
         "app_version": row.app_version, "state": row.state, "reply": row.reply, "filed": row.created_at.isoformat(),
         "screenshots": [image.file for image in row.images.all()]}
        for row in rows
    ]  # fmt: skip


def _progress(member) -> list[dict]:
    rows = MissionProgress.objects.filter(enrolment__member=member).select_related("mission")
    rows = rows.annotate(meets=meets(member, "mission__programme__circle"))
    return [
        {"mission": row.mission.title if row.meets else None, "done": row.done_at and row.done_at.isoformat()}
        for row in rows
    ]


def _leave_all(member) -> None:
    """Seats go to the next; what the member wrote about themselves goes. The agreement stays as a count."""
    for enrolment in Enrolment.objects.of_member(member).filter(state__in=ENGAGED):
        give_back(enrolment, by=member)
    Enrolment.objects.of_member(member).exclude(state=Enrolled.REMOVED).update(motivation="", device="", note="")


def _forget_findings(member) -> None:
    """The fault that was found stays; screenshots, devices and the words of the author go."""
    images = FindingImage.objects.filter(finding__enrolment__member=member)
    files = [(image.file.storage, image.file.name) for image in images]
    images.delete()
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in files])
    Finding.objects.filed_by(member).update(device="", details="")
