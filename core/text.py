"""Members' Markdown, made safe HTML."""

import re
from collections.abc import Mapping
from html import escape, unescape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("strikethrough")
# A picture is what it says it shows; a link that names no protocol is no way to another house.
_markdown.add_render_rule("image", lambda self, tokens, at, options, env: escape(tokens[at].content))
_valid = _markdown.validateLink
_markdown.validateLink = lambda url: _valid(url) and not url.startswith("//")
_TAGS = {"p", "br", "strong", "em", "s", "ul", "ol", "li", "blockquote", "code", "pre", "a", "h3", "h4", "hr"}


def render_markdown(text: str, links: Mapping[str, tuple[str, str]] | None = None) -> SafeString:
    """HTML of the Markdown: no image, no raw HTML, headings from level 3, links marked as a member's own.

    `links` maps words to (label, address): where they stand in running text, the label is shown, as a link if there is
    an address.
    """
    tokens = _markdown.parse(str(text or ""))
    if links:
        _link(tokens, links)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
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


def _link(tokens: list[Token], links: Mapping[str, tuple[str, str]]) -> None:
    """Put the links into text that is not a link already, nor code. The longest word wins."""
    words = sorted(links, key=len, reverse=True)
    pattern = re.compile(f"({'|'.join(map(re.escape, words))})(?!\\w)")
    for token in tokens:
        if not token.children:
            continue
        children, inside = [], 0
        for child in token.children:
            inside += {"link_open": 1, "link_close": -1}.get(child.type, 0)
            if child.type == "text" and not inside:
                children += _linked(child, pattern, links)
            else:
                children.append(child)
        token.children = children


def _linked(text: Token, pattern: re.Pattern, links: Mapping[str, tuple[str, str]]) -> list[Token]:
    found = []
    for part in pattern.split(text.content):
        label, address = links.get(part, (part, ""))
        word = Token("text", "", 0, content=label)
        if address:
            opening = Token("link_open", "a", 1, attrs={"href": address})
            found += [opening, word, Token("link_close", "a", -1)]
        elif label:
            found.append(word)
    return found


def excerpt(text: str, length: int = 160) -> str:
    """The first words as plain text, for lists and mail."""
    plain = nh3.clean(_markdown.render(str(text or "")), tags=set())
    # French's unbreakable spaces stay: only the breaks of the source become plain ones.
    plain = re.sub(r"[ \t\r\n]+", " ", unescape(plain)).strip()
    return plain if len(plain) <= length else plain[:length].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"


def whole(text: str, longest: int = 9) -> int | None:
    """The whole number, or None: « ² » is a digit for Python, which then refuses to read it, as it does thousands of digits."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= longest else None
