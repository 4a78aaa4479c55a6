"""What is said of questions to experts, of ideas filed elsewhere, and of merges that were parted."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.text import excerpt
from core.words import day

from ...states import Topic
from . import Said
from .ideas import WORDINGS


def _asked(row, idea, loaded, reader) -> Said | None:
    routing = loaded["routing"].get(row.payload.get("routing"))
    if routing is None or routing.expert_id != reader.pk or routing.withdrawn_at:
        return None
    body = _("“%(question)s” Your answer is expected by %(day)s.")
    body %= {"question": excerpt(routing.question, 200), "day": day(routing.due_on)}
    url = f"{reverse('ideas_desk:index')}?idea={idea.public_id}&move=advise"
    return Said(
        _("A colleague asks for your opinion"),
        idea.title,
        body,
        url,
        "idea",
        "is-review",
        idea.public_id,
        language=idea.language,
    )


def _advised(row, idea, loaded, reader) -> Said | None:
    routing = loaded["routing"].get(row.payload.get("routing"))
    if routing is None or routing.asked_by_id != reader.pk:
        return None
    url = f"{reverse('ideas_desk:index')}?idea={idea.public_id}"
    lead = _("%(name)s has answered your question") % {"name": routing.expert.display_name}
    return Said(
        lead,
        idea.title,
        excerpt(routing.question, 160),
        url,
        "official",
        "is-review",
        idea.public_id,
        language=idea.language,
    )


def _filed(row, idea, loaded, reader) -> Said:
    deed = loaded["deed"].get(row.payload.get("deed"))
    body = f"{deed.words}. {excerpt(deed.reason, 200)}".strip() if deed else ""
    body = body[:1].upper() + body[1:]
    return Said(
        _("Your idea is in another theme"),
        idea.title,
        body,
        idea.get_absolute_url(),
        "idea",
        "is-new",
        idea.public_id,
        language=idea.language,
    )


def _unmerged(row, idea, loaded, reader) -> Said:
    mine = row.topic == Topic.MY_IDEA
    lead = _("Your idea stands on its own again") if mine else _("An idea you follow stands on its own again")
    move = loaded["move"].get(row.payload.get("move"))
    body = excerpt(move.reason, 240) if move else ""
    return Said(
        lead, idea.title, body, idea.get_absolute_url(), "merged", "is-review", idea.public_id, language=idea.language
    )


WORDINGS |= {
    "expert_asked": _asked,
    "expert_answered": _advised,
    "idea_filed": _filed,
    "idea_unmerged": _unmerged,
}
