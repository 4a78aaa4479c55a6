"""Naming somebody in a comment: « @Maëlle R. », if they take part in the idea. Nobody else can be named, so that typing
names finds nobody out."""

import re
from typing import Any

from django.db.models import Q
from django.db.models.functions import Length

from core.errors import NotFound, NotSignedIn, require
from members.models import Member

from ..models import Comment, Idea, Mention
from ..permissions import can_see, is_signed_in
from .following import can_read_circle_of

MOST = 5  # so many are told of one comment; further names stay plain text
PROPOSED = 8
AT = re.compile(r"(?<![\w@])@(?=\w)")


def participants_of(idea: Idea):
    """Who can be named: its author and who commented in public, as long as they are there."""
    said = Comment.objects.filter(idea=idea).counted().order_by()
    took_part = Q(pk=idea.author_id) | Q(pk__in=said.values("author_id"))
    return Member.objects.living().filter(can_read_circle_of(idea)).filter(took_part)


def propose_names(idea: Idea, text: str, *, by: Any) -> list[Member]:
    """The participants whose name begins so, or has a word that does, for the list under « @ ». Raises NotSignedIn, NotFound."""
    require(is_signed_in(by), NotSignedIn())
    require(can_see(by, idea), NotFound())
    text = text.replace("\x00", "").strip().lstrip("@")[:30]
    found = participants_of(idea).exclude(pk=by.pk).defer("password")
    if text:
        found = found.filter(Q(nickname__istartswith=text) | Q(nickname__icontains=f" {text}"))
    return list(found.order_by("nickname")[:PROPOSED])


def note_mentions(comment: Comment) -> list[Mention]:
    """Write down whom the text names now; who is named no more is dropped. Inside a transaction. The longest name wins."""
    named = _named_in(comment) if AT.search(comment.body) and not comment.is_internal else {}
    kept = {row.member_id: row for row in comment.mentions.all()}
    gone = [row.pk for member_id, row in kept.items() if member_id not in named]
    if gone:
        Mention.objects.filter(pk__in=gone).delete()
    new = [Mention(comment=comment, member_id=pk, written=name) for pk, name in named.items() if pk not in kept]
    return Mention.objects.bulk_create(new, ignore_conflicts=True)


def _named_in(comment: Comment) -> dict[int, str]:
    """Member key → the name as written."""
    people = participants_of(comment.idea).exclude(pk=comment.author_id)
    people = list(people.order_by(Length("nickname").desc(), "pk").values_list("pk", "nickname"))
    found: dict[int, str] = {}
    for at in AT.finditer(comment.body):
        rest = comment.body[at.end() :]
        for pk, nickname in people:
            start = rest[: len(nickname)]
            if start.casefold() == nickname.casefold() and not re.match(r"\w", rest[len(nickname) :]):
                found.setdefault(pk, start)
                break
        if len(found) == MOST:
            break
    return found
