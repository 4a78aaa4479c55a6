"""Dates a poll may have."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, require

FURTHEST = timedelta(days=3653)


def require_near(moment: datetime | None, field: str) -> None:
    """Nothing is asked ten years from now, nor was: such a date was mistyped, and no calendar holds all that follows from it."""
    far = moment is not None and abs(moment - timezone.now()) > FURTHEST
    require(not far, Invalid(_("Choose a date within ten years of today."), field=field, code="bad_dates"))
