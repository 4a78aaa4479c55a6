"""What any request may bring besides sense: characters that no text holds, and encodings that nobody uses.

A NUL stands in no text, and PostgreSQL refuses to look for one: it is left out of the address's query, of cookies and of forms
before anything reads them, so that no view has to think of it. Half of a surrogate pair is no character either. Addresses and
bodies are UTF-8, whatever `charset` a request claims: some that Python knows decode no text at all.
"""

import json
import re
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, QueryDict

NUL = "\x00"
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
APPS = ("/api/", "/_allauth/")
FOREIGN = "lab.foreign_charset"
CHARSET = re.compile(r'charset\*?\d*\*?\s*=\s*("[^"]*"|[^;]*)', re.IGNORECASE)
BODILESS = ("GET", "HEAD", "OPTIONS", "DELETE")


def is_text(value: str) -> bool:
    """Whether a database can hold it: no NUL, no half of a surrogate pair."""
    return NUL not in value and not any("\ud800" <= sign <= "\udfff" for sign in value)


def only_text(value: str) -> str:
    """Without what no database can hold."""
    return value if is_text(value) else "".join(sign for sign in value if is_text(sign))


def whole_json(body: bytes) -> bool:
    """Whether every text in this JSON is one; what is no JSON at all is for its reader to refuse."""
    if b"\\u" not in body:
        return True
    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return False
    except (ValueError, RecursionError):
        return True
    return True


def _without_nul(asked: QueryDict) -> QueryDict:
    if not any(NUL in text for key, values in asked.lists() for text in (key, *values)):
        return asked
    clean = QueryDict(mutable=True)
    for key, values in asked.lists():
        for value in values:
            clean.appendlist(key.replace(NUL, ""), value.replace(NUL, ""))
    clean._mutable = False
    return clean


def utf8_only(application: Any) -> Any:
    """The WSGI application, told of no charset but UTF-8: with some Django cannot even make the request it would refuse."""

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        claimed = {name.strip(" \"'").lower() for name in CHARSET.findall(environ.get("CONTENT_TYPE", ""))}
        if claimed - {"utf-8", "utf8"}:
            environ["CONTENT_TYPE"] = CHARSET.sub("", environ["CONTENT_TYPE"])
            environ[FOREIGN] = True
        return application(environ, start_response)

    return answer


class IncomingTextMiddleware:
    """The query and the cookies without NUL. A body that claims another charset than UTF-8 is refused (400)."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        if any(NUL in value for value in request.COOKIES.values()):
            request.COOKIES = {key: value.replace(NUL, "") for key, value in request.COOKIES.items()}
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: tuple, kwargs: dict[str, Any]) -> None:
        """Not before: a refusal speaks the reader's language, on a page with their name."""
        if FOREIGN in request.META and request.method not in BODILESS:
            raise BadRequest("charset")
        request.GET = _without_nul(request.GET)


class IncomingFormMiddleware:
    """A page's form without NUL. After the check of where it comes from: what fails that is not read. An app's body is read by
    the API, whose fields refuse a NUL."""

    def __init__(self, get_response: Any) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Any:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: tuple, kwargs: dict[str, Any]) -> None:
        is_form = request.method == "POST" and request.content_type in FORMS
        if is_form and not request.path_info.startswith(APPS):
            request.POST = _without_nul(request.POST)
