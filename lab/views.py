"""The probes, the style guide and other doors. Pages that span apps stand in home.py, my_lab.py and search.py."""

from django.contrib.auth.views import redirect_to_login
from django.db import connection
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override

from members.middleware import choose_desk_language

from .specimens import all_of_them


def healthz(request):
    """The process lives."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request):
    """The database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ready", content_type="text/plain")


def styleguide(request):
    """The living style guide: every component in every state."""
    return render(request, "styleguide.html", all_of_them())


def nothing_here(request):
    """An address of a library's that this site has no use for."""
    raise Http404


def to_sign_in(request):
    """Another door than the site's own; what was meant to follow the sign-in still does."""
    query = request.META.get("QUERY_STRING")
    target = reverse("account_login")
    return HttpResponseRedirect(f"{target}?{query}" if query else target)


def to_desk(request, language, rest):
    """The desk behind a language: it speaks that one until the reader signs out. What follows, query included, stays.

    Who is not in yet signs in first, in that language, and comes back here.
    """
    if not request.user.is_authenticated:
        with override(language):
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
    choose_desk_language(request, language)
    query = request.META.get("QUERY_STRING")
    target = reverse("wagtailadmin_home") + rest.lstrip("/")
    return HttpResponseRedirect(f"{target}?{query}" if query else target)
