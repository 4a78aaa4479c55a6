"""Tags of the desk's pages: `{% load desk %}`."""

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join

register = template.Library()
STYLES = (
    "tokens", "ground", "top", "controls", "signs", "drawings", "strip", "triage", "tables", "board", "pages", "narrow",
)  # fmt: skip


@register.simple_tag
def desk_styles():
    """The desk's style sheets, in their order."""
    files = ((static(f"lab/desk/css/{name}.css"),) for name in STYLES)
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', files)


@register.simple_tag
def dk_icon(name: str, size: str = ""):
    """One of the drawings of lab/desk/icons.svg, silent for screen readers: a word stands beside it."""
    return format_html(
        '<svg class="dk-ico{}" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        f" dk-ico--{size}" if size else "",
        static("lab/desk/icons.svg"),
        name,
    )
