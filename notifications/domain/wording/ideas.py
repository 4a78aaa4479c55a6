"""What is said of ideas."""

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.templatetags.ui import state_class, state_icon
from core.text import excerpt
from ideas.models import Comment, Deed, Idea, IdeaMove, OfficialAnswer, Routing
from ideas.permissions import can_see
from ideas.states import State, Visibility

from ...states import Topic
from . import SPEAKERS, Said, Speaker, found, refs

MINE = {
    State.NEW: gettext_lazy("Your idea is open again"),
    State.UNDER_REVIEW: gettext_lazy("We are looking into your idea"),
    State.CANDIDATE: gettext_lazy("Your idea goes before the board"),
    State.PLANNED: gettext_lazy("Your idea is planned"),
    State.IN_BETA: gettext_lazy("Your idea can be tried in a beta test"),
    State.DELIVERED: gettext_lazy("Your idea is delivered: thank you"),
    State.DECLINED: gettext_lazy("We will not take up your idea"),
}
FOLLOWED = {
    State.NEW: gettext_lazy("An idea you follow is open again"),
    State.UNDER_REVIEW: gettext_lazy("We are looking into an idea you follow"),
    State.CANDIDATE: gettext_lazy("An idea you follow goes before the board"),
    State.PLANNED: gettext_lazy("An idea you follow is planned"),
    State.IN_BETA: gettext_lazy("An idea you follow can be tried in a beta test"),
    State.DELIVERED: gettext_lazy("Delivered, thanks to you"),
    State.DECLINED: gettext_lazy("We will not take up an idea you follow"),
}


def load(rows: list) -> dict[str, dict[int, Any]]:
    ideas = {row.subject_id for row in rows} | refs(rows, "canonical")
    comments = Comment.objects.select_related("author", "parent").defer("author__password")
    answers = found(OfficialAnswer.objects, refs(rows, "answer"))
    return {
        "idea": found(Idea.objects, ideas),
        "move": found(IdeaMove.objects, refs(rows, "move")),
        "answer": answers,
        "newest_answer": _newest_answers({answer.idea_id for answer in answers.values()}),
        "comment": found(comments, refs(rows, "comment")),
        "routing": found(Routing.objects.select_related("expert").defer("expert__password"), refs(rows, "routing")),
        "deed": found(Deed.objects, refs(rows, "deed")),
    }


def _newest_answers(ideas: set[int]) -> dict[int, int]:
    """Idea → its newest public answer; no query for no idea."""
    standing = OfficialAnswer.objects.filter(idea__in=ideas, undone_at__isnull=True, is_silent=False)
    return dict(standing.order_by().values_list("idea").annotate(Max("pk"))) if ideas else {}


def is_stale(row: Any, loaded: dict) -> bool:
    """Not public any more, merged into another idea since, or answered anew: a mail that waited says nothing of it."""
    idea = loaded["idea"].get(row.subject_id)
    if idea is None or row.topic in (Topic.REMOVAL, Topic.ALERTS):
        return False
    if idea.visibility != Visibility.PUBLIC:
        return True
    if idea.merged_into_id and row.kind != "idea_merged":
        return True
    answer = loaded["answer"].get(row.payload.get("answer"))
    return (
        row.kind == "idea_answered" and answer is not None and loaded["newest_answer"].get(answer.idea_id) != answer.pk
    )


def say(row: Any, loaded: dict, reader: Any) -> Said | None:
    idea = loaded["idea"].get(row.subject_id)
    if idea is None:
        return None
    if row.kind == "idea_hidden":
        return _hidden(row, idea, reader)
    if row.kind == "idea_withdrawn":
        return _withdrawn(row, idea)
    if not can_see(reader, idea):
        return None
    wording = WORDINGS.get(row.kind)
    return wording(row, idea, loaded, reader) if wording else None


def _moved(row, idea, loaded, reader) -> Said | None:
    to, mine = row.payload.get("to", idea.state), row.topic == Topic.MY_IDEA
    lead = (MINE if mine else FOLLOWED).get(to, "")
    if row.payload.get("from") == to == State.CANDIDATE:
        lead = _("The board puts your idea off") if mine else _("The board puts off an idea you follow")
    move = loaded["move"].get(row.payload.get("move"))
    if move is not None and move.undone_at:
        return None
    answer = loaded["answer"].get(row.payload.get("answer"))
    texts = [excerpt(move.reason, 240)] if move else []
    if answer is not None and loaded["newest_answer"].get(answer.idea_id) == answer.pk:  # made along with the step
        texts.append(_("The bank’s answer: %(text)s") % {"text": excerpt(answer.body, 240)})
    return _said(idea, str(lead), " ".join(texts), state_icon(to), state_class(to))


