"""Atom and RSS: the same for everyone, signed in or not; 304 while nothing has changed."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from .. import feeds
from ..listing import find_idea
from ..models import Category, Idea

FRESH = 300


@require_safe
def ideas(request, kind):
    """All ideas, or `?category=slug`."""
    slug = request.GET.get("category", "")
    category = Category.objects.filter(slug=slug.replace("\x00", "")[:60], is_active=True).first() if slug else None
    if slug and not category:
        raise Http404
    return _served(request, kind, feeds.of_ideas(category) if kind in feeds.FORMATS else None)


@require_safe
def idea(request, public_id, kind):
    """One idea: NotFound for what a stranger may not read, whoever asks."""
    if kind not in feeds.FORMATS:
        raise Http404
    found = find_idea(public_id, user=AnonymousUser(), ideas=Idea.objects.with_card())
    return _served(request, kind, feeds.of_idea(found))


def _served(request, kind: str, feed: feeds.Feed | None) -> HttpResponse:
    if feed is None:
        raise Http404
    etag = f'"{feed.signature(kind)}"'
    modified = int(feed.updated.timestamp())
    response = get_conditional_response(request, etag=etag, last_modified=modified)
    if response is None or response.status_code != 304:
        response = HttpResponse(
            feed.render(kind, request.get_full_path()), content_type=f"application/{kind}+xml; charset=utf-8"
        )
    response.headers["ETag"], response.headers["Last-Modified"] = etag, http_date(modified)
    response.headers["Cache-Control"] = f"public, max-age={FRESH}"
    return response
