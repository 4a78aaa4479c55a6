"""What a visitor answered before the door, carried through the sign-in in a signed cookie of their own browser.

Not in the address: servers, proxies and browsers keep those, beside who asked; nor in the session, which the database keeps. It
goes with the page that shows it to its owner, and by itself after a quarter of an hour.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from core.shield import PrivateData, for_public, refuse_private

from .models import Poll
from .sheets import WORDS, Typed

NAME, SECONDS, LONGEST = "ballot", 15 * 60, 3_600  # a browser keeps cookies of 4,096 characters


@dataclass(frozen=True)
class Carried:
    """`whole`: all that was typed is there, words of one's own too."""

    typed: Typed
    whole: bool = True


def carry(response: HttpResponse, poll: Poll, typed: Typed) -> None:
    """Words of one's own pass the privacy shield first, as those of a ballot do. Of what is too long for a cookie the words stay
    behind, or all of it; the page says so (`Carried.whole`). Raises PrivateData."""
    typed = _shielded(typed)
    if not any(one.strip() for said in typed.values.values() for one in said):
        return
    for values in (typed.values, typed.without_words, {}):
        kept = signing.dumps([poll.public_id, values, values == typed.values], salt=NAME, compress=True)
        if len(kept) <= LONGEST:
            break
    response.set_cookie(
        NAME, kept, max_age=SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )


def _shielded(typed: Typed) -> Typed:
    """Raises PrivateData with the question and the part, as a ballot does."""
    values = dict(typed.values)
    for name in values:
        if not name.startswith(WORDS):
            continue
        part, _dash, question = name.partition("-")
        try:
            refuse_private(**{f"{question}.{part}": typed.text(name)})
        except PrivateData as refusal:
            refusal.extra |= {"question": question, "part": part}
            raise
        values[name] = [for_public(typed.text(name))]
    return Typed(values)


def carried(request: HttpRequest, poll: Poll) -> Carried | None:
    """What was carried to this poll; nothing else, and nothing that is not ours."""
    try:
        key, values, whole = signing.loads(request.COOKIES.get(NAME, ""), salt=NAME, max_age=SECONDS)
    except (signing.BadSignature, ValueError):  # ValueError: as it was written before it said whether it is whole
        return None
    return Carried(Typed(values), whole) if key == poll.public_id else None


def arrived(request: HttpRequest, response: HttpResponse, found: Carried | None) -> HttpResponse:
    """Once its owner is signed in and sees the poll, the cookie goes."""
    if found and request.user.is_authenticated:
        response.delete_cookie(NAME)
    return response
