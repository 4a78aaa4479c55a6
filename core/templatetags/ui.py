"""Tags of the design system, available in every template without `load`."""

import re
from functools import cache

from django import template
from django.contrib.staticfiles import finders
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.html import conditional_escape, format_html
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, pgettext_lazy

from core import words
from core.language import LANGUAGES, language_of
from core.roles import reads_only
from core.text import excerpt, render_markdown

register = template.Library()
register.filter("markdown", render_markdown)
register.filter("excerpt", excerpt)
register.filter("number", words.number)
register.filter("percent", words.percent)
register.filter("day", words.day)
register.filter("moment", words.moment)
register.filter("ago", words.ago)
register.filter("left", words.left)
register.filter("initials", words.initials)
register.filter("ordinal", words.ordinal)
register.filter("tint", words.tint)
register.filter("typographic", words.typographic)

QUOTED = re.compile("(“|«[\u00a0\u202f])(.+?)(”|[\u00a0\u202f]»)")
ICONS, ARTS = "lab/icons/icons.svg", "lab/icons/art.svg"

# state of an idea: class and icon, its word, how many of the five reaches are behind it (0: none to show)
STATES = {
    "new": ("new", pgettext_lazy("state of an idea", "New"), 1),
    "under_review": ("review", pgettext_lazy("state of an idea", "Under review"), 2),
    "candidate": ("candidate", pgettext_lazy("state of an idea", "Before the board"), 3),
    "planned": ("planned", pgettext_lazy("state of an idea", "Planned"), 4),
    "in_beta": ("beta", pgettext_lazy("state of an idea", "In beta test"), 4),
    "delivered": ("delivered", pgettext_lazy("state of an idea", "Delivered"), 5),
    "declined": ("declined", pgettext_lazy("state of an idea", "Not taken up"), 0),
    "merged": ("merged", pgettext_lazy("state of an idea", "Merged"), 0),
}
NOTICES = {
    "": "info",
    "info": "info",
    "good": "delivered",
    "success": "delivered",
    "warn": "warning",
    "warning": "warning",
    "bad": "error",
    "error": "error",
    "part": "check",
}


@cache
def symbols(path: str) -> dict[str, str]:
    """The drawings of a sprite: name → viewBox."""
    with open(finders.find(path), encoding="utf-8") as file:  # noqa: PTH123
        return dict(re.findall(r'<symbol id="([\w-]+)" viewBox="([\d. -]+)"', file.read()))


@register.simple_tag
def icon(name: str, css: str = "", label: str = ""):
    """One icon of the sprite. Silent unless `label` is given; `css` adds classes ("icon--l", "vote__on")."""
    if name not in symbols(ICONS):
        raise template.TemplateSyntaxError(f"no icon named {name!r}")
    named = format_html('role="img" aria-label="{}"', label) if label else format_html('aria-hidden="true"')
    return format_html(
        '<svg class="icon{}" {}><use href="{}#{}"/></svg>', f" {css}" if css else "", named, static(ICONS), name
    )


@register.simple_tag
def art(name: str, css: str = "", label: str = ""):
    """One drawing of art.svg; it takes the colours of its place. Silent unless `label` is given."""
    if name not in symbols(ARTS):
        raise template.TemplateSyntaxError(f"no drawing named {name!r}")
    named = format_html('role="img" aria-label="{}"', label) if label else format_html('aria-hidden="true"')
    dress = format_html(' class="{}"', css) if css else ""
    return format_html(
        '<svg{} viewBox="{}" {} focusable="false"><use href="{}#{}"/></svg>',
        dress,
        symbols(ARTS)[name],
        named,
        static(ARTS),
        name,
    )


@register.simple_tag
def icon_names() -> list[str]:
    return sorted(symbols(ICONS))


@register.simple_tag
def art_names() -> list[str]:
    return sorted(symbols(ARTS))


@register.simple_tag(takes_context=True)
def csrf_field(context):
    """The CSRF input, also inside `{% include … only %}`, where Django's own tag finds no token."""
    request = getattr(context, "request", None) or context.get("request")
    if request is None:
        return ""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))


@register.simple_tag(takes_context=True, name="reads_only")
def reader_reads_only(context) -> bool:
    """Whether the reader may take no part (an auditor), also inside `{% include … only %}`."""
    request = getattr(context, "request", None) or context.get("request")
    return reads_only(getattr(request, "user", None))


@register.simple_tag(takes_context=True)
def login_url(context) -> str:
    """The door, and back here afterwards."""
    request = getattr(context, "request", None) or context.get("request")
    try:
        door = reverse("account_login")
    except NoReverseMatch:
        return "#"
    return f"{door}?{urlencode({'next': request.get_full_path()})}" if request else door


