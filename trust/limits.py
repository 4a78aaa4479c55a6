"""How often one address on the network may report (`core/pace.py` counts, and keeps no address)."""

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.pace import HOUR, count_try


def require_slow(request) -> None:
    """Raise `too_many_reports` (429) past LAB["REPORTS_AN_HOUR"] tries from one address."""
    tries = count_try("reports", get_adapter().get_client_ip(request) or "", HOUR)
    if tries > settings.LAB["REPORTS_AN_HOUR"]:
        raise DomainError(
            _("Too many reports from here in an hour. Come back a little later."), code="too_many_reports", status=429
        )
