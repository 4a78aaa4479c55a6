"""How often one person may ask for what costs much of a poll, counted together for page and API."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.pace import MINUTE, TooMany, asker, count_try


def require_pace_of_receipts(request: HttpRequest) -> None:
    """No faster than a person types: LAB["RECEIPTS_PER_MINUTE"]. Raises TooMany."""
    if count_try("receipts", asker(request), MINUTE) > settings.LAB["RECEIPTS_PER_MINUTE"]:
        raise TooMany(_("You have looked up many receipts in a minute. Wait a little, then go on."), MINUTE)


def require_pace_of_charts(request: HttpRequest) -> None:
    """Each file is drawn anew from the tallies: LAB["CHARTS_PER_MINUTE"]. Raises TooMany."""
    if count_try("charts", asker(request), MINUTE) > settings.LAB["CHARTS_PER_MINUTE"]:
        raise TooMany(_("You have saved many charts in a minute. Wait a little, then go on."), MINUTE)
