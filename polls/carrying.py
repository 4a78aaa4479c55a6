"""What a visitor chose before the door, carried through the sign-in in a signed cookie of their own browser.

Not in the address: servers, proxies and browsers keep those, beside who asked; nor in the session, which the database keeps.
"""

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from .models import Poll
from .sheets import Typed

NAME, SECONDS, LONGEST = "ballot", 15 * 60, 3_000


def carry(response: HttpResponse, poll: Poll, typed: Typed) -> None:
    """Words of one's own are left out, and a ballot too long for a cookie is."""
    kept = signing.dumps([poll.public_id, typed.without_words], salt=NAME, compress=True)
    if typed and len(kept) <= LONGEST:
        response.set_cookie(
            NAME, kept, max_age=SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )


def carried(request: HttpRequest, poll: Poll) -> Typed:
    """What was carried to this poll; nothing else, and nothing that is not ours."""
    try:
        key, values = signing.loads(request.COOKIES.get(NAME, ""), salt=NAME, max_age=SECONDS)
    except signing.BadSignature:
        return Typed()
    return Typed(values) if key == poll.public_id else Typed()


def arrived(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Once its owner is signed in and sees the poll, the cookie goes."""
    if request.user.is_authenticated and NAME in request.COOKIES:
        response.delete_cookie(NAME)
    return response
