"""On an idea's path: the beta programmes that try it out."""

from django.urls import reverse
from django.utils.translation import gettext as _

from ideas.links import Row, as_rows, register

from .models import Programme
from .states import State


def _rows(idea, user):
    programmes = Programme.objects.listed(user).filter(idea_links__idea=idea)
    return as_rows(programmes, "beta", at="created_at", text="title", one="public_id", two="state")


def _leg(row: Row) -> dict:
    over = row.two == State.CLOSED
    title = _("Tried out in a beta test") if over else _("A beta test tries it out")
    return {"icon": "beta", "title": title, "url": reverse("betas:short", args=[row.one]), "link": row.text}


def register_all() -> None:
    register("beta", rows=_rows, leg=_leg)
