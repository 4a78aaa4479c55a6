"""Reporting what one found, with screenshots; and giving the detail the bank asked for."""

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotFound, NotSignedIn, require
from core.events import publish
from core.images import clean_image
from core.shield import refuse_private
from members.permissions import require_taking_part

from ..events import FindingFiled, FindingReviewed, ScreenshotWithdrawn
from ..models import (
    FINDING_BODY_MIN,
    FINDING_TITLE_MIN,
    IMAGES_MAX,
    TEXT_MAX,
    Finding,
    FindingImage,
    Mission,
    Programme,
)
from ..permissions import can_manage, is_signed_in
from ..states import Kind, Review, Severity
from .checking import check_text
from .enrolling import lock_both, require_test_open, require_tester, show_life


def report(
    programme: Programme,
    *,
    title: str,
    body: str,
    by: Any,
    kind: str = Kind.ISSUE,
    severity: str = "",
    mission: Mission | None = None,
    device: str = "",
    app_version: str = "",
    screenshots: Sequence[UploadedFile] = (),
) -> Finding:
    """File a finding. Only testers who signed the charter can, while the test is open.

    Raises NotSignedIn, `not_a_tester`, `charter_unsigned`, `beta_not_started`, `beta_over`, Invalid, PrivateData.
    """
    enrolment = require_tester(programme, by)
    require_taking_part(by)
    require_test_open(programme)
    names = "\n".join(file.name or "" for file in screenshots)
    refuse_private(title=title, body=body, device=device, app_version=app_version, screenshots=names)
    title = check_text(" ".join(title.split()), field="title", shortest=FINDING_TITLE_MIN, longest=120)
    body = check_text(body, field="body", shortest=FINDING_BODY_MIN, longest=TEXT_MAX)
    device = check_text(device, field="device", longest=60)
    app_version = check_text(app_version, field="app_version", longest=30)
    severity = _severity(kind, severity)
    if mission and mission.programme_id != programme.pk:
        raise Invalid(_("This mission belongs to another test."), code="unknown_mission", field="mission")
    if len(screenshots) > IMAGES_MAX:
        raise Invalid(_("4 screenshots at most."), code="too_many_images", field="screenshots")
    files = [clean_image(file, field="screenshots") for file in screenshots]
    with transaction.atomic():
        programme, enrolment = lock_both(enrolment)
        require_test_open(programme)
        show_life(enrolment)
        finding = Finding.objects.create(
            programme=programme, enrolment=enrolment, mission=mission, kind=kind, severity=severity, title=title,
            body=body, device=device or enrolment.device, app_version=app_version,
        )  # fmt: skip
        for position, file in enumerate(files):
            FindingImage.objects.create(finding=finding, file=file, position=position)
        publish(FindingFiled(finding.pk, programme.pk), by=by)
    return finding


def _severity(kind: str, severity: str) -> str:
    """Only faults have one; a fault without one is minor."""
    if kind not in Kind.values:
        raise Invalid(
            _("Choose what it is: a fault, an idea, praise or a question."), code="unknown_kind", field="kind"
        )
    if kind != Kind.ISSUE:
        return ""
    if severity and severity not in Severity.values:
        raise Invalid(_("Choose how much it hinders."), code="unknown_severity", field="severity")
    return severity or Severity.MINOR


def give_details(finding: Finding, *, details: str, by: Any) -> Finding:
    """Answer the bank's question; the finding is to be looked at again. Raises NotFound, `no_question` (409)."""
    require(is_signed_in(by), NotSignedIn())
    require(finding.enrolment.member_id == by.pk, NotFound())
    require_taking_part(by)
    details = check_text(details, field="details", shortest=2, longest=TEXT_MAX - 10)
    with transaction.atomic():
        finding = Finding.objects.select_for_update().get(pk=finding.pk)
        if finding.state != Review.NEEDS_INFO:
            raise DomainError(_("We are not waiting for a detail here."), code="no_question", status=409)
        both = f"{finding.details}\n\n{details}".strip()
        finding.details = check_text(both, field="details", longest=TEXT_MAX)
        finding.state, finding.state_since = Review.NEW, timezone.now()
        finding.save(update_fields=["details", "state", "state_since"])
        publish(FindingReviewed(finding.pk, finding.programme_id, Review.NEEDS_INFO, Review.NEW), by=by)
    return finding


def withdraw_screenshot(finding: Finding, image_id: str, *, by: Any) -> None:
    """Take a picture back for good, file included: its author, or the bank when it shows too much."""
    require(is_signed_in(by), NotSignedIn())
    require(finding.enrolment.member_id == by.pk or can_manage(by, finding.programme))
    with transaction.atomic():
        image = FindingImage.objects.select_for_update().filter(finding=finding, public_id=image_id).first()
        require(image is not None, NotFound())
        storage, name = image.file.storage, image.file.name
        image.delete()
        publish(ScreenshotWithdrawn(finding.pk, finding.programme_id), by=by)
        transaction.on_commit(lambda: storage.delete(name))
