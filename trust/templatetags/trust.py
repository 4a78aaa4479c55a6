"""Tags of moderation's pages: `{% load trust %}`."""

from datetime import timedelta

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def spell(took: timedelta | None) -> str:
    """A duration in words: minutes, hours, then days."""
    if took is None:
        return _("nothing decided yet")
    minutes = max(int(took.total_seconds() // 60), 1)
    if minutes < 60:
        return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}
    hours = round(minutes / 60)
    if hours < 48:
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = round(hours / 24)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
