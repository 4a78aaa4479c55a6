"""Wrong input on Wagtail's own pages of the desk: what they break on with a 500 is refused or mended before they read it."""

from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest
from wagtail.models import Page

LINK = "external-link-chooser-url"
MOST_DIGITS = 18
NOT_THERE = ("wagtailadmin_error_test", "poll_chooser:create")
ROOTLESS = tuple(f"wagtailadmin_pages:{name}" for name in ("move_confirm", "set_page_position", "lock", "unlock"))
NUMBERED = ("wagtailadmin_api:", "wagtailadmin_choose_page")  # and every chooser


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


class WagtailInputMiddleware:
    """Keys of pages, pictures and documents are numbers: another one names nothing (404). A link form without its field has an
    empty one. The root of all pages has no parent: it is neither moved, given a place nor locked (404). The page that
    breaks on purpose is not there, nor the one that would make a poll without a form: polls are made in their studio."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: tuple, kwargs: dict[str, Any]) -> None:
        match = request.resolver_match
        if not request.path_info.startswith("/desk/") or match is None:
            return
        if match.view_name in NOT_THERE:
            raise Http404
        if match.url_name == "wagtailadmin_choose_page_external_link" and request.method == "POST":
            request.POST = request.POST.copy()
            request.POST.setdefault(LINK, "")
        if request.method == "POST" and match.view_name.startswith("wagtail"):
            _mend_form(request, match.url_name or "")
        numbered = match.view_name.startswith(NUMBERED) or "chooser:" in match.view_name
        if numbered and not all(_is_number(key) for key in _keys(request, kwargs)):
            raise Http404
        if match.view_name in ROOTLESS:
            _refuse_root(next(iter(kwargs.values()), None) or next(iter(args), None))


def _mend_form(request: HttpRequest, name: str) -> None:
    """A way back that is no address of ours is none; several files come under the name that Wagtail reads."""
    if not request.POST.get("next", "/").startswith("/"):
        request.POST = request.POST.copy()
        del request.POST["next"]
    if name == "add_multiple" and "files[]" not in request.FILES:
        raise BadRequest("files")


def _keys(request: HttpRequest, kwargs: dict[str, Any]) -> list[str]:
    """The keys an address names: `pk` in its path, `id` in its query, several with commas between for the inner API."""
    named = [key for text in request.GET.getlist("id") for key in text.split(",")]
    return [str(kwargs["pk"]), *named] if "pk" in kwargs else named


def _refuse_root(pk: Any) -> None:
    if Page.objects.filter(pk=pk, depth=1).exists():
        raise Http404
