"""What the desk's views share: finding things, reading numbers, refusing in the caller's way."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core.api.problems import of_refusal
from core.errors import DomainError

from ..models import BoardItem, Quarter
from ..states import FactorKey


def by_script(request: HttpRequest) -> bool:
    """A call of our own module: it wants a fragment, or a problem as JSON."""
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def number(text: Any, default: int | None = None) -> int | None:
    """A whole number of up to four digits, else the default."""
    text = str(text or "").strip().removeprefix("+")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else default


def weights_in(data: Any) -> dict[str, int] | None:
    """The weights of a form's `weight_<factor>` fields, or None where none came."""
    found = {key: number(data.get(f"weight_{key}")) for key in FactorKey.values}
    return {key: value for key, value in found.items() if value is not None} or None


def find_item(public_id: str) -> BoardItem:
    return get_object_or_404(BoardItem, public_id=public_id)


def find_quarter(code: str) -> Quarter:
    return get_object_or_404(Quarter, code=code)


def wall_url(quarter: Quarter, **query: str) -> str:
    from django.utils.http import urlencode

    query = {"quarter": quarter.code, **query}
    return f"{reverse('board_desk:index')}?{urlencode(query)}"


def refused(request: HttpRequest, error: DomainError, back: str) -> HttpResponse:
    """JSON for a script; else the page before, with the refusal as a message."""
    if by_script(request):
        return of_refusal(error)
    messages.error(request, str(error))
    return HttpResponseRedirect(back)
