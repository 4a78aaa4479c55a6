"""Reporting content, with or without an account (DSA, article 16)."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.events import publish
from core.shield import refuse_private
from members.permissions import can_take_part

from ..events import ReportReceived
from ..models import Report
from ..states import NAMELESS, TEXT_MAX, TEXT_MIN, URGENT, Matter, Reason, ReportState
from ..subjects import Subject, at
from .casing import open_case

UNKNOWN = _("We find no content at this address. Copy it from the page that shows the content.")


def report_content(
    *, url: str, reason: str, explanation: str, good_faith: bool, by: Any, name: str = "", email: str = ""
) -> Report:
    """File a report. A member's second one on what is still being read is the first one again.

    An e-mail typed in a form proves nobody: who has no account files a new report each time, so that the answer tells nothing
    of what others reported, and nobody uses up another's day. What slows them is the network address (limits.py).

    What one may not see and what is not there are refused alike. Raises Invalid (`unknown_content`, `unknown_reason`,
    `too_short`, `too_long`, `name_missing`, `email_missing`, `good_faith_missing`), PrivateData, `too_many_reports` (429).
    """
    subject = at(url[:500], user=by)
    require(subject is not None, Invalid(UNKNOWN, code="unknown_content", field="url"))
    if reason not in Reason.values:
        raise Invalid(_("Choose a reason of the list."), code="unknown_reason", field="reason")
    explanation = _explanation(explanation)
    name, email = _who(reason, name, email, by)
    require(
        good_faith,
        Invalid(
            _("Confirm that what you say is true as far as you know."), code="good_faith_missing", field="good_faith"
        ),
    )
    refuse_private(explanation=explanation, name=name, email=email)
    with transaction.atomic():  # the address kept is ours: one that was typed may hold anything behind its « ? »
        return _file(subject, subject.url[:500], reason, explanation, name, email, by)


def _file(subject: Subject, url: str, reason: str, explanation: str, name: str, email: str, by: Any) -> Report:
    open_ones = Report.objects.filter(case__kind=subject.kind, case__subject_id=subject.pk, state=ReportState.OPEN)
    if by.is_authenticated:
        if same := open_ones.filter(reporter=by).first():
            return same
        _require_few(by)
    is_again = bool(email) and open_ones.filter(email=email, reporter=None).exists()  # known to staff, said to nobody
    case = open_case(Matter.CONTENT, subject, is_urgent=reason in URGENT, reports=0 if is_again else 1)
    report = Report.objects.create(
        case=case, reason=reason, explanation=explanation, url=url, name=name, email=email,
        reporter=by if by.is_authenticated else None,
        language=by.language if by.is_authenticated else (get_language() or "fr")[:2],
    )  # fmt: skip
    publish(ReportReceived(report.pk), by=by if by.is_authenticated else None)
    return report


def _require_few(by: Any) -> None:
    """So many a day for a member; fewer for who is banned: they may still report."""
    most = settings.LAB["REPORTS_A_DAY" if can_take_part(by) else "REPORTS_A_DAY_UNKNOWN"]
    if Report.objects.filter(reporter=by, created_at__gte=timezone.now() - timedelta(days=1)).count() >= most:
        raise DomainError(
            _("You have reported a lot today: we read that first. Come back tomorrow."),
            code="too_many_reports",
            status=429,
        )


def _explanation(text: str) -> str:
    text = text.strip()
    if len(text) < TEXT_MIN:
        raise Invalid(_("Say in a sentence or two what is wrong."), code="too_short", field="explanation")
    if len(text) > TEXT_MAX:
        raise Invalid(_("This text is too long: 3,000 characters at most."), code="too_long", field="explanation")
    return text


def _who(reason: str, name: str, email: str, by: Any) -> tuple[str, str]:
    """Name and e-mail of who has no account; only for abuse of children may they stay out."""
    if by.is_authenticated:
        return "", ""
    name, email = " ".join(name.split())[:120], email.strip().lower()
    if email:
        try:
            validate_email(email)
        except ValidationError as error:
            raise Invalid(_("This e-mail address is not complete."), code="email_invalid", field="email") from error
    if reason in NAMELESS:
        return name, email
    require(bool(name), Invalid(_("Give your name: the law asks for it."), code="name_missing", field="name"))
    require(bool(email), Invalid(_("Give your e-mail: we answer there."), code="email_missing", field="email"))
    return name, email
