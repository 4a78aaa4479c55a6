"""Requests that an app may send again, its answer having been lost: the header Idempotency-Key."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from core.errors import Invalid

HEADER, LONGEST = "Idempotency-Key", 100
KEY = OpenApiParameter(
    HEADER, str, OpenApiParameter.HEADER,
    description=f"A word of chance, {LONGEST} characters at most, the same each time this very request is sent again. With another "
    "body: 422 `key_reused`.",
)  # fmt: skip


def key_of(request: Request) -> str:
    """The caller's key; "" for none. Raises Invalid (`key_too_long`)."""
    key = request.headers.get(HEADER, "").replace("\x00", "").strip()
    if len(key) > LONGEST:
        too_long = _("The header Idempotency-Key holds %(n)d characters at most.") % {"n": LONGEST}
        raise Invalid(too_long, code="key_too_long", field=HEADER)
    return key
