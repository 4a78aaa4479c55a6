"""Where an idea stands, and the moves between; visibility is apart from state."""

from datetime import UTC, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.states import Kind


class State(models.TextChoices):
    NEW = "new", pgettext_lazy("idea state", "New")
    UNDER_REVIEW = "under_review", pgettext_lazy("idea state", "Under review")
    CANDIDATE = "candidate", pgettext_lazy("idea state", "Before the board")
    PLANNED = "planned", pgettext_lazy("idea state", "Planned")
    IN_BETA = "in_beta", pgettext_lazy("idea state", "In beta test")
    DELIVERED = "delivered", pgettext_lazy("idea state", "Delivered")
    DECLINED = "declined", pgettext_lazy("idea state", "Not retained")
    MERGED = "merged", pgettext_lazy("idea state", "Merged")


MOVES: dict[str, frozenset[str]] = {
    State.NEW: frozenset({State.UNDER_REVIEW, State.CANDIDATE, State.DECLINED, State.MERGED}),
    State.UNDER_REVIEW: frozenset({State.CANDIDATE, State.DECLINED, State.MERGED}),
    State.CANDIDATE: frozenset({State.PLANNED, State.UNDER_REVIEW, State.DECLINED, State.MERGED}),
    State.PLANNED: frozenset({State.IN_BETA, State.DELIVERED, State.UNDER_REVIEW, State.DECLINED}),
    State.IN_BETA: frozenset({State.DELIVERED, State.PLANNED}),
    State.DELIVERED: frozenset({State.PLANNED}),
    State.DECLINED: frozenset({State.UNDER_REVIEW}),
    State.MERGED: frozenset(),  # un-merging gives back the state it had: ideas/domain/merging.py
}
OPEN_TO_VOTES = (State.NEW, State.UNDER_REVIEW, State.CANDIDATE, State.PLANNED, State.IN_BETA)
OPEN_TO_EDITS = (State.NEW,)
OPEN_TO_WITHDRAWAL = (State.NEW, State.UNDER_REVIEW)  # being looked at is not yet a decision
AWAITING = (State.NEW, State.UNDER_REVIEW, State.CANDIDATE)  # a decision is still to come
# Somebody has moved it on: here nearly every idea has its answer.
BEYOND_REVIEW = (State.CANDIDATE, State.PLANNED, State.IN_BETA, State.DELIVERED, State.DECLINED, State.MERGED)


class Visibility(models.TextChoices):
    PUBLIC = "public", pgettext_lazy("visibility", "Public")
    HELD = "held", pgettext_lazy("visibility", "Held for moderation")
    HIDDEN = "hidden", pgettext_lazy("visibility", "Hidden")
    REMOVED = "removed", pgettext_lazy("visibility", "Removed")
    WITHDRAWN = "recalled", pgettext_lazy("visibility", "Withdrawn by its author")


class Reaction(models.TextChoices):
    """How one reacts to a comment, besides answering it. Each has a counter on the comment: `<value>_count`."""

    USEFUL = "useful", pgettext_lazy("reaction", "Useful")
    AGREE = "agree", pgettext_lazy("reaction", "I agree")
    THANKS = "thanks", pgettext_lazy("reaction", "Thank you")
    EXPLORE = "explore", pgettext_lazy("reaction", "Worth a closer look")


class Trace(models.TextChoices):
    """Of a comment that was taken away: by whom."""

    AUTHOR = "author", _("Comment deleted by its author")
    MODERATORS = "moderators", _("This comment was withdrawn by the moderators.")


class CommentOrder(models.TextChoices):
    """Pinned comments of the bank stand first in either."""

    BEST = "best", pgettext_lazy("comments", "Most useful")
    NEWEST = "newest", pgettext_lazy("comments", "Newest")


QUEUED = (Visibility.PUBLIC, Visibility.HELD)  # what may wait in the triage queue
FAR = datetime(2999, 1, 1, tzinfo=UTC)  # stands for "nothing promised", after every promise


class Order(models.TextChoices):
    TRENDING = "trending", _("Trending")
    VOTES = "votes", _("Most supported")
    NEWEST = "newest", _("Newest")
    DISCUSSED = "discussed", _("Most discussed")


ORDERINGS: dict[str, tuple[str, str]] = {
    Order.TRENDING: ("-trend", "-id"),
    Order.VOTES: ("-vote_score", "-id"),
    Order.NEWEST: ("-created_at", "-id"),
    Order.DISCUSSED: ("-comment_count", "-id"),
}


