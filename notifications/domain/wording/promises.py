"""What staff are told of promises and urgent ideas; the words lead to the desk."""

from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from core.desk import url_if_there
from core.words import day
from ideas.models import Idea
from ideas.states import Escalated

from . import Said
from .ideas import WORDINGS


def _escalated(row: Any, idea: Idea, loaded: dict, reader: Any) -> Said:
    due = parse_datetime(row.payload["due"])
    if row.payload["level"] == Escalated.MANAGER:
        lead = _("A promise made in your team’s theme needs you")
    else:
        lead = _("A promise made in your theme runs out")
    if due < row.created_at:
        body = _("The answer was due on %(date)s and is not there yet.") % {"date": day(due)}
    else:
        body = _("The answer is due on %(date)s.") % {"date": day(due)}
    return _said(idea, lead, body, "clock", "is-review")


def _urgent(row: Any, idea: Idea, loaded: dict, reader: Any) -> Said:
    body = _("A colleague put it first. The desk says why.")
    if row.payload.get("by_words"):
        body = _("It, or a comment on it, holds words of the urgent list.")
    return _said(idea, _("An idea cannot wait"), body, "warning", "is-declined")


def _said(idea: Idea, lead: str, body: str, icon: str, css: str) -> Said:
    url = url_if_there("ideas_desk:index")
    return Said(
        lead, idea.title, body, f"{url}?idea={idea.public_id}", icon, css, idea.public_id, language=idea.language
    )


WORDINGS |= {"promise_escalated": _escalated, "idea_urgent": _urgent}
