"""Deciding a case about content: keep, hide, remove, put back. The reasons go to the author and to who reported."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotAllowed, require
from core.grounds import check_ground
from core.public_ids import new_public_id
from ideas.domain.hiding import hide_version, show_version
from ideas.domain.moderating import (
    hide_comment,
    hide_idea,
    lock_comment,
    remove_comment,
    remove_idea,
    restore_comment,
    restore_idea,
)
from ideas.domain.moving import check_statement, lock
from ideas.states import Visibility
from members.domain.clearing import clear_profile, restore_profile
from polls.domain.moderating import hide_remark, lock_remark, remove_remark, restore_remark

from ..models import Case, Decision, Statement
from ..permissions import can_decide
from ..states import Automation, Ground, Kind, Matter, Measure, Verdict
from ..subjects import Subject, load
from .banning import strike
from .casing import settle, settle_appeals
from .reviewing import require_other_hands
from .stating import make_statement

CHANGED = _("Its author has changed it since you read it. Read it again; what you typed is kept.")
OWN = _("You wrote this: a colleague decides.")
VERBS = {
    (Kind.IDEA, Verdict.HIDE): hide_idea,
    (Kind.IDEA, Verdict.REMOVE): remove_idea,
    (Kind.IDEA, Verdict.RESTORE): restore_idea,
    (Kind.COMMENT, Verdict.HIDE): hide_comment,
    (Kind.COMMENT, Verdict.REMOVE): remove_comment,
    (Kind.COMMENT, Verdict.RESTORE): restore_comment,
    (Kind.VERSION, Verdict.HIDE): hide_version,
    (Kind.VERSION, Verdict.REMOVE): hide_version,
    (Kind.VERSION, Verdict.RESTORE): show_version,
    (Kind.REMARK, Verdict.HIDE): hide_remark,
    (Kind.REMARK, Verdict.REMOVE): remove_remark,
    (Kind.REMARK, Verdict.RESTORE): restore_remark,
}


def decide(
    case: Case,
    verdict: str,
    *,
    reason: str,
    by: Any,
    ground: str = Ground.CHARTER,
    rule: str = "",
    with_strike: bool = False,
    seen: str = "",
    batch: str = "",
) -> Statement:
    """Give the verdict on a case about content; the statement that says why.

    `seen` is the version of the text that was judged (`Subject.version`); verdicts of one `batch` are taken back together.
    Raises NotAllowed (`own_content` for one's own), `case_closed`, `changed_meanwhile` (409), Invalid, PrivateData.
    """
    require(can_decide(by))
    require(case.author_id != by.pk, NotAllowed(OWN, code="own_content"))
    reason, because = check_statement(reason), check_ground(ground, rule)
    if verdict not in Verdict.values:
        raise Invalid(_("Choose one of the verdicts."), code="unknown_verdict", field="verdict")
    with transaction.atomic():
        hold_content(require_subject(case))
        case = Case.objects.select_for_update().get(pk=case.pk)
        if not case.is_open or case.matter != Matter.CONTENT:
            raise DomainError(_("A colleague has decided this case."), code="case_closed", status=409)
        subject = require_subject(case)
        if seen and seen != subject.version:
            raise DomainError(CHANGED, code="changed_meanwhile", status=409)
        before = {"visibility": str(subject.visibility), "is_held": case.is_held}
        statement = carry_out(subject, verdict, reason=reason, by=by, **because)
        log(case, verdict, by=by, before=before, batch=batch, statement=statement)
        if with_strike and statement.restricts:
            strike(statement, by=by)
    return statement


def hold_content(subject: Subject) -> None:
    """Before the case, as the desk's own moves lock them: who hides the same text there and who decides here do not wait
    for each other in turn."""
    if subject.kind == Kind.COMMENT:
        lock_comment(subject.thing)
    elif subject.kind == Kind.REMARK:
        lock_remark(subject.thing)
    elif subject.idea:
        lock(subject.idea)


def log(case: Case, verdict: str, *, by: Any, before: dict, batch: str = "", **about: Any) -> Decision:
    """Write the verdict down: who gave it, and what taking it back gives back."""
    return Decision.objects.create(
        case=case, verdict=verdict, by=by, before=before, batch=batch or new_public_id(), **about
    )


def require_subject(case: Case) -> Subject:
    subject = load(case.kind, case.subject_id)
    require(subject is not None, DomainError(_("This content is no longer there."), code="content_gone", status=409))
    return subject


def carry_out(
    subject: Subject, verdict: str, *, reason: str, by: Any, ground: str = Ground.CHARTER, rule: str = ""
) -> Statement:
    """Do it to the content, and settle what waited on it. The transaction and the right to are the caller's."""
    because = {"ground": ground, "rule": rule}
    if verdict == Verdict.KEEP and subject.visibility != Visibility.PUBLIC:
        verdict = Verdict.RESTORE  # what was held is published
    if verdict == Verdict.KEEP:
        # Nothing is taken from its author, who is told nothing (DSA, article 17); who reported is (article 16.5).
        statement = make_statement(subject, Measure.KEPT, facts=reason, by=by, is_told=False, **because)
        settle(subject.kind, subject.pk, statement)
        return statement
    if subject.kind == Kind.MEMBER:
        return _profile(subject, verdict, reason, by, because)
    made: list[Statement] = []
    kind, thing = subject.kind, subject.thing
    if kind == Kind.PICTURE:
        kind, thing = Kind.IDEA, subject.idea
        because["also"] = [(Kind.PICTURE, subject.pk)]
    VERBS[(Kind(kind), Verdict(verdict))](thing, reason=reason, by=by, statements=made, **because)
    return made[0]


def _profile(subject: Subject, verdict: str, reason: str, by: Any, because: dict) -> Statement:
    """A profile is emptied, or given back as it was."""
    if verdict == Verdict.RESTORE:
        cleared = Statement.objects.standing().filter(kind=Kind.MEMBER, measure=Measure.CLEARED)
        last = cleared.filter(subject_id=subject.pk).first()
        require_other_hands(Kind.MEMBER, subject.pk, by)
        require(last is not None, DomainError(_("This profile was not emptied."), code="already_public", status=409))
        restore_profile(subject.thing, last.before)
        measure, before = Measure.RESTORED, {}
    else:
        measure, before = Measure.CLEARED, clear_profile(subject.thing)
    statement = make_statement(
        subject, measure, facts=reason, by=by, before=before, automation=Automation.NONE, **because
    )
    settle(subject.kind, subject.pk, statement)
    if measure == Measure.RESTORED:
        settle_appeals(subject.kind, subject.pk, statement)
    return statement