class Escalated(models.TextChoices):
    """To whom a promise that runs out is taken."""

    OWNER = "owner", _("the theme’s owner")
    MANAGER = "manager", _("their manager")


class Doing(models.TextChoices):
    """What staff do with an idea beside moving it."""

    ASSIGNED = "assigned", pgettext_lazy("deed", "In charge")
    CATEGORY = "category", pgettext_lazy("deed", "Theme")
    TAGGED = "tagged", pgettext_lazy("deed", "Tags")
    ROUTED = "routed", pgettext_lazy("deed", "Question to an expert")
    ADVISED = "advised", pgettext_lazy("deed", "Expert’s opinion")
    ON_BEHALF = "on_behalf", pgettext_lazy("deed", "Votes on behalf")
    TAKEN_BACK = "taken_back", pgettext_lazy("deed", "Votes on behalf taken back")
    BOARD = "board", pgettext_lazy("deed", "Subject of the board")
    DISMISSED = "dismissed", pgettext_lazy("deed", "Suggested merge dismissed")
    COMPLAINT = "complaint", pgettext_lazy("deed", "Complaint")
    VERSION = "version", pgettext_lazy("deed", "Earlier text")


class Source(models.TextChoices):
    """Where people said it, when they did not say it here."""

    BRANCH = "branch", pgettext_lazy("source of votes", "Branch")
    CALL_CENTRE = "call_centre", pgettext_lazy("source of votes", "Call centre")
    SOCIAL = "social", pgettext_lazy("source of votes", "Social network")


class MergedPromise(models.TextChoices):
    """What became of the running promise of an idea that was merged. Empty: it had none, or was merged before we kept it."""

    CARRIED = "carried", pgettext_lazy("merged promise", "The idea that stays carries it")
    ANSWERED = "answered", pgettext_lazy("merged promise", "The idea that stays was answered")
    DECIDED = "decided", pgettext_lazy("merged promise", "The idea that stays was decided without a letter")


class Suggested(models.TextChoices):
    """What became of a suggested merge."""

    OPEN = "open", pgettext_lazy("suggested merge", "Open")
    ACCEPTED = "accepted", pgettext_lazy("suggested merge", "Accepted")
    DISMISSED = "dismissed", pgettext_lazy("suggested merge", "Dismissed")
    EXPIRED = "expired", pgettext_lazy("suggested merge", "Expired")


class BulkState(models.TextChoices):
    """One move over many ideas. `undone` and `stopped` are the maker's word; the rest is the worker's."""

    WAITING = "waiting", pgettext_lazy("bulk run", "Waiting")
    RUNNING = "running", pgettext_lazy("bulk run", "Under way")
    DONE = "done", pgettext_lazy("bulk run", "Finished")
    STOPPED = "stopped", pgettext_lazy("bulk run", "Stopped")
    UNDONE = "undone", pgettext_lazy("bulk run", "Taken back")


class LineResult(models.TextChoices):
    """What became of one idea of a bulk run."""

    WAITING = "waiting", pgettext_lazy("bulk line", "Waiting")
    DONE = "done", pgettext_lazy("bulk line", "Done")
    REFUSED = "refused", pgettext_lazy("bulk line", "Refused")
    CHANGED = "changed", pgettext_lazy("bulk line", "Changed meanwhile")
    STOPPED = "stopped", pgettext_lazy("bulk line", "Not made")
    UNDONE = "undone", pgettext_lazy("bulk line", "Taken back")


IN_BULK = (BulkState.WAITING, BulkState.RUNNING)  # the worker is not through yet


class Crowd(models.TextChoices):
    """Who writes or carries an idea: what a member is to the bank, in the desk's four groups."""

    PRIVATE = "private", pgettext_lazy("crowd", "Private customers")
    PROFESSIONAL = "professional", pgettext_lazy("crowd", "Professionals")
    STUDENT = "student", pgettext_lazy("crowd", "Students")
    PROSPECT = "prospect", pgettext_lazy("crowd", "Not customers yet")


def crowd_of(kind: str, segment: str) -> str:
    """Which of the four a member of that kind and segment is in."""
    return Crowd.PROSPECT.value if kind == Kind.PROSPECT else Crowd(segment).value


class Origin(models.TextChoices):
    """What kind of place an idea was linked from."""

    SEARCH = "search", _("Search engine")
    SOCIAL = "social", _("Social network")
    MAIL = "mail", _("Mail")
    CAMPAIGN = "campaign", _("Campaign or marked link")
    SITE = "site", _("Another site")
