"""What people read when a page is missing, forbidden, stale or broken; the API gets problem details instead."""

import logging

from django.http import HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.api.problems import problem
from core.middleware import API_PREFIXES, TOO_MANY, request_id
from core.pace import TooMany
from core.shield import SECRET_KINDS, mask

log = logging.getLogger("lab")
SECRET = ("password", "token", "code", "csrf")


def _is_api(request) -> bool:
    return request.path_info.startswith(API_PREFIXES)


def page_not_found(request, exception=None):
    if _is_api(request):
        return problem(404, "not_found", _("There is nothing at this address, or it is not yours to see."))
    return render(request, "404.html", status=404)


def permission_denied(request, exception=None):
    if _is_api(request):
        return problem(403, "not_allowed", _("You may not do this."))
    return render(request, "403.html", status=403)


def bad_request(request, exception=None):
    if _is_api(request):
        return problem(400, "invalid", _("What was sent cannot be taken"))
    return render(request, "400.html", status=400)


def too_many_requests(request):
    """allauth's own limits of pages; for apps its answer is made ours in core.middleware."""
    refusal = TooMany(TOO_MANY, 60)
    response = render(request, "refusal.html", {"refusal": refusal}, status=429)
    response.headers["Retry-After"] = "60"
    return response


def server_error(request):
    """Reads neither the database nor the session: they may be what broke."""
    if _is_api(request):
        return problem(500, "broken", _("Something broke on our side"))
    context = {"LANGUAGE_CODE": get_language() or "fr", "reference": request_id.get()[:8]}
    try:
        return HttpResponseServerError(render_to_string("500.html", context))
    except Exception:  # the page that says something broke must not break
        log.exception("the error page failed")
        return HttpResponse("500", status=500, content_type="text/plain")


def csrf_failure(request, reason=""):
    """A form kept open too long, or cookies refused. What was typed comes back, to be copied or sent again."""
    if _is_api(request):
        if request.resolver_match and request.resolver_match.url_name == "wagtail_serve":
            return page_not_found(
                request
            )  # no address of the API: the CMS asks for the token before it looks for a page
        return problem(403, "csrf_failed", _("This page was open for too long. Load it again."))
    if getattr(request, "htmx", False) or request.headers.get("HX-Request"):
        refusal = {"status": 403, "text": _("This page was open for too long. Load it again; what you typed is kept.")}
        response = render(request, "ui/refusal_fragment.html", {"refusal": refusal["text"]}, status=403)
        response["HX-Retarget"], response["HX-Reswap"], response["HX-Reselect"] = "#toasts", "beforeend", "unset"
        return response
    return render(request, "csrf.html", {"typed": _typed(request)}, status=403)


def _typed(request) -> list[str]:
    """The texts of the form, if it came from this very site: nobody else's words are shown on our page."""
    ours = f"{request.scheme}://{request.get_host()}"
    if request.headers.get("Origin", ours) != ours or not request.headers.get("Referer", "").startswith(ours):
        return []
    return [
        mask(value, SECRET_KINDS)
        for name, value in request.POST.items()
        if len(value.strip()) > 2 and not any(word in name.lower() for word in SECRET) and value.count(" ") > 1
    ]
