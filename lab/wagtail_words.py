"""Words of Wagtail 8.0 that its French catalog lacks or says badly; ours gives them. Drop a line once Wagtail has it."""

from django.utils.translation import gettext_noop

WORDS = (
    gettext_noop("Any"),
    gettext_noop("root page"),
    gettext_noop("site name"),
    gettext_noop("Site name"),
    gettext_noop("Locale"),
    gettext_noop("Locales"),
    gettext_noop("Redirects"),
    gettext_noop("Site history"),
    gettext_noop("Status: "),
)
