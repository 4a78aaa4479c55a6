"""What who reported without an account is told, by mail: the receipt with its reference, the decision, the appeal's end.

Members are told by their inbox and mail (the notifications app listens to the same events).
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core.brand import brand
from core.events import handles, job, later

from ..events import AppealDecided, ReportDecided, ReportReceived
from ..models import Appeal, Report
from ..signing import path_of
from ..states import ReportState


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
        later(send, report_id, what, str(event_id))


@job(in_transaction=False)
def send(report_id: int, what: str, event_id: str) -> None:
    """One mail, with a Message-ID that stays the same if it is sent again. Nobody is subscribed to anything by it."""
    report = Report.objects.select_related("case").filter(pk=report_id, reporter__isnull=True).exclude(email="").first()
    if report is None:
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


def _subject(report: Report, what: str) -> str:
    words = {
        "ReportReceived": _("We have your report %(reference)s"),
        "ReportDecided": _("What we decided about your report %(reference)s"),
        "AppealDecided": _("We have examined your report %(reference)s again"),
    }
    return words[what] % {"reference": report.public_id.upper()}
