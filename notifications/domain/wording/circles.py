"""What is said of circles."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.text import excerpt
from members.models import Circle, CircleMember

from . import SPEAKERS, Said, Speaker, found


def load(rows: list) -> dict[str, Any]:
    circles = found(Circle.objects, {row.subject_id for row in rows})
    people = CircleMember.objects.present().filter(circle__in=circles, member__in={row.member_id for row in rows})
    return {"circles": circles, "present": set(people.values_list("circle_id", "member_id"))}


def say(row: Any, loaded: dict, reader: Any) -> Said | None:
    """Nothing to whom was put out or left: not even the circle's name."""
    circle = loaded["circles"].get(row.subject_id)
    if circle is None or (circle.pk, row.member_id) not in loaded["present"]:
        return None
    lead, body = _("You are invited to a circle"), excerpt(circle.description, 240)
    return Said(lead, circle.name, body, reverse("circles"), "members", "is-candidate", circle.public_id)


SPEAKERS["circle"] = Speaker(load, say)
