"""A member's name in what others wrote, taken out when the member is erased.

Names are kept as they were written, so that any reader of a text has it whole; on erasure the texts where the name must
stand are known, and are written again:

- official answers and moves of their ideas, and what the bank replied to their comments: the greeting loses whom it greets
  (« Bonjour Maëlle, » → « Bonjour, », whatever the name was then), and the name elsewhere becomes « ancien membre »;
- comments that name them by « @ », and earlier texts of those: « @ancien membre ».
"""

import re
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from ..models import Comment, CommentVersion, IdeaMove, Mention, OfficialAnswer

FRENCH, ENGLISH = ("Bonjour", "Bonsoir", "Chère", "Cher", "Madame", "Monsieur"), ("Hello", "Dear", "Hi")
NAME = r"(?:(?!\.\s)[^,!:;\n]){0,60}?"  # « Maëlle R. » is a name; « à tous. Maëlle » goes on with a sentence
WORDS = "|".join((*FRENCH, *ENGLISH))
GREETING = re.compile(rf"^(?P<before>[\s*_]*)(?P<word>{WORDS})\b{NAME}(?P<end>\s?[,!])")
SHORTEST_FIRST_NAME = 4


def forget_name(member: Any) -> None:
    """Write the texts again without the name of a member who is about to be erased. Doing it again changes nothing."""
    written = set(Mention.objects.filter(member=member).values_list("written", flat=True))
    with translation.override(settings.LANGUAGE_CODE):
        gone = _("former member")
    _forget_mentions(member, written, gone)
    names = _names(member, written)
    own = Q(idea__author=member)
    _rewrite(OfficialAnswer.objects.filter(own), "body", names, gone, greets=True)
    _rewrite(IdeaMove.objects.filter(own), "reason", names, gone, greets=True)
    replied = Q(parent__author=member)
    said = Comment.objects.filter(is_official=True, deleted_at__isnull=True)
    greeted = said.filter(replied | own & Q(parent__isnull=True))
    _rewrite(greeted, "body", names, gone, greets=True)
    _rewrite(said.filter(own, parent__isnull=False).exclude(replied), "body", names, gone, greets=False)
    _rewrite(CommentVersion.objects.filter(comment__in=greeted), "body", names, gone, greets=True)


def without_greeted(text: str) -> str:
    """« Bonjour Maëlle, voici … » → « Bonjour, voici … »."""
    match = GREETING.match(text)
    if not match:
        return text
    word = match["word"] if match["word"] in ("Bonsoir", "Hello", "Hi") else ""
    word = word or ("Hello" if match["word"] in ENGLISH else "Bonjour")
    return f"{match['before']}{word}{match['end']}{text[match.end() :]}"


def without_name(text: str, member: Any) -> str:
    """A text that was written to the member, greeting nobody and naming a former member."""
    with translation.override(settings.LANGUAGE_CODE):
        gone = _("former member")
    return _unnamed(without_greeted(text), _names(member, set()), gone)


def _names(member: Any, written: set[str]) -> list[str]:
    """The nickname, as it was ever written, and its first word where that looks like a first name; the longest first."""
    names = {member.nickname, *written}
    firsts = {name.split()[0] for name in names if name.split()}
    names |= {first for first in firsts if len(first) >= SHORTEST_FIRST_NAME and first[0].isupper()}
    return sorted((name for name in names if len(name) > 2), key=len, reverse=True)


def _rewrite(rows: Any, field: str, names: list[str], gone: str, *, greets: bool) -> None:
    for row in rows:
        text = getattr(row, field)
        new = _unnamed(without_greeted(text) if greets else text, names, gone)
        if new != text:
            type(row).objects.filter(pk=row.pk).update(**{field: new})


def _unnamed(text: str, names: list[str], gone: str) -> str:
    for name in names:
        text = re.sub(rf"(?<![\w@]){re.escape(name)}(?!\w)", gone, text)
    return text


def _forget_mentions(member: Any, written: set[str], gone: str) -> None:
    named = Comment.objects.filter(mentions__member=member)
    for rows in (named, CommentVersion.objects.filter(comment__in=named)):
        for row in rows:
            body = row.body
            for name in sorted(written, key=len, reverse=True):
                body = body.replace(f"@{name}", f"@{gone}")
            if body != row.body:
                type(row).objects.filter(pk=row.pk).update(body=body)
    Mention.objects.filter(member=member).delete()
