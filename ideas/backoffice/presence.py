"""Who else has an idea open: said while one reads it, so that two colleagues do not answer it side by side.

Kept in the cache for half a minute and nowhere else; the page asks again by itself.
"""

from time import time
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from core.desk import opens_to, render_page

from ..domain.triaging import version_of
from ..models import Idea
from ..permissions import can_open_desk

ALIVE = 30  # seconds after the last sign of life


def readers_of(public_id: str, user: Any) -> list[str]:
    """Note that the user reads it; the names of the others."""
    key, now = f"desk-here:{public_id}", time()
    there = {pk: sign for pk, sign in (cache.get(key) or {}).items() if sign[1] > now - ALIVE}
    others = [name for pk, (name, _at) in there.items() if pk != user.pk]
    cache.set(key, there | {user.pk: (user.display_name, now)}, ALIVE)
    return sorted(others)


@require_POST
@opens_to(can_open_desk)
def here(request: HttpRequest, public_id: str) -> HttpResponse:
    """Who else reads the idea, and whether it changed since the page was made."""
    idea = Idea.objects.visible_to(request.user).defer("body").filter(public_id=public_id).first()
    if not idea:
        raise Http404
    seen = request.POST.get("seen", "")
    return render_page(
        request,
        "ideas/desk/_here.html",
        title=idea.title,
        others=readers_of(public_id, request.user),
        has_changed=bool(seen) and seen != version_of(idea),
    )
