"""Members' Markdown, made safe HTML."""

import re
from html import unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("strikethrough").disable("image")
_TAGS = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a", "h3", "h4", "hr"}


def render_markdown(text: str) -> SafeString:
    """HTML of the Markdown: no image, no raw HTML, headings from level 3, links marked as a member's own."""
    html = _markdown.render(str(text or ""))
    html = re.sub(r"<(/?)h[12]>", r"<\1h3>", html)
    html = re.sub(r"<(/?)h[456]>", r"<\1h4>", html)
    return mark_safe(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes={"a": {"href"}},
            link_rel="nofollow ugc noopener",
            url_schemes={"https", "http"},
        )
    )


def excerpt(text: str, length: int = 160) -> str:
    """The first words as plain text, for lists and mail."""
    plain = nh3.clean(_markdown.render(str(text or "")), tags=set())
    # French's unbreakable spaces stay: only the breaks of the source become plain ones.
    plain = re.sub(r"[ \t\r\n]+", " ", unescape(plain)).strip()
    return plain if len(plain) <= length else plain[:length].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
