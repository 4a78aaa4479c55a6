"""Stating the reasons: each change of what may be seen leaves a statement, in the transaction of the change, whoever made it.

The verbs of ideas call their witnesses (core/judging.py); this is the one that writes. So no path can leave it out.
"""

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core.events import publish
from core.judging import Change, witnesses
from ideas.states import Visibility

from ..events import StatementMade
from ..models import Hold, HoldRule, Statement
from ..states import Automation, Ground, Kind, Matter, Measure
from ..subjects import Subject, load, of_comment, of_idea, of_remark, of_version
from .casing import open_case, settle, settle_appeals

SUBJECTS = {"idea": of_idea, "comment": of_comment, "version": of_version, "remark": of_remark}
TAKEN_AWAY = {Visibility.HIDDEN: Measure.HIDDEN, Visibility.REMOVED: Measure.REMOVED, Visibility.HELD: Measure.HELD}


@witnesses
def state_the_reasons(change: Change) -> None:
    """The statement of a change of visibility; what waited on the content is settled by it."""
    subject = SUBJECTS[change.kind](change.thing)
    if subject.is_deleted:  # with the text that is kept for the case
        subject = load(subject.kind, subject.pk) or subject
    if change.after == Visibility.HELD:
        _hold(subject, change)
        return
    was_held = change.before == Visibility.HELD
    measure = TAKEN_AWAY.get(change.after) or (Measure.PUBLISHED if was_held else Measure.RESTORED)
    automation = Automation.FOUND if was_held else Automation.NONE
    statement = make_statement(
        subject, measure, facts=change.reason, by=change.by, automation=change.because.get("automation") or automation,
        ground=change.because.get("ground") or Ground.CHARTER, rule=change.because.get("rule", ""),
        before={"visibility": str(change.before)},
    )  # fmt: skip
    settle(subject.kind, subject.pk, statement)
    if change.after == Visibility.PUBLIC:
        settle_appeals(subject.kind, subject.pk, statement)
    for kind, pk in change.because.get("also", ()):  # a picture's case is settled with its idea's
        settle(kind, pk, statement)
    told = change.because.get("statements")
    if told is not None:
        told.append(statement)


def make_statement(
    subject: Subject, measure: str, *, facts: str, by: Any, is_told: bool = True, **fields: Any
) -> Statement:
    """Write the statement and let its addressee hear of it. One that takes nothing away may stay the bank's record alone."""
    statement = Statement.objects.create(
        member=subject.author, kind=subject.kind, subject_id=subject.pk, title=subject.title, measure=measure,
        facts=facts, by=by, owner_id=subject.owner_id, **fields,
    )  # fmt: skip
    if is_told:
        publish(StatementMade(statement.pk, str(measure)), by=by)
    return statement


def _hold(subject: Subject, change: Change) -> None:
    """Rules hold the text: they stand in the case for staff, and the author reads which, and that no person judged yet.

    A held text that was changed falls under them again: what they see now joins the case, and its author knows already.
    """
    rules = HoldRule.objects.in_bulk([int(ruling.rule) for ruling in change.rulings])
    if change.before != Visibility.HELD:
        _state_hold(subject, [rules[int(ruling.rule)] for ruling in change.rulings])
    case = open_case(Matter.CONTENT, subject, is_held=True)
    Hold.objects.bulk_create(
        Hold(case=case, rule=rules[int(ruling.rule)], rule_name=rules[int(ruling.rule)].name_fr, saw=ruling.words[:200])
        for ruling in change.rulings
    )


def _state_hold(subject: Subject, rules: list[HoldRule]) -> None:
    with translation.override(subject.author.language):
        names = ", ".join(f"“{rule.name}”" for rule in rules)
        facts = _("A rule holds this text until one of us has read it: %(rules)s. Nobody has judged it yet.")
        facts = facts % {"rules": names}
    make_statement(subject, Measure.HELD, facts=facts, by=None, automation=Automation.DECIDED, rule=names[:200])


def subject_of(statement: Statement) -> str:
    """What it speaks of, in a word."""
    return Kind(statement.kind).label
