"""What one can be told of, and when by mail. Defaults are what most people want; each can choose otherwise."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Rhythm(models.TextChoices):
    """When a mail goes out."""

    NOW = "now", _("At once")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    NEVER = "never", _("Never")


class Topic(models.TextChoices):
    """What people choose about: a line of the preferences."""

    MY_IDEA = "my_idea", _("The bank answers my idea")
    FOLLOWED_IDEA = "followed_idea", _("An idea I support moves on")
    REPLIES = "replies", _("Someone replies to me")
    MENTIONS = "mentions", _("Someone names me")
    COMMENTS = "comments", _("Someone comments on an idea I support")
    POLLS = "polls", _("A poll concerns me")
    BETAS = "betas", _("My beta test moves on")
    CHALLENGES = "challenges", _("A challenge calls me")
    CIRCLES = "circles", _("I am invited to a circle")
    NEWS = "news", _("The Lab publishes something")
    DESK = "desk", _("An idea arrives in my theme")
    ALERTS = "alerts", _("A promise runs out, or an idea is urgent")
    COMPLAINT = "complaint", _("One of my messages is handled as a complaint")
    REMOVAL = "removal", _("One of my texts is withdrawn")


@dataclass(frozen=True)
class Wish:
    """Whether it stands in the inbox, and when it is mailed."""

    inbox: bool
    mail: str


DEFAULTS = {
    Topic.MY_IDEA: Wish(True, Rhythm.NOW),
    Topic.FOLLOWED_IDEA: Wish(True, Rhythm.NOW),
    Topic.REPLIES: Wish(True, Rhythm.DAILY),
    Topic.MENTIONS: Wish(True, Rhythm.DAILY),
    Topic.COMMENTS: Wish(False, Rhythm.NEVER),
    Topic.POLLS: Wish(True, Rhythm.DAILY),
    Topic.BETAS: Wish(True, Rhythm.NOW),
    Topic.CHALLENGES: Wish(True, Rhythm.DAILY),
    Topic.CIRCLES: Wish(True, Rhythm.NOW),
    Topic.NEWS: Wish(True, Rhythm.NEVER),
    Topic.DESK: Wish(True, Rhythm.DAILY),
    Topic.ALERTS: Wish(True, Rhythm.NOW),
    Topic.COMPLAINT: Wish(True, Rhythm.NOW),
    Topic.REMOVAL: Wish(True, Rhythm.NOW),
}
DETAILS: dict[str, Any] = {
    Topic.MY_IDEA: _("An official answer, a step on its path, a decision of the board"),
    Topic.FOLLOWED_IDEA: _("It changes state, is answered, or is delivered"),
    Topic.REPLIES: _("Under my ideas, my comments and the ideas I follow"),
    Topic.MENTIONS: _("In a comment, with @ and my name"),
    Topic.COMMENTS: _("Every comment, also where I wrote nothing"),
    Topic.POLLS: _("When it opens, one reminder, when it closes, and when the bank decides"),
    Topic.BETAS: _("A place, an answer to a finding, the end of the test"),
    Topic.CHALLENGES: _("When it opens, in its last days, and when it has its winners"),
    Topic.CIRCLES: _("A private group that the bank works with on one subject"),
    Topic.NEWS: _("The decisions of the quarter, new beta tests"),
    Topic.DESK: _("Or one is entrusted to me, at the desk"),
    Topic.ALERTS: _("In the themes I answer for, or those of my team; and complaints that are late"),
}
FIXED = frozenset({Topic.COMPLAINT, Topic.REMOVAL})  # always told, at once: the law asks for it
STAFF_ONLY = frozenset({Topic.DESK, Topic.ALERTS})


def topics_for(member) -> list[Topic]:
    """The lines of the member's preferences."""
    return [topic for topic in Topic if topic not in FIXED and (member.is_staff or topic not in STAFF_ONLY)]
