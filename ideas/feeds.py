"""What feeds say: the newest ideas, those of a theme, or what befell one idea. Only what a stranger may read, in plain XML."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.language import language_of
from core.templatetags.ui import state_word
from core.text import render_markdown

from .models import Category, Comment, Idea, IdeaMove, OfficialAnswer

MOST, KEEP_SECONDS = 30, 24 * 3600
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # characters that XML 1.0 does not take


class _WithLanguages:
    """Entries say their own language (xml:lang) where it is not the feed's."""

    def item_attributes(self, item):
        attributes = super().item_attributes(item)
        return attributes | {"xml:lang": item["language"]} if item.get("language") else attributes


class Atom(_WithLanguages, Atom1Feed):
    pass


class Rss(_WithLanguages, Rss201rev2Feed):
    pass


FORMATS = {"atom": Atom, "rss": Rss}


@dataclass(frozen=True)
class Entry:
    """One line of a feed. `text` is Markdown; `key` never changes, so that a reader shows a thing once."""

    key: str
    title: str
    url: str
    text: str
    author: str
    language: str
    published: datetime
    updated: datetime


@dataclass(frozen=True)
class Feed:
    title: str
    url: str
    entries: tuple[Entry, ...]
    born: datetime

    @property
    def updated(self) -> datetime:
        return max((entry.updated for entry in self.entries), default=self.born)

    def signature(self, kind: str) -> str:
        """Changes with anything that is said: the ETag, and the key under which the text is kept."""
        said = repr((kind, get_language(), self.title, self.url, self.entries, settings.SITE_URL))
        return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:32]

    def render(self, kind: str, own_url: str) -> bytes:
        """The XML, made once for each signature: what is hidden changes the signature, so it is gone at once."""
        return cache.get_or_set(f"feed:{self.signature(kind)}", lambda: self._made(kind, own_url), KEEP_SECONDS)

    def _made(self, kind: str, own_url: str) -> bytes:
        feed = FORMATS[kind](
            title=_clean(self.title), link=_absolute(self.url), description=_clean(self.title), feed_url=_absolute(own_url),
            language=get_language(), feed_guid=_key(self.url),
        )  # fmt: skip
        for entry in self.entries:
            feed.add_item(
                title=_clean(entry.title), link=_absolute(entry.url), description=_clean(str(render_markdown(entry.text))),
                author_name=_clean(entry.author), unique_id=_key(entry.key), unique_id_is_permalink=False,
                pubdate=entry.published, updateddate=entry.updated, language=entry.language,
            )  # fmt: skip
        return feed.writeString("utf-8").encode()


def of_ideas(category: Category | None = None) -> Feed:
    """The newest ideas; one query."""
    ideas = Idea.objects.listed(AnonymousUser()).with_card()
    ideas = ideas.filter(category=category) if category else ideas
    url = reverse("ideas:list") + (f"?category={category.slug}" if category else "")
    title = _("Ideas: %(theme)s") % {"theme": category.name} if category else _("The newest ideas")
    rows = ideas.ordered("newest")[:MOST]
    return Feed(title, url, tuple(_idea(row) for row in rows), _dawn())


def of_idea(idea: Idea) -> Feed:
    """What befell an idea that a stranger may read: comments, moves, answers, the newest first; three queries."""
    visitor = AnonymousUser()
    comments = Comment.objects.filter(idea=idea).visible_to(visitor).with_author().order_by("-created_at", "-id")[:MOST]
    moves = IdeaMove.objects.filter(idea=idea, undone_at__isnull=True).order_by("-at", "-id")[:MOST]
    answers = OfficialAnswer.objects.filter(idea=idea, undone_at__isnull=True).order_by("-at", "-id")[:MOST]
    said = [*_comments(idea, comments), *_moves(idea, moves), *_answers(idea, answers), _idea(idea)]
    said.sort(key=lambda entry: entry.published, reverse=True)
    return Feed(idea.title, idea.get_absolute_url(), tuple(said[:MOST]), idea.created_at)


def _idea(row: Idea) -> Entry:
    updated = max(filter(None, (row.created_at, row.edited_at, row.state_since)))
    return Entry(
        f"idea:{row.public_id}", row.title, row.get_absolute_url(), row.body, row.author.display_name, row.language,
        row.created_at, updated,
    )  # fmt: skip


def _comments(idea: Idea, rows: Iterable[Comment]) -> Iterable[Entry]:
    for row in rows:
        title = _("%(name)s comments") % {"name": row.author.display_name}
        url = f"{idea.get_absolute_url()}#comment-{row.public_id}"
        yield Entry(
            f"comment:{row.public_id}", title, url, row.body, row.author.display_name, row.language, row.created_at,
            row.edited_at or row.created_at,
        )  # fmt: skip


def _moves(idea: Idea, rows: Iterable[IdeaMove]) -> Iterable[Entry]:
    for row in rows:
        url, language = f"{idea.get_absolute_url()}#path", language_of(row.reason)
        title = str(state_word(row.to_state))
        yield Entry(
            f"move:{row.public_id}", title, url, row.reason, settings.LAB["BANK_NAME"], language, row.at, row.at
        )


def _answers(idea: Idea, rows: Iterable[OfficialAnswer]) -> Iterable[Entry]:
    for row in rows:
        url = f"{idea.get_absolute_url()}#answer"
        title, language = _("The bank answers"), language_of(row.body)
        yield Entry(f"answer:{row.public_id}", title, url, row.body, row.signature, language, row.at, row.at)


def _clean(text: str) -> str:
    return FORBIDDEN.sub("", text)


def _absolute(path: str) -> str:
    """Never the address the request came to: what is kept is read by all."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def _key(of: str) -> str:
    return f"tag:{settings.SITE_URL.partition('//')[2].partition('/')[0].partition(':')[0]},2026:{of}"


def _dawn() -> datetime:
    return timezone.datetime(2026, 1, 1, tzinfo=timezone.get_default_timezone())
