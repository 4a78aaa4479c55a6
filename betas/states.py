"""The moves of programmes, enrolments and findings, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a programme stands."""

    DRAFT = "draft", pgettext_lazy("programme state", "Draft")
    INTEREST = "interest", pgettext_lazy("programme state", "Opening soon")
    RECRUITING = "recruiting", pgettext_lazy("programme state", "Recruiting")
    RUNNING = "running", pgettext_lazy("programme state", "Running")
    EVALUATING = "evaluating", pgettext_lazy("programme state", "Being evaluated")
    CLOSED = "closed", pgettext_lazy("programme state", "Closed")
    ARCHIVED = "archived", pgettext_lazy("programme state", "Archived")


MOVES: dict[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.INTEREST, State.RECRUITING, State.ARCHIVED}),
    State.INTEREST: frozenset({State.RECRUITING, State.CLOSED}),
    State.RECRUITING: frozenset({State.RUNNING, State.CLOSED}),
    State.RUNNING: frozenset({State.EVALUATING, State.CLOSED}),
    State.EVALUATING: frozenset({State.RUNNING, State.CLOSED}),
    State.CLOSED: frozenset({State.ARCHIVED}),
    State.ARCHIVED: frozenset(),
}
PUBLIC_STATES = (State.INTEREST, State.RECRUITING, State.RUNNING, State.EVALUATING, State.CLOSED)
TAKING_APPLICATIONS = (State.RECRUITING, State.RUNNING)
OPEN_STATES = (State.INTEREST, State.RECRUITING, State.RUNNING, State.EVALUATING)
TESTED_IN = (State.RUNNING, State.EVALUATING)  # missions are done and findings filed


class Outcome(models.TextChoices):
    """What became of what was tested."""

    SHIPPED = "shipped", pgettext_lazy("programme outcome", "Shipped")
    CHANGED = "changed", pgettext_lazy("programme outcome", "Back to the workshop")
    DROPPED = "dropped", pgettext_lazy("programme outcome", "Dropped")


class Enrolled(models.TextChoices):
    """Where a tester stands."""

    APPLIED = "applied", pgettext_lazy("enrolment state", "Applied")
    WAITLISTED = "waitlisted", pgettext_lazy("enrolment state", "On the waiting list")
    ACCEPTED = "accepted", pgettext_lazy("enrolment state", "Accepted")
    DECLINED = "declined", pgettext_lazy("enrolment state", "Not selected")
    AGREED = "agreed", pgettext_lazy("enrolment state", "Charter signed")
    ACTIVE = "active", pgettext_lazy("enrolment state", "Active")
    INACTIVE = "inactive", pgettext_lazy("enrolment state", "Silent")
    COMPLETED = "completed", pgettext_lazy("enrolment state", "Took part")
    WITHDRAWN = "withdrawn", pgettext_lazy("enrolment state", "Left")
    REMOVED = "removed", pgettext_lazy("enrolment state", "Removed")


ENROLMENT_MOVES: dict[str, frozenset[str]] = {
    Enrolled.APPLIED: frozenset({Enrolled.WAITLISTED, Enrolled.ACCEPTED, Enrolled.DECLINED, Enrolled.WITHDRAWN}),
    Enrolled.WAITLISTED: frozenset({Enrolled.ACCEPTED, Enrolled.DECLINED, Enrolled.WITHDRAWN}),
    Enrolled.ACCEPTED: frozenset({Enrolled.AGREED, Enrolled.INACTIVE, Enrolled.WITHDRAWN, Enrolled.REMOVED}),
    Enrolled.AGREED: frozenset(
        {Enrolled.ACTIVE, Enrolled.INACTIVE, Enrolled.COMPLETED, Enrolled.WITHDRAWN, Enrolled.REMOVED}
    ),
    Enrolled.ACTIVE: frozenset({Enrolled.INACTIVE, Enrolled.COMPLETED, Enrolled.WITHDRAWN, Enrolled.REMOVED}),
    Enrolled.INACTIVE: frozenset({Enrolled.ACTIVE, Enrolled.WITHDRAWN, Enrolled.REMOVED}),
    Enrolled.WITHDRAWN: frozenset({Enrolled.APPLIED, Enrolled.WAITLISTED, Enrolled.ACCEPTED}),
    Enrolled.DECLINED: frozenset(),
    Enrolled.COMPLETED: frozenset(),
    Enrolled.REMOVED: frozenset(),
}
HOLDS_A_SEAT = (Enrolled.ACCEPTED, Enrolled.AGREED, Enrolled.ACTIVE)
ENGAGED = (*HOLDS_A_SEAT, Enrolled.APPLIED, Enrolled.WAITLISTED, Enrolled.INACTIVE)
TESTERS = (Enrolled.AGREED, Enrolled.ACTIVE, Enrolled.INACTIVE)  # who signed; the silent one may come back
TOOK_PART = (Enrolled.ACTIVE, Enrolled.COMPLETED)
WAITING = (Enrolled.APPLIED, Enrolled.WAITLISTED)


