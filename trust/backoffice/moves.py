"""What a moderator can do with a case: one entry per move, with its key, its form, when it is offered, and the verb it calls."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ideas.states import Visibility

from ..domain.appealing import decide_appeal, release_whole_burst
from ..domain.bursts import decide_burst
from ..domain.deciding import decide
from ..models import Case
from ..states import Kind, Matter, Verdict
from . import forms


@dataclass(frozen=True)
class Move:
    name: str
    key: str
    icon: str
    label: Any
    form: type[forms.DeskForm]
    offered: Callable[[Any], bool]
    run: Callable[[Any, dict, Any], str]  # gives the batch, by which it is taken back
    is_danger: bool = False


def _content(verdict: str):
    def run(work: Any, said: dict, by: Any) -> str:
        made = decide(
            work.case, verdict, reason=said["reason"], by=by, ground=said.get("ground") or "charter",
            rule=said.get("rule", ""), with_strike=said.get("with_strike", False), seen=said["seen"],
        )  # fmt: skip
        return made.decision.batch

    return run


def _appeal(upheld: bool):
    def run(work: Any, said: dict, by: Any) -> str:
        made = decide_appeal(
            work.appeal, upheld=upheld, reason=said["reason"], by=by, verdict=said.get("verdict") or Verdict.HIDE
        )
        return made.decisions.last().batch

    return run


def _whole_burst(work: Any, said: dict, by: Any) -> str:
    return release_whole_burst(work.appeal, reason=said["reason"], by=by).decisions.last().batch


def _burst(confirmed: bool):
    def run(work: Any, said: dict, by: Any) -> str:
        made = decide_burst(work.burst, confirmed=confirmed, reason=said["reason"], by=by)
        return made.decisions.last().batch

    return run


def _is(matter: str, *visibilities: str, but: tuple[str, ...] = ()) -> Callable[[Any], bool]:
    def offered(work: Any) -> bool:
        if work.case.matter != matter or work.case.kind in but or work.subject is None:
            return False
        return not visibilities or work.subject.visibility in visibilities

    return offered


SEEN = (Visibility.PUBLIC, Visibility.HELD)
C, A, V = Matter.CONTENT, Matter.APPEAL, Matter.VOTES
ALL = (
    Move("keep", "p", "check", Verdict.KEEP.label, forms.VerdictForm, _is(C, *SEEN), _content(Verdict.KEEP)),
    Move("hide", "h", "eye-off", Verdict.HIDE.label, forms.RestrictForm, _is(C, *SEEN, but=(Kind.MEMBER,)),
         _content(Verdict.HIDE), True),
    Move("remove", "x", "ban", Verdict.REMOVE.label, forms.RestrictForm, _is(C, *SEEN, Visibility.HIDDEN),
         _content(Verdict.REMOVE), True),
    Move("restore", "r", "eye", Verdict.RESTORE.label, forms.VerdictForm, _is(C, Visibility.HIDDEN, Visibility.REMOVED),
         _content(Verdict.RESTORE)),
    Move("accept", "a", "check", _("Accept the appeal"), forms.DeskForm,
         lambda work: work.case.matter == A and work.appeal and not work.appeal.report_id, _appeal(True)),
    Move("act", "a", "check", _("Accept the appeal"), forms.ReporterForm,
         lambda work: work.case.matter == A and work.appeal and work.appeal.report_id, _appeal(True)),
    Move("whole", "l", "check", pgettext_lazy("votes", "Let the whole burst count"), forms.DeskForm,
         lambda work: work.case.matter == A and work.appeal and work.appeal_burst, _whole_burst),
    Move("refuse", "f", "ban", _("Refuse the appeal"), forms.DeskForm,
         lambda work: work.case.matter == A and work.appeal, _appeal(False)),
    Move("confirm", "c", "ban", _("Confirm: they do not count"), forms.DeskForm,
         lambda work: work.case.matter == V and work.burst, _burst(True), True),
    Move("release", "l", "check", pgettext_lazy("votes", "Let them count"), forms.DeskForm,
         lambda work: work.case.matter == V and work.burst, _burst(False)),
)  # fmt: skip
BY_NAME = {move.name: move for move in ALL}


def offered_on(work: Any, may_decide: bool) -> list[Move]:
    """The moves of this case, for who may decide it; none once it is closed."""
    case: Case = work.case
    return [move for move in ALL if move.offered(work)] if may_decide and case.is_open else []
