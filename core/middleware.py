"""What every request passes: an id, a language, a policy for the desk, and refusals made readable."""

import uuid
from contextvars import ContextVar

from csp.constants import SELF, UNSAFE_INLINE
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import Http404, HttpResponseRedirect
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from .api.problems import not_json, of_refusal, problem
from .errors import DomainError
from .incoming import NUL, whole_json
from .pace import with_wait

request_id: ContextVar[str] = ContextVar("request_id", default="-")
TEXTS = {
    "text/html", "text/css", "text/javascript", "text/plain", "text/csv", "text/xml", "application/javascript",
    "application/json", "application/problem+json", "application/manifest+json", "application/atom+xml",
    "application/rss+xml", "image/svg+xml",
}  # fmt: skip
AUTH_PREFIX = "/_allauth/"
API_PREFIXES = ("/api/", AUTH_PREFIX)
JSON = ("application/json", "application/problem+json")
TOO_MANY = _("Too many requests at once. Wait a minute and try again.")


class RequestIdMiddleware:
    """Give each request an id, in the logs and in the answer; one that comes from outside is not trusted."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request_id.set(uuid.uuid4().hex)  # kept until the next one: Django logs a refusal when all of this has returned
        response = self.get_response(request)
        response.headers["X-Request-ID"] = request_id.get()
        return response


class PermissionsPolicyMiddleware:
    """Each answer denies what the site never asks of a browser: camera, microphone, place, payment and their like."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.policy = ", ".join(f"{feature}={who}" for feature, who in settings.PERMISSIONS_POLICY.items())

    def __call__(self, request):
        response = self.get_response(request)
        response.headers["Permissions-Policy"] = self.policy
        return response


class TextCompressionMiddleware(GZipMiddleware):
    """Compress texts, static ones too where they are not compressed beforehand (a laptop); fonts and pictures already are."""

    def process_response(self, request, response):
        kind = response.get("Content-Type", "").partition(";")[0]
        if response.status_code == 206 or kind not in TEXTS:
            return response
        return super().process_response(request, response)


class LanguageMiddleware(LocaleMiddleware):
    """Pages speak the language of their address; the API that of Accept-Language, which Django ignores there."""

    def process_request(self, request):
        if not request.path_info.startswith(API_PREFIXES):
            super().process_request(request)
            return
        translation.activate(_accepted(request.headers.get("Accept-Language", "")))
        request.LANGUAGE_CODE = translation.get_language()


def _accepted(header: str) -> str:
    for language, _weight in translation.trans_real.parse_accept_lang_header(header):
        try:
            return translation.get_supported_language_variant(language)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


class PersonalAnswersMiddleware:
    """What a signed-in person is told is theirs: no shared cache keeps a page, nor does the phone for the time without a
    network (`templates/sw.js`), and nothing keeps an answer of the API. At the sign-out the browser forgets what it kept.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_known = settings.SESSION_COOKIE_NAME in request.COOKIES or "X-Session-Token" in request.headers
        if is_known and response.get("Content-Type", "").partition(";")[0] in ("text/html", *JSON):
            keep = "no-store" if request.path_info.startswith(API_PREFIXES) else "no-cache"
            response.headers.setdefault("Cache-Control", f"private, {keep}")
            said = response.headers["Cache-Control"]
            if not any(word in said for word in ("private", "no-store", "public")):
                response.headers["Cache-Control"] = f"private, {said}"
        if getattr(request, "has_signed_out", False):
            response.headers["Clear-Site-Data"] = '"cache"'
        return response


@receiver(user_logged_out)  # by the button, by an erasure, by a new password
def note_sign_out(request, **signal) -> None:
    if request is not None:
        request.has_signed_out = True


class DeskPolicyMiddleware:
    """Wagtail's admin has inline scripts and styles of its own: relax the policy under /desk/ and nowhere else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path_info.startswith("/desk/"):
            response._csp_replace = {
                "script-src": [SELF, UNSAFE_INLINE],
                "style-src": [SELF, UNSAFE_INLINE],
                "frame-ancestors": [SELF],
            }
            response.headers["X-Frame-Options"] = "SAMEORIGIN"
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


def _too_many(request, response, code: str, words: str, wait: int):
    """What allauth refuses for its pace as a mistake in a form is 429: on a page the form with its words, for an app these."""
    if request.path_info.startswith(AUTH_PREFIX):
        return problem(429, code, words, headers={"Retry-After": str(wait)})
    if response.status_code in (200, 400):
        response.status_code = 429
        response.headers["Retry-After"] = str(wait)
    return response


class RefusalMiddleware:
    """A refusal that no face has caught: problem details on the API, a message or a page elsewhere."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if held_back := getattr(request, "held_back", None):
            return _too_many(request, response, *held_back)
        if not request.path_info.startswith(AUTH_PREFIX):
            return response
        if response.status_code == 400 and not response.content:
            return not_json()  # allauth leaves the body empty
        if response.status_code == 429:
            return problem(429, "too_many", TOO_MANY, headers={"Retry-After": "60"})  # and here but a number
        return response

    def process_view(self, request, view, args, kwargs):
        if NUL in request.path_info:  # no database finds it, and PostgreSQL refuses to look
            raise Http404
        if request.path_info.startswith(AUTH_PREFIX) and not whole_json(request.body):
            return not_json()
        return None

    def process_exception(self, request, error):
        if isinstance(error, RecursionError) and request.path_info.startswith(AUTH_PREFIX):
            return not_json()  # brackets in one another by the thousand
        if not isinstance(error, DomainError):
            return None
        if request.path_info.startswith(API_PREFIXES):
            return of_refusal(error)
        back = request.headers.get("Referer", "")
        is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
        if request.method == "POST" and is_ours and not getattr(request, "htmx", False):
            messages.error(request, str(error))
            return HttpResponseRedirect(back)
        if not getattr(request, "htmx", False):
            response = render(request, "refusal.html", {"refusal": error}, status=error.status)
            return with_wait(response, error)
        response = render(request, "ui/refusal_fragment.html", {"refusal": error}, status=error.status)
        with_wait(response, error)
        # The page stays as it is; the refusal comes up beside it.
        response["HX-Retarget"], response["HX-Reswap"], response["HX-Reselect"] = "#toasts", "beforeend", "unset"
        return response
