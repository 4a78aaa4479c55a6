"""Refusals. A verb refuses by raising; one place makes it a message, another makes it problem-details JSON."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _


class DomainError(Exception):
    """A refusal that a person can read.

    `code` is stable and part of the API; `message` is in the reader's language and says what to do next; `status` is the
    HTTP status; `field` names the input at fault, if one is; `extra` goes into the problem details as it is, with moments told by
    the site's clock.
    """

    code = "refused"
    status = 400
    message: Any = _("This is not possible.")

    def __init__(
        self,
        message: Any = None,
        *,
        code: str | None = None,
        status: int | None = None,
        field: str | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        self.message = message if message is not None else self.message
        self.code = code or self.code
        self.status = status or self.status
        self.field = field
        self.extra = dict(extra or {})
        super().__init__(self.code)

    def __str__(self) -> str:
        return str(self.message)


class NotSignedIn(DomainError):
    code, status = "not_signed_in", 401
    message = _("Sign in to do this. What you typed is kept.")


class NotAllowed(DomainError):
    code, status = "not_allowed", 403
    message = _("You may not do this.")


class NotFound(DomainError):
    code, status = "not_found", 404
    message = _("We cannot find this. It may have been moved or withdrawn.")


class ImpossibleMove(DomainError):
    """A state that cannot be reached from the present one (409)."""

    code, status = "impossible_move", 409
    message = _("This move is not possible from the present state.")


class KeyReused(DomainError):
    """The Idempotency-Key of another request, or of this one with another body (422)."""

    code, status = "key_reused", 422
    message = _("This Idempotency-Key was used for another request. Take a new one.")


class Invalid(DomainError):
    """A value that the rules do not take; name the `field`."""

    code, status = "invalid", 400


def require(allowed: bool, refusal: DomainError | None = None) -> None:
    """Raise `refusal` (NotAllowed when none is given) unless `allowed`."""
    if not allowed:
        raise refusal or NotAllowed()
