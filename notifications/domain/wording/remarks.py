"""What is said of a comment under a consultation, to who runs it."""

from typing import Any

from django.utils.translation import gettext as _

from core.text import excerpt
from polls.models import Remark
from polls.permissions import can_see
from polls.states import Visibility

from . import SPEAKERS, Said, Speaker, found


def load(rows: list) -> dict[int, Remark]:
    remarks = Remark.objects.select_related("author", "poll").defer("author__password")
    return found(remarks, {row.subject_id for row in rows})


def say(row: Any, loaded: dict[int, Remark], reader: Any) -> Said | None:
    remark = loaded.get(row.subject_id)
    if (
        remark is None
        or remark.is_deleted
        or remark.visibility != Visibility.PUBLIC
        or not can_see(reader, remark.poll)
    ):
        return None
    lead = _("%(name)s comments on your consultation") % {"name": remark.author.nickname}
    if remark.author.erased_at:
        lead = _("Someone comments on your consultation")
    icon = "official" if remark.is_official else "reply"
    return Said(
        lead,
        remark.poll.title,
        excerpt(remark.body, 200),
        remark.get_absolute_url(),
        icon,
        "is-new",
        remark.public_id,
        language=remark.poll.language,
    )


SPEAKERS["remark"] = Speaker(load, say)
