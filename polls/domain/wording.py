"""Options in a sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import Option


def listed(options: Sequence[Option]) -> str:
    """« “A”, “B” et “C” »."""
    names = [_("“%(option)s”") % {"option": option.text} for option in options]
    if len(names) < 2:
        return "".join(names)
    return pgettext("a list", "%(first)s and %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
