"""What is said of beta programmes. A finding is spoken of to its author alone."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from betas.models import Enrolment, Finding, Programme
from betas.permissions import can_see
from betas.states import Enrolled, Outcome, Review, State
from core.text import excerpt

from . import SPEAKERS, Said, Speaker, found, refs

DECIDED = {
    Enrolled.ACCEPTED: (
        gettext_lazy("A place is yours in a beta test"),
        gettext_lazy("Read the charter and sign it to begin."),
    ),
    Enrolled.WAITLISTED: (
        gettext_lazy("You are on the waiting list of a beta test"),
        gettext_lazy("We write to you as soon as a place is free."),
    ),
    Enrolled.DECLINED: (gettext_lazy("We could not take you into a beta test"), ""),
    Enrolled.REMOVED: (gettext_lazy("Your place in a beta test has ended"), ""),
    Enrolled.INACTIVE: (
        gettext_lazy("Your place in a beta test went to someone else"),
        gettext_lazy("We had no news of you for a while. Write to us if you wish to come back."),
    ),
}
REVIEWED = {
    Review.NEEDS_INFO: gettext_lazy("One more detail, please"),
    Review.DUPLICATE: gettext_lazy("Your finding was already reported"),
    Review.CONFIRMED: gettext_lazy("Your finding is confirmed"),
    Review.FIXED: gettext_lazy("Your finding is fixed: thank you"),
    Review.WONT_DO: gettext_lazy("We will leave it as it is"),
}
CLOSED = {
    Outcome.SHIPPED: gettext_lazy("It is released, and you helped"),
    Outcome.CHANGED: gettext_lazy("The test is over: it goes back to the workshop"),
    Outcome.DROPPED: gettext_lazy("The test is over: we stop here"),
}


def load(rows: list) -> dict[str, dict[int, Any]]:
    return {
        "programme": found(Programme.objects.exclude(state=State.DRAFT), {row.subject_id for row in rows}),
        "enrolment": found(Enrolment.objects, refs(rows, "enrolment")),
        "finding": found(Finding.objects.select_related("enrolment"), refs(rows, "finding")),
    }


def say(row: Any, loaded: dict, reader: Any) -> Said | None:
    programme = loaded["programme"].get(row.subject_id)
    if programme is None or not can_see(reader, programme):
        return None
    wording = WORDINGS.get(row.kind)
    return wording(row, programme, loaded, reader) if wording else None


def _decided(row, programme, loaded, reader) -> Said | None:
    enrolment = loaded["enrolment"].get(row.payload.get("enrolment"))
    if enrolment is None or enrolment.member_id != reader.pk or row.payload.get("to") not in DECIDED:
        return None
    lead, what_next = DECIDED[row.payload["to"]]
    note = excerpt(enrolment.note, 240) if enrolment.state == row.payload["to"] else ""
    return _said(programme, lead, note or what_next)


def _reviewed(row, programme, loaded, reader) -> Said | None:
    finding = loaded["finding"].get(row.payload.get("finding"))
    if finding is None or finding.enrolment.member_id != reader.pk or row.payload.get("to") not in REVIEWED:
        return None
    url = reverse("betas:finding", args=[programme.public_id, finding.public_id])
    is_fixed = row.payload["to"] == Review.FIXED
    return Said(
        str(REVIEWED[row.payload["to"]]), finding.title, excerpt(finding.reply, 240), url,
        "check" if is_fixed else "bug", "is-delivered" if is_fixed else "is-beta", programme.public_id,
    )  # fmt: skip


def _closed(row, programme, loaded, reader) -> Said | None:
    lead = CLOSED.get(programme.outcome)
    return _said(programme, lead, excerpt(programme.what_changed, 240)) if lead else None


def _opened(row, programme, loaded, reader) -> Said:
    waited = row.topic == "betas"
    lead = _("A beta test you waited for now recruits") if waited else _("A beta test tries an idea you follow")
    return _said(programme, lead, programme.summary)


def _started(row, programme, loaded, reader) -> Said:
    return _said(programme, _("Your beta test begins: the missions are there"), programme.summary)


def _said(programme: Programme, lead: Any, body: Any) -> Said:
    url = programme.get_absolute_url()
    return Said(str(lead), programme.title, str(body), url, "beta", "is-beta", programme.public_id)


WORDINGS = {
    "enrolment_decided": _decided,
    "finding_reviewed": _reviewed,
    "programme_closed": _closed,
    "programme_opened": _opened,
    "programme_started": _started,
}
SPEAKERS["programme"] = Speaker(load, say)
