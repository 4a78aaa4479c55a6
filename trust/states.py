"""What is reported, why, how it is decided, and how long things last."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.grounds import Ground as Ground


class Kind(models.TextChoices):
    """What can be reported or moderated."""

    IDEA = "idea", _("Idea")
    COMMENT = "comment", _("Comment")
    PICTURE = "picture", _("Picture")
    MEMBER = "member", _("Public profile")
    VERSION = "version", _("Earlier text of an idea")
    REMARK = "remark", _("Comment on a poll")


class Reason(models.TextChoices):
    """Why someone reports. Names are asked for all but `CHILD` (DSA, article 16.2.c)."""

    FRAUD = "fraud", _("A fake adviser, a fraud")
    ILLEGAL = "illegal", _("Content that is against the law")
    CHILD = "child", _("Sexual abuse of a child")
    PERSONAL = "personal", _("Personal data about somebody")
    INSULT = "insult", _("Insult, harassment, hatred")
    SPAM = "spam", _("Advertising, spam")
    OTHER = "other", _("Something else")


URGENT = frozenset({Reason.FRAUD, Reason.ILLEGAL, Reason.CHILD})
NAMELESS = frozenset({Reason.CHILD})


class Matter(models.TextChoices):
    """What a case of the queue is about. Each subject has one open case per matter."""

    CONTENT = "content", pgettext_lazy("moderation", "Content")
    APPEAL = "appeal", pgettext_lazy("moderation", "Appeal")
    VOTES = "votes", pgettext_lazy("moderation", "Burst of votes")


class ReportState(models.TextChoices):
    OPEN = "open", pgettext_lazy("report", "Being read")
    UPHELD = "upheld", pgettext_lazy("report", "We acted")
    REFUSED = "refused", pgettext_lazy("report", "Content kept")


class Measure(models.TextChoices):
    """What a statement of reasons speaks of."""

    HELD = "held", pgettext_lazy("measure", "Held until it is read")
    KEPT = "kept", pgettext_lazy("measure", "Kept online")
    PUBLISHED = "published", pgettext_lazy("measure", "Published")
    HIDDEN = "hidden", pgettext_lazy("measure", "Hidden")
    REMOVED = "removed", pgettext_lazy("measure", "Removed")
    RESTORED = "restored", pgettext_lazy("measure", "Put back online")
    CLEARED = "cleared", pgettext_lazy("measure", "Profile emptied")
    BANNED = "banned", pgettext_lazy("measure", "Participation suspended")
    SET_ASIDE = "set_aside", pgettext_lazy("measure", "Support not counted")
    COUNTED = "counted", pgettext_lazy("measure", "Support counted again")
    LIFTED = "lifted", pgettext_lazy("measure", "Suspension lifted")


# What one can appeal against.
RESTRICTS = frozenset({Measure.HIDDEN, Measure.REMOVED, Measure.CLEARED, Measure.BANNED, Measure.SET_ASIDE})


class Automation(models.TextChoices):
    """Whether a machine had a part in it (DSA, article 17.3.c)."""

    NONE = "none", _("No: a person found and decided it.")
    FOUND = "found", _("A rule spotted the text, a person decided.")
    DECIDED = "decided", _("Yes: a rule holds the text until a person has read it.")


class Verdict(models.TextChoices):
    """What a moderator decides of a case about content."""

    KEEP = "keep", pgettext_lazy("verdict", "Keep online")
    HIDE = "hide", pgettext_lazy("verdict", "Hide")
    REMOVE = "remove", pgettext_lazy("verdict", "Remove")
    RESTORE = "restore", pgettext_lazy("verdict", "Put back online")


class Outcome(models.TextChoices):
    """How an appeal ends."""

    OPEN = "open", pgettext_lazy("appeal", "Being examined")
    UPHELD = "upheld", pgettext_lazy("appeal", "Accepted")
    REFUSED = "refused", pgettext_lazy("appeal", "Refused")


class RuleKind(models.TextChoices):
    """How a hold rule looks at a text."""

    NEWCOMER = "newcomer", _("New account with a link or a number")
    WORDS = "words", _("Words of the list")
    BURST = "burst", _("Many texts in a few minutes")
    REPEATED = "repeated", _("The same text again")


class BurstState(models.TextChoices):
    OPEN = "open", pgettext_lazy("burst", "Votes set aside")
    CONFIRMED = "confirmed", pgettext_lazy("burst", "Confirmed")
    RELEASED = "released", pgettext_lazy("burst", "Released")


SUBJECT_MAX = 120
TEXT_MIN, TEXT_MAX = 20, 3_000
