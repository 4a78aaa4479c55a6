"""Tags of the site's frame: the pages it links to, wherever editors put them."""

from django import template
from django.utils.html import format_html

from cms.site import page_of

register = template.Library()


@register.simple_tag
def page_link(role: str):
    """A list item with a link to the page that holds the role (cms.models.PageRole); nothing while nobody wrote it."""
    found = page_of(role)
    return format_html('<li><a href="{}">{}</a></li>', found[1], found[0]) if found else ""


@register.simple_tag
def page_url(role: str) -> str:
    found = page_of(role)
    return found[1] if found else ""
