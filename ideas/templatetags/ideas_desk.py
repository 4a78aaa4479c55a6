"""Tags of the triage desk: `{% load ideas_desk %}`."""

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html

from core.templatetags.desk import dk_icon
from members.states import Kind

from ..backoffice.clocks import age_of, clock_of
from ..states import Doing, State, Visibility

register = template.Library()
SIGNS = {
    State.NEW: ("new", "circle-dot"),
    State.UNDER_REVIEW: ("review", "eye"),
    State.CANDIDATE: ("candidate", "scale"),
    State.PLANNED: ("planned", "calendar"),
    State.IN_BETA: ("beta", "flask-conical"),
    State.DELIVERED: ("delivered", "circle-check"),
    State.DECLINED: ("declined", "ban"),
    State.MERGED: ("merged", "git-merge"),
}


DEEDS = {
    Doing.ASSIGNED: "user-plus", Doing.CATEGORY: "layout-list", Doing.TAGGED: "tags", Doing.ROUTED: "headphones",
    Doing.ADVISED: "user-check", Doing.ON_BEHALF: "thumbs-up", Doing.TAKEN_BACK: "minus", Doing.BOARD: "square-kanban",
    Doing.DISMISSED: "x", Doing.COMPLAINT: "shield-alert", Doing.VERSION: "eye-off",
}  # fmt: skip


@register.simple_tag
def dk_deed(kind: str):
    """The drawing of what staff did beside the path."""
    return dk_icon(DEEDS.get(kind, "history"), "s")


@register.simple_tag
def dk_state(state: str, box: str = ""):
    """A state as icon, word and colour; "box" draws its frame."""
    name, drawing = SIGNS[state]
    return format_html(
        '<span class="dk-state dk-state--{}{}">{}{}</span>',
        name,
        " dk-state--box" if box else "",
        dk_icon(drawing, "s"),
        State(state).label,
    )


@register.simple_tag
def dk_clock(idea):
    """The promise's clock, or nothing."""
    clock = clock_of(idea, timezone.now())
    if not clock:
        return ""
    level = f" dk-clock--{clock.level}" if clock.level else ""
    return format_html('<span class="dk-clock{}">{}{}</span>', level, dk_icon(clock.icon, "s"), clock.words)


@register.filter
def dk_age(since):
    return age_of(since, timezone.now())


@register.filter
def visibility_label(value: str):
    return Visibility(value).label


@register.filter
def kind_label(value: str) -> str:
    """Customer or not, as it stands inside a sentence."""
    return str(Kind(value).label).lower()


@register.simple_tag
def desk_url(query, which: str = "", **more: str) -> str:
    """The queue's address as it is chosen, with `more`; "own": the tab alone; "keep": where the choice is kept as a view."""
    if which == "own":
        return reverse("ideas_desk:index", query={"view": query.view} if query.view != query.opens else None)
    if which == "keep":
        return reverse("ideas_desk:views", query=query.at("").params() or None)
    return query.url(**more)


@register.simple_tag
def desk_public_url(idea) -> str:
    """The idea's page on the community site."""
    try:
        return idea.get_absolute_url()
    except NoReverseMatch:
        return ""
