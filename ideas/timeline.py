"""The path of an idea: every move with its reason and in which role it was decided, and what else befell it, in one query."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.words import day

from .comparing import versions_shown
from .links import Row, as_rows, sources
from .models import Idea, IdeaMove, Merge, Moderation, OfficialAnswer
from .states import State, Visibility

COURSE = (State.NEW, State.UNDER_REVIEW, State.CANDIDATE, State.PLANNED, State.IN_BETA, State.DELIVERED)
MOST = 120


def rows_of(idea: Idea, user: Any) -> list[Row]:
    """What happened, oldest first: only what the reader may see. One query, whatever the sources."""
    seen = Idea.objects.visible_to(user).order_by().values("pk")
    merges = Merge.objects.filter(canonical=idea, duplicate__in=seen)
    other = {"text": "duplicate__title", "one": "duplicate__public_id", "two": "duplicate__language"}
    back = Moderation.objects.filter(
        idea=idea, after=Visibility.PUBLIC, before__in=(Visibility.HIDDEN, Visibility.REMOVED)
    )
    undone = timedelta(seconds=settings.LAB["UNDO_SECONDS"] + 2)  # a merge taken back at once never was
    rows = as_rows(
        IdeaMove.objects.filter(idea=idea, undone_at__isnull=True), "move", text="reason", one="to_state", two="by_role"
    )
    rows = rows.union(
        as_rows(OfficialAnswer.objects.filter(idea=idea, undone_at__isnull=True), "answer", one="promise_due_at"),
        as_rows(versions_shown(idea, user).select_related(None).filter(number__gt=1), "edit", one="number"),
        as_rows(merges.filter(undone_at__isnull=True), "joined", **other),
        as_rows(merges.filter(undone_at__gt=F("at") + undone), "left", at="undone_at", **other),
        as_rows(back, "restored"),
        *(source.rows(idea, user) for source in sources.values()),
        all=True,
    )
    return sorted((Row(*row) for row in rows.order_by("-row_at")[:MOST]), key=lambda row: row.at)


def role_words(role: str) -> str:
    """Who decided, as a role: never a name."""
    return {
        "board_chair": pgettext("decided by", "the quarterly board"),
        "board_member": pgettext("decided by", "the quarterly board"),
        "product_owner": pgettext("decided by", "the team of this theme"),
        "expert": pgettext("decided by", "an expert of the bank"),
        "moderator": pgettext("decided by", "the moderators"),
        "system": pgettext("decided by", "the rules of the Lab"),
    }.get(role, pgettext("decided by", "the bank"))


def past_of(idea: Idea, rows: list[Row]) -> list[dict]:
    """The legs behind: `state` for a step of the course, `icon` and `title` for what else happened."""
    legs = [
        {
            "kind": "posted",
            "state": State.NEW,
            "at": idea.created_at,
            "text": _("Published by %(name)s") % {"name": idea.author},
        }
    ]
    answered = False
    for row in rows:
        leg = _leg(idea, row, answered)
        answered = answered or row.kind == "answer"
        legs.append({"kind": row.kind, "at": row.at} | leg)
    if idea.is_withdrawn:
        taken = idea.withdrawal
        title = _("Withdrawn by its author")
        legs.append({"kind": "withdrawn", "icon": "undo", "title": title, "at": taken.at, "text": taken.reason})
    return legs


def _leg(idea: Idea, row: Row, answered: bool) -> dict:
    if row.kind == "move":
        return {"state": row.one, "text": row.text, "by": role_words(row.two), "role": row.two}
    if row.kind == "answer":
        title = _("The bank completes its answer") if answered else _("The bank answers")
        return {
            "icon": "official",
            "title": title,
            "url": f"{idea.get_absolute_url()}#answer",
            "link": _("Read the answer"),
        }
    if row.kind == "edit":
        url = reverse("ideas:versions", args=[idea.public_id]) + f"?from={int(row.one) - 1}&to={row.one}"
        return {"icon": "edit", "title": _("Changed by its author"), "url": url, "link": _("See what changed")}
    if row.kind in ("joined", "left"):
        titles = {
            "joined": _("An idea like it joins it"),
            "left": _("An idea goes its own way again"),
        }
        return {
            "icon": "merged",
            "title": titles[row.kind],
            "url": reverse("ideas:short", args=[row.one]),
            "link": row.text,
            "lang": row.two,
        }
    if row.kind == "restored":
        return {"icon": "check", "title": _("Shown again after a check by the moderators")}
    return {"icon": "arrow"} | sources[row.kind].leg(row)


def legs_of(idea: Idea, user: Any) -> list[dict]:
    """For `ui/path.html`: what is behind, where it is, what is ahead while something is."""
    legs = past_of(idea, rows_of(idea, user))
    [leg for leg in legs if "state" in leg][-1]["here"] = True
    if idea.is_withdrawn:
        return legs
    if idea.promise_due_at and not idea.answered_at and not idea.is_past:
        when = _("by %(date)s") % {"date": day(idea.promise_due_at)}
        legs.append({"icon": "clock", "title": _("The bank’s answer"), "when": when, "ahead": True})
    if idea.state in COURSE:
        ahead = COURSE[COURSE.index(State(idea.state)) + 1 :]
        legs += [{"state": state, "ahead": True} for state in ahead if state != State.IN_BETA]
        if idea.state != State.DELIVERED:
            legs[-1]["text"] = _("You will hear of it the same day.")
    return legs
