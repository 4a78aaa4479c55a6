"""What is said of complaints: never what is in them. The person reads it on their own page, staff in the desk."""

from typing import Any

from django.utils.translation import gettext as _

from complaints.models import Complaint
from complaints.permissions import can_read_complaints
from complaints.states import Clock, State
from core.desk import url_if_there
from core.shield import secure_messaging
from core.words import day

from . import SPEAKERS, Said, Speaker, found


def load(rows: list) -> dict[int, Complaint]:
    return found(Complaint.objects, {row.subject_id for row in rows})


def say(row: Any, loaded: dict[int, Complaint], reader: Any) -> Said | None:
    complaint = loaded.get(row.subject_id)
    if complaint is None:
        return None
    title = _("Complaint %(reference)s") % {"reference": complaint.reference}
    if row.kind in STAFF:
        if not can_read_complaints(reader):
            return None
        url = url_if_there("complaints_desk:show", complaint.public_id)
        return Said(*STAFF[row.kind](row, complaint, title), url, "warning", "is-declined", complaint.public_id)
    if reader.pk != complaint.complainant_id:
        return None
    lead, body = MINE[row.kind](complaint)
    return Said(lead, title, body, complaint.get_absolute_url(), "shield", "is-review", complaint.public_id)


def _opened(complaint: Complaint) -> tuple[str, str]:
    if complaint.state == State.TURNED_BACK:
        return _("We handle your message as a complaint"), _("This was a mistake and was taken back since.")
    body = _(
        "Keep the reference. We acknowledge it by %(first)s and answer by %(last)s at the latest. To add a document or an "
        "account number, use your secure messaging only: %(url)s"
    ) % {
        "first": day(complaint.acknowledge_by), "last": day(complaint.answer_by), "url": secure_messaging(),
    }  # fmt: skip
    return _("We handle your message as a complaint"), body


def _acknowledged(complaint: Complaint) -> tuple[str, str]:
    body = _("You read it on its page. We answer by %(last)s at the latest.") % {"last": day(complaint.answer_by)}
    return _("We acknowledge your complaint"), body


def _answered(complaint: Complaint) -> tuple[str, str]:
    body = _("You alone read the answer, on its page.")
    if complaint.mediator:
        body = _("You alone read the answer, on its page. It also says how to reach the mediator.")
    return _("The bank answers your complaint"), body


def _turned_back(complaint: Complaint) -> tuple[str, str]:
    body = _(
        "It was opened by mistake. Your message is part of the discussion again; the reason is on its page. If you do want "
        "to complain, write from your secure messaging: %(url)s"
    ) % {"url": secure_messaging()}
    return _("Your message is not handled as a complaint any more"), body


def _near(row: Any, complaint: Complaint, title: str) -> tuple[str, str, str]:
    if row.payload["clock"] == Clock.ACKNOWLEDGE:
        body = _("It is to be acknowledged by %(date)s.") % {"date": day(complaint.acknowledge_by)}
    else:
        body = _("It is to be answered by %(date)s.") % {"date": day(complaint.answer_by)}
    return _("A complaint is near its limit"), title, body


def _overdue(row: Any, complaint: Complaint, title: str) -> tuple[str, str, str]:
    if row.payload["clock"] == Clock.ACKNOWLEDGE:
        body = _("It was to be acknowledged by %(date)s.") % {"date": day(complaint.acknowledge_by)}
    else:
        body = _("It was to be answered by %(date)s.") % {"date": day(complaint.answer_by)}
    return _("A complaint is late"), title, body


def _assigned(row: Any, complaint: Complaint, title: str) -> tuple[str, str, str]:
    body = _("To be answered by %(date)s.") % {"date": day(complaint.answer_by)}
    return _("A complaint is entrusted to you"), title, body


MINE = {"complaint_opened": _opened, "complaint_acknowledged": _acknowledged, "complaint_answered": _answered,
        "complaint_turned_back": _turned_back}  # fmt: skip
STAFF = {"complaint_overdue": _overdue, "complaint_near": _near, "complaint_assigned": _assigned}
SPEAKERS["complaint"] = Speaker(load, say)