@register.simple_tag
def lang_of(thing):
    """` lang="fr"` for what is written in another language than the page (WCAG 3.1.2); nothing else.

    `thing`: a code, anything with a `language`, or a text, whose language is then told by its words.
    """
    code = getattr(thing, "language", None) or (thing if thing in LANGUAGES else language_of(str(thing or "")))
    here = (get_language() or "fr").partition("-")[0]
    return format_html(' lang="{}"', code) if code != here and thing else ""


@register.simple_tag
def lang_heard(text):
    """As `lang_of` for a text that may be the page's own or somebody's: marked only where its words tell another language."""
    here = (get_language() or "fr").partition("-")[0]
    return lang_of(language_of(str(text or ""), here))


@register.filter
def spoken(text, thing):
    """The text in the language of `thing` (see `lang_of`), marked so where it stands in a sentence of the page."""
    language = lang_of(thing)
    return format_html("<span{}>{}</span>", language, text) if language and text else text


@register.filter
def quoting(sentence, thing):
    """A sentence of the page in which what stands in quotes is in the language of `thing` (see `lang_of`), each piece marked so."""
    language = lang_of(thing)
    if not language:
        return sentence
    return mark_safe(QUOTED.sub(rf"\1<span{language}>\2</span>\3", conditional_escape(sentence)))


@register.filter
def state_class(state) -> str:
    return f"is-{STATES[str(state)][0]}"


@register.filter
def state_icon(state) -> str:
    return STATES[str(state)][0]


@register.filter
def state_word(state):
    return STATES[str(state)][1]


@register.filter
def reaches(state) -> list[bool]:
    """The five reaches of the course: lit or not. Empty for an idea whose course has ended elsewhere."""
    lit = STATES[str(state)][2]
    return [at < lit for at in range(5)] if lit else []


@register.filter
def notice_icon(kind) -> str:
    return NOTICES.get(str(kind or ""), "info")


@register.filter
def share_of(value, whole) -> float:
    """`value` as a percentage of `whole`, from 0 to 100, for an SVG width."""
    try:
        return round(max(0.0, min(100.0, 100 * float(value) / float(whole))), 1)
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0


@register.filter
def places(most) -> range:
    """1, 2 … most, to loop over."""
    return range(1, int(most) + 1)


@register.filter
def minus(value, other):
    return value - other


@register.filter
def plus(value, other):
    return value + other


@register.filter
def seats_of(taken, total, columns: int = 20):
    """Circles of a seat map: x, y, whether it is taken and the last one taken; every seat drawn up to 200."""
    shown = min(int(total or 0), 200)
    filled = min(shown, -(-int(taken or 0) * shown // int(total))) if total else 0
    return [
        {
            "x": f"{8 + 15.6 * (at % columns):.1f}",
            "y": 8 + 16 * (at // columns),
            "taken": at < filled,
            "last": at == filled - 1,
        }
        for at in range(shown)
    ]


@register.filter
def dressed(field):
    """A bound field's control with the house's class and its help and error tied to it."""
    kind = getattr(field.field.widget, "input_type", field.field.widget.__class__.__name__.lower())
    attrs = {}
    plain = kind in ("checkbox", "radio", "hidden", "file") or getattr(field.field.widget, "allow_multiple_selected", 0)
    if not plain:
        attrs["class"] = " ".join(filter(None, ["input", field.field.widget.attrs.get("class", "")]))
    ids = [f"{field.auto_id}_help"] if field.help_text else []
    ids += [f"{field.auto_id}_error"] if field.errors else []
    if ids:
        attrs["aria-describedby"] = " ".join(ids)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def control(field) -> str:
    """What the field is, for its layout: "check", "group" (radios, checkboxes), "file", "hidden" or "input"."""
    widget = field.field.widget
    if widget.is_hidden:
        return "hidden"
    if getattr(widget, "use_fieldset", False):
        return "group"
    return {"checkbox": "check", "file": "file"}.get(getattr(widget, "input_type", ""), "input")


@register.filter
def svg(value) -> str:
    """A number as SVG attributes want it, whatever the language: 45.9, never 45,9."""
    try:
        return f"{round(float(value), 2):g}"
    except (TypeError, ValueError):
        return "0"


@register.filter
def nth(values, at):
    """The element at a place, or nothing."""
    try:
        return values[int(at)]
    except (IndexError, TypeError, ValueError):
        return ""


@register.filter
def seats_height(circles) -> int:
    """The height of a seat map."""
    return 16 * ((len(circles) + 19) // 20)
