"""What who reported without an account is told, by mail: the receipt with its reference, the decision, the appeal's end.

Members are told by their inbox and mail (the notifications app listens to the same events).
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core.brand import brand
from core.events import handles, job, later
from ideas.domain.moderating import when_it_stands

from ..events import AppealDecided, ReportDecided, ReportReceived
from ..models import Appeal, Report
from ..signing import path_of
from ..states import Outcome, ReportState


@handles(ReportReceived, ReportDecided)
def write_to_the_reporter(event: Any, *, event_id: UUID) -> None:
    _write_later(event.report_id, type(event).__name__, event_id)


@handles(AppealDecided)
def write_of_the_appeal(event: AppealDecided, *, event_id: UUID) -> None:
    appeal = Appeal.objects.get(pk=event.appeal_id)
    if appeal.report_id:
        _write_later(appeal.report_id, "AppealDecided", event_id)


def _write_later(report_id: int, what: str, event_id: UUID) -> None:
    if Report.objects.filter(pk=report_id, reporter__isnull=True).exclude(email="").exists():
        decided = what != "ReportReceived"  # a verdict can be taken back for a few seconds
        later(send, report_id, what, str(event_id), after=when_it_stands() if decided else None)


@job(in_transaction=False)
def send(report_id: int, what: str, event_id: str) -> None:
    """One mail, with a Message-ID that stays the same if it is sent again. Nobody is subscribed to anything by it."""
    report = Report.objects.select_related("case").filter(pk=report_id, reporter__isnull=True).exclude(email="").first()
    if report is None or (what != "ReportReceived" and report.state == ReportState.OPEN):
        return
    if what == "AppealDecided" and not Appeal.objects.filter(report=report).exclude(outcome=Outcome.OPEN).exists():
        return
    if not is_written_to(report):
        return
    with translation.override(report.language):
        subject = _subject(report, what)
        site = settings.SITE_URL.rstrip("/")
        appeal = Appeal.objects.filter(report=report).first()
        context = {
            "report": report, "what": what, "subject": subject, "site_url": site, "follow_url": f"{site}{path_of(report)}",
            "acted": report.state == ReportState.UPHELD, "appeal": appeal, "brand": brand(), "language": report.language,
        }  # fmt: skip
        host = site.partition("://")[2].partition("/")[0].partition(":")[0]
        message = EmailMultiAlternatives(
            subject=subject, body=render_to_string("trust/mail/report.txt", context), to=[report.email],
            headers={"Message-ID": f"<{event_id}@{host}>", "Auto-Submitted": "auto-generated"},
        )  # fmt: skip
        message.attach_alternative(render_to_string("trust/mail/report.html", context), "text/html")
        message.send()


def is_written_to(report: Report) -> bool:
    """Anyone can type an address: of so many reports a day its mailbox hears, from the receipt to the end, and of no more. All are
    filed and decided alike, and their own pages tell what was decided. What stands after a « + » leads to the same mailbox.
    """
    name, _at, host = report.email.rpartition("@")
    name = name.partition("+")[0]
    same = Q(email=f"{name}@{host}") | Q(email__startswith=f"{name}+", email__endswith=f"@{host}")
    day = (report.created_at - timedelta(days=1), report.created_at)
    before = Report.objects.filter(same, reporter=None, created_at__range=day, pk__lt=report.pk)
    return bool(name and host) and before.count() < settings.LAB["REPORTS_A_DAY_UNKNOWN"]


def _subject(report: Report, what: str) -> str:
    words = {
        "ReportReceived": _("We have your report %(reference)s"),
        "ReportDecided": _("What we decided about your report %(reference)s"),
        "AppealDecided": _("We have examined your report %(reference)s again"),
    }
    return words[what] % {"reference": report.public_id.upper()}
