"""Addresses that only take what a form sends."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect

View = Callable[..., HttpResponse]


def posts_to(page: Callable[..., str]) -> Callable[[View], View]:
    """For POST alone. `page`, with the same arguments, is the address of the page this belongs to.

    A refusal is shown at the form's own address: whoever loads that again, follows its language link or comes back to it from the
    door is led to the page.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
            if request.method in ("GET", "HEAD"):
                return HttpResponseRedirect(page(*args, **kwargs))
            if request.method != "POST":
                return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
            return view(request, *args, **kwargs)

        return guarded

    return guard
