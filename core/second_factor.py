"""The second factor that the bank asks of its staff: one rule for the desk's pages and for its API."""

from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings


def lacks_second_factor(user: Any) -> bool:
    """Staff are asked for one (STAFF_MFA_REQUIRED), and this person has none."""
    return settings.STAFF_MFA_REQUIRED and not is_mfa_enabled(user)
