"""Errors as problem details (RFC 9457) with a stable `code`; for fields, where."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.views import set_rollback

from core.errors import DomainError, NotSignedIn
from core.shield import SECRET_KINDS, mask
from core.words import instant

CONTENT_TYPE = "application/problem+json"
CODES = {400: "invalid", 401: "not_signed_in", 403: "not_allowed", 404: "not_found", 405: "method_not_allowed"}


def titles() -> dict[int, str]:
    return {
        400: _("What was sent cannot be taken"),
        401: _("Sign in first"),
        403: _("Not allowed"),
        404: _("Not found"),
        405: _("Not possible here"),
        406: _("Only JSON is served"),
        409: _("Not possible now"),
        413: _("Too large"),
        415: _("Send JSON"),
        422: _("What was sent cannot be taken"),
        429: _("Too many requests"),
        500: _("Something broke on our side"),
    }


def problem(status: int, code: str, detail: str, *, errors=None, headers=None, **extra) -> JsonResponse:
    """One problem as a response. `errors` is a list of {"field", "code", "detail"}.

    Moments among `extra` are told as everywhere in the API. Details may quote what was sent (« "…" is not a valid choice »):
    never a card number.
    """
    extra = {name: instant(told) if isinstance(told, datetime) else told for name, told in extra.items()}
    body = {"type": "about:blank", "title": titles().get(status, _("Refused")), "status": status, "code": code,
            "detail": mask(str(detail), SECRET_KINDS)} | extra  # fmt: skip
    if errors:
        body["errors"] = [error | {"detail": mask(error["detail"], SECRET_KINDS)} for error in errors]
    return JsonResponse(body, status=status, content_type=CONTENT_TYPE, headers=headers)


def not_json(headers=None) -> JsonResponse:
    return problem(400, "not_json", _("The body could not be read as JSON."), headers=headers)


def of_refusal(error: DomainError) -> JsonResponse:
    errors = [{"field": error.field, "code": error.code, "detail": str(error)}] if error.field else None
    headers = {"WWW-Authenticate": "X-Session-Token"} if error.status == 401 else {}
    if wait := error.extra.get("retry_after"):
        headers["Retry-After"] = str(wait)
    return problem(error.status, error.code, str(error), errors=errors, headers=headers, **error.extra)


def handle(error: Exception, context: dict) -> JsonResponse | None:
    """DRF's exception handler. None lets an unforeseen error become a 500."""
    set_rollback()
    if isinstance(error, DomainError):
        return of_refusal(error)
    if isinstance(error, Http404):
        return problem(404, "not_found", _("There is nothing at this address, or it is not yours to see."))
    if isinstance(error, PermissionDenied):
        return problem(403, "not_allowed", _("You may not do this."))
    if isinstance(error, RequestDataTooBig):
        return problem(413, "too_large", _("What was sent is too large."))
    if isinstance(error, exceptions.ValidationError):
        found = list(_flatten(error.detail))
        detail = found[0]["detail"] if len(found) == 1 else _("Some fields need another look.")
        return problem(400, "invalid", detail, errors=found)
    if isinstance(error, exceptions.APIException):
        return _of_api(error)
    return None


def _of_api(error: exceptions.APIException) -> JsonResponse:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = error.auth_header
    if getattr(error, "wait", None):
        headers["Retry-After"] = str(int(error.wait) + 1)
    code = CODES.get(error.status_code) or getattr(error.detail, "code", None) or "refused"
    if isinstance(error, exceptions.ParseError):
        return not_json(headers=headers)
    if error.status_code == 401:
        return problem(401, code, str(NotSignedIn.message), headers=headers)
    if str(error.detail).startswith("CSRF Failed"):
        return problem(403, "csrf_failed", _("This page was open for too long. Load it again."))
    return problem(error.status_code, str(code), str(error.detail), headers=headers)


def _flatten(detail, where=""):
    if isinstance(detail, dict):
        for key, value in detail.items():
            name = "" if key == "non_field_errors" else str(key)
            yield from _flatten(value, f"{where}.{name}".strip(".") if name else where)
    elif isinstance(detail, list):
        for position, value in enumerate(detail):
            yield from _flatten(value, where if isinstance(value, str) else f"{where}.{position}".strip("."))
    else:
        yield {"field": where or None, "code": getattr(detail, "code", "invalid"), "detail": str(detail)}
