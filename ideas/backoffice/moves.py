"""What staff can do with an idea: one entry per move, with its key, its form, whom it is offered to, and the verb it calls."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, pgettext_lazy

from core.desk import url_if_there
from core.errors import Invalid

from ..domain.assigning import assign_idea
from ..domain.following import audience_of
from ..domain.merging import merge_idea, unmerge_idea
from ..domain.moderating import hide_idea, restore_idea
from ..domain.moving import answer_officially, move_idea
from ..domain.posting import comment_on
from ..models import Idea
from ..permissions import can_answer, can_moderate, can_note, can_triage
from ..states import MOVES, State, Visibility
from . import forms


@dataclass(frozen=True)
class Done:
    """What was done: the sentence that says so, and what an undo would take back ("move", "answer", "merge" and its id)."""

    words: str
    kind: str = ""
    key: str = ""
    told: int = 0


@dataclass(frozen=True)
class Move:
    """`tells`: people will hear of it, unless it is made in silence. `leads_to`: the state it takes the idea to."""

    name: str
    key: str
    icon: str
    label: Any
    act: Any
    form: type[forms.DeskForm]
    offered: Callable[[Any, Idea], bool]
    run: Callable[[Idea, dict, Any], Done]
    tells: bool = False
    leads_to: str = ""
    is_danger: bool = False


def _reaches(state: str) -> Callable[[Any, Idea], bool]:
    return lambda user, idea: can_triage(user, idea) and state in MOVES[idea.state]


def _step(to: str) -> Callable[[Idea, dict, Any], Done]:
    def run(idea: Idea, said: dict, by: Any) -> Done:
        told = people_told(idea, said)
        move = move_idea(idea, to, reason=said["reason"], by=by, silent=said["silent"])
        words = gettext("“%(title)s”: %(state)s") % {"title": idea.title, "state": State(to).label.lower()}
        return Done(words, "move", move.public_id, told)

    return run


def people_told(idea: Idea, said: dict) -> int:
    return 0 if said.get("silent") else audience_of(idea).count()


def _answer(idea: Idea, said: dict, by: Any) -> Done:
    told = people_told(idea, said)
    answer = answer_officially(idea, body=said["body"], by=by, silent=said["silent"])
    return Done(
        gettext("“%(title)s”: your answer is on the page") % {"title": idea.title}, "answer", answer.public_id, told
    )


def _note(idea: Idea, said: dict, by: Any) -> Done:
    comment_on(idea, body=said["body"], by=by, is_internal=True)
    return Done(gettext("Your note is kept; staff alone read it."))


def _assign(idea: Idea, said: dict, by: Any) -> Done:
    to = said["assignee"]
    assign_idea(idea, to, by=by)
    if not to:
        return Done(gettext("“%(title)s” is nobody’s now.") % {"title": idea.title})
    return Done(gettext("“%(title)s” is in the hands of %(who)s.") % {"title": idea.title, "who": to.nickname})


def find_canonical(text: str) -> Idea:
    """The idea that stays, by its public id or an address that holds it."""
    for word in reversed(re.findall(r"[0-9a-z]{12}", text)):
        idea = Idea.objects.filter(public_id=word).first()
        if idea:
            return idea
    raise Invalid(gettext("We find no idea there. Paste the address of its page."), code="unknown_idea", field="into")


def _merge(idea: Idea, said: dict, by: Any) -> Done:
    canonical = find_canonical(said["into"])
    told = people_told(idea, said)
    merge_idea(idea, canonical, reason=said["reason"], by=by, silent=said["silent"])
    words = gettext("“%(title)s” is merged into “%(other)s”") % {"title": idea.title, "other": canonical.title}
    return Done(words, "merge", idea.public_id, told)


def _unmerge(idea: Idea, said: dict, by: Any) -> Done:
    unmerge_idea(idea, reason=said["reason"], by=by)
    return Done(gettext("“%(title)s” stands on its own again.") % {"title": idea.title})


def _hide(idea: Idea, said: dict, by: Any) -> Done:
    hide_idea(idea, reason=said["reason"], by=by)
    return Done(gettext("“%(title)s” is hidden; its author reads your reason.") % {"title": idea.title})


def _restore(idea: Idea, said: dict, by: Any) -> Done:
    restore_idea(idea, reason=said["reason"], by=by)
    return Done(gettext("“%(title)s” is public again.") % {"title": idea.title})


def _can_unmerge(user: Any, idea: Idea) -> bool:
    return can_triage(user, idea) and idea.merged_into_id is not None


def _can_hide(user: Any, idea: Idea) -> bool:
    return can_moderate(user, idea) and idea.visibility in (Visibility.PUBLIC, Visibility.HELD)


def _can_restore(user: Any, idea: Idea) -> bool:
    return can_moderate(user, idea) and idea.visibility in (Visibility.HELD, Visibility.HIDDEN)


ALL = (
    Move("review", "e", "eye",
         pgettext_lazy("desk", "Under review"), pgettext_lazy("desk", "Take under review"),
         forms.TellingForm,
         _reaches(State.UNDER_REVIEW), _step(State.UNDER_REVIEW), True, State.UNDER_REVIEW),
    Move("board", "c", "scale",
         pgettext_lazy("desk", "To the board"), pgettext_lazy("desk", "Send to the board"),
         forms.TellingForm,
         _reaches(State.CANDIDATE), _step(State.CANDIDATE), True, State.CANDIDATE),
    Move("answer", "r", "message-square",
         pgettext_lazy("desk", "Answer"), pgettext_lazy("desk", "Publish the answer"),
         forms.AnswerForm,
         can_answer, _answer, True),
    Move("merge", "m", "git-merge",
         pgettext_lazy("desk", "Merge"), pgettext_lazy("desk", "Merge the two ideas"),
         forms.MergeForm,
         _reaches(State.MERGED), _merge, True, State.MERGED),
    Move("unmerge", "m", "undo-2",
         pgettext_lazy("desk", "Un-merge"), pgettext_lazy("desk", "Un-merge"),
         forms.ReasonForm, _can_unmerge, _unmerge),
    Move("decline", "d", "ban",
         pgettext_lazy("desk", "Do not retain"), pgettext_lazy("desk", "Do not retain"),
         forms.TellingForm,
         _reaches(State.DECLINED), _step(State.DECLINED), True, State.DECLINED),
    Move("assign", "a", "user-plus",
         pgettext_lazy("desk", "Assign"), pgettext_lazy("desk", "Assign"),
         forms.AssignForm, can_triage, _assign),
    Move("note", "n", "sticky-note",
         pgettext_lazy("desk", "Internal note"), pgettext_lazy("desk", "Keep the note"),
         forms.NoteForm, can_note, _note),
    Move("hide", "h", "eye-off",
         pgettext_lazy("desk", "Hide"), pgettext_lazy("desk", "Hide from the public"),
         forms.AuthorForm, _can_hide, _hide, is_danger=True),
    Move("restore", "h", "eye",
         pgettext_lazy("desk", "Show again"), pgettext_lazy("desk", "Show to everyone"),
         forms.AuthorForm, _can_restore, _restore),
)  # fmt: skip
BY_NAME = {move.name: move for move in ALL}


def offered_to(user: Any, idea: Idea) -> list[Move]:
    """The moves that this person can make with this idea now; none for who only reads."""
    merged = idea.merged_into_id is not None
    return [move for move in ALL if move.offered(user, idea) and not (merged and move.name in ("answer", "note"))]


def board_url() -> str:
    """Where the board makes a subject of the idea; "" where no board is installed."""
    return url_if_there("board_desk:item_from_idea")
