"""How often one address on the network may report: counted in the cache under a keyed hash, so that no address is kept."""

import hashlib
import hmac

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError

AN_HOUR = 3600


def require_slow(request) -> None:
    """Raise `too_many_reports` (429) past LAB["REPORTS_AN_HOUR"] tries from one address."""
    address = get_adapter().get_client_ip(request) or ""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"report:{address}".encode(), hashlib.sha256).hexdigest()[:32]
    key = f"reports:{digest}"
    cache.add(key, 0, AN_HOUR)
    try:
        tries = cache.incr(key)
    except ValueError:  # it ended this moment
        tries = 1
    if tries > settings.LAB["REPORTS_AN_HOUR"]:
        raise DomainError(
            _("Too many reports from here in an hour. Come back a little later."), code="too_many_reports", status=429
        )
