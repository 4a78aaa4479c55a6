"""A vote that somebody asked for before signing in: kept in the session for a quarter of an hour, cast once they are in.

Only a form that was sent leaves one, and only signing in, which is sent too, makes it a vote: a link does neither.
"""

from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.errors import DomainError

from .domain.voting import cast_vote
from .listing import find_idea
from .models import Idea

KEY, SALT, SECONDS = "vote_to_cast", "ideas.intending", 15 * 60


def intend(request: HttpRequest, idea: Idea) -> None:
    """Remember that this visitor wants to support the idea. The last one asked for is the one that is kept."""
    request.session[KEY] = signing.dumps(idea.public_id, salt=SALT)


def cast_intended(sender: Any, request: HttpRequest, user: Any, **kwargs: Any) -> None:
    """Cast it for who just signed in, and say so; a refusal is said too, and nothing is cast."""
    kept = getattr(request, "session", {}).pop(KEY, "")
    if not kept:
        return
    try:
        idea = find_idea(signing.loads(kept, salt=SALT, max_age=SECONDS), user=user)
        cast_vote(idea, by=user)
    except signing.BadSignature:  # too old, among others
        return
    except DomainError as refusal:
        messages.warning(request, str(refusal), fail_silently=True)
    else:
        words = _("You support “%(title)s”: your vote is in.") % {"title": idea.title}
        messages.success(request, words, fail_silently=True)


def listen() -> None:
    user_logged_in.connect(cast_intended, dispatch_uid="ideas.intending")
