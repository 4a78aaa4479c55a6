"""Times, numbers and names as people write them, in the reader's language."""

import datetime as dt
import re

from django.utils import formats, timezone
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, ngettext

NARROW = "\u202f"  # narrow no-break space: thousands, and before ; ! ?
NO_BREAK = "\u00a0"
TINTS = ("tint-a", "tint-b", "tint-c", "tint-d", "tint-e")


def instant(moment: dt.datetime) -> str:
    """A moment as the API tells it everywhere: ISO 8601, by the site's clock with its offset."""
    return timezone.localtime(moment).isoformat()


def is_french() -> bool:
    return (get_language() or "fr").startswith("fr")


def number(value, decimals: int = 0) -> str:
    """1228 → « 1 228 » or "1,228"; 45.9 → « 45,9 » when a decimal is asked for. Not a number: unchanged."""
    try:
        text = f"{float(value):,.{int(decimals)}f}"
    except (TypeError, ValueError):
        return value
    if is_french():
        return text.replace(",", NARROW).replace(".", ",").replace("-", "\u2212")
    return text.replace("-", "\u2212")


def percent(value, decimals: int = 0) -> str:
    """A share from 0 to 100 with its sign: « 46 % » or "46%"."""
    text = number(value, decimals)
    return f"{text}{NO_BREAK}%" if is_french() else f"{text}%"


def ordinal(value) -> str:
    """« 1er », « 2e »; "1st", "2nd", "3rd"."""
    place = int(value)
    if is_french():
        return "1er" if place == 1 else f"{place}e"
    ending = "th" if place % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def _as_date(value) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value if isinstance(value, dt.date) else None


def day(value, year: str = "auto") -> str:
    """« 9 février », with the year unless it is the present one; `year` may be "always" or "never"."""
    date = _as_date(value)
    if date is None:
        return ""
    with_year = year == "always" or (year == "auto" and date.year != timezone.localdate().year)
    if not is_french():
        return formats.date_format(date, "j F Y" if with_year else "j F")
    first = f"1er {formats.date_format(date, 'F')}" if date.day == 1 else formats.date_format(date, "j F")
    return f"{first} {date.year}" if with_year else first


def moment(value) -> str:
    """« 21 novembre à 10 h 42 », "21 November at 10:42"."""
    if not isinstance(value, dt.datetime):
        return day(value)
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    hour = f"{local.hour}{NO_BREAK}h" + (f"{NO_BREAK}{local.minute:02}" if local.minute else "")
    at = hour if is_french() else f"{local:%H:%M}"
    return gettext("%(day)s at %(hour)s") % {"day": day(value), "hour": at}


def ago(value, now=None) -> str:
    """How long since: « à l’instant », « il y a 3 semaines », and after eleven months the date in words."""
    if not value:
        return ""
    if not isinstance(value, dt.datetime):
        value = timezone.make_aware(dt.datetime.combine(value, dt.time()))
    seconds = ((now or timezone.now()) - value).total_seconds()
    if seconds < 60:
        return gettext("just now")
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86400)
    if minutes < 60:
        return ngettext("%(n)s minute ago", "%(n)s minutes ago", minutes) % {"n": minutes}
    if hours < 24:
        return ngettext("%(n)s hour ago", "%(n)s hours ago", hours) % {"n": hours}
    if days == 1:
        return gettext("yesterday")
    if days < 14:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    if days < 60:
        return ngettext("%(n)s week ago", "%(n)s weeks ago", days // 7) % {"n": days // 7}
    if days < 335:
        return ngettext("%(n)s month ago", "%(n)s months ago", days // 30) % {"n": days // 30}
    return day(value)


def left(value, now=None) -> str:
    """How long until: « encore 6 jours », « ferme aujourd’hui », « terminé »."""
    if not value:
        return ""
    if not isinstance(value, dt.datetime):
        value = timezone.make_aware(dt.datetime.combine(value, dt.time(23, 59)))
    seconds = (value - (now or timezone.now())).total_seconds()
    if seconds <= 0:
        return gettext("over")
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86400)
    if hours < 1:
        minutes = max(minutes, 1)
        return ngettext("%(n)s minute left", "%(n)s minutes left", minutes) % {"n": minutes}
    if hours < 48:
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
    if days < 60:
        return ngettext("%(n)s day left", "%(n)s days left", days) % {"n": days}
    return ngettext("%(n)s month left", "%(n)s months left", days // 30) % {"n": days // 30}


def initials(name: str) -> str:
    """Two letters for an avatar: « Maëlle R. » → MR."""
    words = [word for word in re.split(r"[\s\-.]+", str(name or "")) if word]
    return "".join(word[0] for word in words[:2]).upper() or "?"


def tint(name: str) -> str:
    """The avatar's colour class; the same name always has the same one."""
    return TINTS[sum(str(name or "").encode()) % len(TINTS)]


def spaced(text: str) -> str:
    """French spaces where they are cheap to get right: before ; : ! ? % », and after «.

    Whatever the page's language: members' texts are French on English pages too, and English puts no space there.
    """
    text = re.sub(r"[ \u00a0\u202f]+([;!?])", NARROW + r"\1", text)
    text = re.sub(r"[ \u00a0\u202f]+([:%»€])", NO_BREAK + r"\1", text)
    return re.sub(r"«[ \u00a0\u202f]+", "«" + NO_BREAK, text)


def typographic(text) -> SafeString:
    """The same for a page, with curly apostrophes; what is not safe yet is escaped."""
    return mark_safe(spaced(str(conditional_escape(text)).replace("&#x27;", "’").replace("&#39;", "’")))