def _answered(row, idea, loaded, reader) -> Said | None:
    mine = row.topic == Topic.MY_IDEA
    lead = _("The bank answers your idea") if mine else _("The bank answers an idea you follow")
    answer = loaded["answer"].get(row.payload.get("answer"))
    if answer is not None and answer.undone_at:
        return None
    return _said(idea, lead, excerpt(answer.body, 240) if answer else "", "official", "is-new")


def _merged(row, idea, loaded, reader) -> Said | None:
    canonical = loaded["idea"].get(row.payload.get("canonical"))
    if canonical is None or not can_see(reader, canonical):
        return None
    mine = row.topic == Topic.MY_IDEA
    lead = _("Your idea joins another one") if mine else _("An idea you follow joins another one")
    body = _("It goes on as “%(title)s”, with everyone who supports it.") % {"title": canonical.title}
    said = _said(idea, lead, body, "merged", "is-merged")
    return Said(**said.__dict__ | {"url": canonical.get_absolute_url()})


def _commented(row, idea, loaded, reader) -> Said | None:
    comment = loaded["comment"].get(row.payload.get("comment"))
    if comment is None or comment.is_internal or comment.is_deleted or comment.visibility != Visibility.PUBLIC:
        return None
    if row.kind == "mentioned" and comment.author.erased_at:
        lead = _("Someone names you")
    elif row.kind == "mentioned":
        lead = _("%(name)s names you") % {"name": comment.author.nickname}
    elif comment.author.erased_at:
        lead = _("Someone comments on an idea you follow")
    elif comment.parent and comment.parent.author_id == reader.pk:
        lead = _("%(name)s replies to you") % {"name": comment.author.nickname}
    elif idea.author_id == reader.pk:
        lead = _("%(name)s comments on your idea") % {"name": comment.author.nickname}
    else:
        lead = _("%(name)s comments on an idea you follow") % {"name": comment.author.nickname}
    said = _said(idea, lead, excerpt(comment.body, 200), "official" if comment.is_official else "reply", "is-new")
    return Said(**said.__dict__ | {"url": f"{said.url}?comment={comment.public_id}#comment-{comment.public_id}"})


def _posted(row, idea, loaded, reader) -> Said:
    return _said(idea, _("A new idea in your theme"), excerpt(idea.body, 160), "idea", "is-new")


def _assigned(row, idea, loaded, reader) -> Said:
    return _said(idea, _("An idea is entrusted to you"), excerpt(idea.body, 160), "idea", "is-review")


def _hidden(row, idea, reader) -> Said | None:
    """The statement of reasons: the author reads it even where the text itself is gone."""
    if idea.author_id != reader.pk:
        return None
    url = idea.get_absolute_url() if can_see(reader, idea) else ""
    body = _("The reason we give: “%(reason)s” You can contest it: write to the moderators.")
    reason = excerpt(row.payload.get("reason", ""), 400)
    return Said(
        _("We have withdrawn your idea from the public pages"), idea.title, body % {"reason": reason}, url,
        "warning", "is-declined", idea.public_id, language=idea.language,
    )  # fmt: skip


def _withdrawn(row, idea) -> Said | None:
    """Told to who could read it; the title says which one, the text is gone."""
    if not idea.is_withdrawn:
        return None
    reason = excerpt(row.payload.get("reason", ""), 300)
    return _said(idea, _("Its author has withdrawn an idea you follow"), reason, "undo", "is-declined")


def _restored(row, idea, loaded, reader) -> Said:
    return _said(idea, pgettext("after moderation", "Your idea is public again"), "", "check", "is-delivered")


def _said(idea: Idea, lead: str, body: str, icon: str, css: str) -> Said:
    return Said(lead, idea.title, body, idea.get_absolute_url(), icon, css, idea.public_id, language=idea.language)


WORDINGS = {
    "idea_moved": _moved,
    "idea_answered": _answered,
    "idea_merged": _merged,
    "comment_posted": _commented,
    "mentioned": _commented,
    "idea_posted": _posted,
    "idea_assigned": _assigned,
    "idea_restored": _restored,
}
SPEAKERS["idea"] = Speaker(load, say, is_stale)