class Kind(models.TextChoices):
    """What a finding is."""

    ISSUE = "issue", pgettext_lazy("finding kind", "Fault")
    IDEA = "idea", pgettext_lazy("finding kind", "Idea")
    PRAISE = "praise", pgettext_lazy("finding kind", "Praise")
    QUESTION = "question", pgettext_lazy("finding kind", "Question")


class Severity(models.TextChoices):
    """How much a fault hinders; from the worst. Only faults have one."""

    BLOCKER = "blocker", pgettext_lazy("finding severity", "Blocking")
    MAJOR = "major", pgettext_lazy("finding severity", "Annoying")
    MINOR = "minor", pgettext_lazy("finding severity", "Minor")


class Review(models.TextChoices):
    """What became of a finding."""

    NEW = "new", pgettext_lazy("finding state", "Received")
    NEEDS_INFO = "needs_info", pgettext_lazy("finding state", "A detail to give")
    DUPLICATE = "duplicate", pgettext_lazy("finding state", "Already reported")
    CONFIRMED = "confirmed", pgettext_lazy("finding state", "Confirmed")
    FIXED = "fixed", pgettext_lazy("finding state", "Fixed")
    WONT_DO = "wont_do", pgettext_lazy("finding state", "Will not be done")


REVIEW_MOVES: dict[str, frozenset[str]] = {
    Review.NEW: frozenset({Review.NEEDS_INFO, Review.DUPLICATE, Review.CONFIRMED, Review.WONT_DO}),
    Review.NEEDS_INFO: frozenset({Review.NEW, Review.DUPLICATE, Review.CONFIRMED, Review.WONT_DO}),
    Review.CONFIRMED: frozenset({Review.FIXED, Review.DUPLICATE, Review.WONT_DO}),
    Review.FIXED: frozenset({Review.CONFIRMED}),
    Review.DUPLICATE: frozenset({Review.CONFIRMED}),
    Review.WONT_DO: frozenset({Review.CONFIRMED}),
}
IMPACT = (Review.CONFIRMED, Review.FIXED)  # findings that changed something

# Why a member cannot apply: the code the API gives, and what the page says.
INELIGIBLE: dict[str, object] = {
    "kind": _("This test is for customers of the bank. When it is over, what we learnt is told here."),
    "prospect": _("This test is for people who are not customers yet."),
    "segment": _("This test is for another group of members. Your profile says which one you are in."),
    "age": _("This test looks for other ages. Your profile says which one you gave."),
    "staff": _("Employees of the bank test elsewhere: these seats are for members."),
}

# The colour and icon (both named like the state of an idea that they resemble) of programmes and findings.
LOOKS: dict[str, str] = {
    State.DRAFT: "merged",
    State.INTEREST: "planned",
    State.RECRUITING: "beta",
    State.RUNNING: "beta",
    State.EVALUATING: "review",
    State.CLOSED: "merged",
    State.ARCHIVED: "merged",
    Outcome.SHIPPED: "delivered",
    Outcome.CHANGED: "review",
    Outcome.DROPPED: "declined",
}
REVIEW_LOOKS: dict[str, str] = {
    Review.NEW: "new",
    Review.NEEDS_INFO: "review",
    Review.DUPLICATE: "merged",
    Review.CONFIRMED: "planned",
    Review.FIXED: "delivered",
    Review.WONT_DO: "declined",
}
