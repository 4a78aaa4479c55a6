"""Reacting to the visuals of a consultation: one row per member and visual; the counts follow by F(), and what is published of
them by steps (publishing_reactions.py)."""

from collections import Counter
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, NotFound, NotSignedIn, require
from members.models import Member
from members.permissions import require_taking_part

from ..models import Poll, Question, VisualCount, VisualReaction
from ..permissions import can_see, refusal_to_vote
from ..states import Feeling, State
from .pacing import require_pace_of_reactions
from .publishing_reactions import step_on


def react(poll_id: str, visual_id: str, kind: str, *, by: Member) -> VisualReaction | None:
    """React so to a visual, or otherwise than before; `kind` "" takes the reaction back. Doing it again changes nothing.

    Ids are public ids. Who may vote may react, from the opening to the close, whether they have voted or not. Raises
    NotSignedIn, NotFound, Closed, NotOpen, NotInAudience, Banned, ReadsOnly, Invalid (`unknown_reaction`), `too_many` (429).
    """
    require(by.is_authenticated, NotSignedIn(_("Sign in to react.")))
    require_taking_part(by)
    if kind and kind not in Feeling.values:
        raise Invalid(_("Choose one of the reactions offered."), code="unknown_reaction", field="kind")
    with transaction.atomic():
        question = _locked(poll_id, visual_id, by)
        mine = VisualReaction.objects.filter(question=question, member=by).first()
        if (mine.kind if mine else "") == kind:
            return mine
        require_pace_of_reactions(by)
        before, mine = (mine.kind if mine else ""), mine or VisualReaction(question=question, member=by)
        mine.kind, mine.at = kind, timezone.now()
        if mine.pk is None:
            mine.counted = _counts(by)
        mine.save()
        if mine.counted:
            _move(question, before, kind)
    return mine


def _locked(poll_id: str, visual_id: str, by: Member) -> Question:
    """The visual, with its poll's row locked: the clock is read after, as for a ballot."""
    poll = Poll.objects.select_for_update().filter(public_id=poll_id).exclude(state=State.DRAFT).first()
    if poll is None or not poll.consultation or not can_see(by, poll):
        raise NotFound()
    if refusal := refusal_to_vote(by, poll, timezone.now()):
        raise refusal
    question = Question.objects.filter(poll=poll, public_id=visual_id).exclude(image="").first()
    if question is None:
        raise NotFound()
    question.poll = poll
    return question


def _counts(by: Member) -> bool:
    """Reactions of the bank's people and of accounts hours old are kept, and in no count."""
    young = timezone.now() - by.date_joined < timedelta(hours=settings.LAB["BALLOT_ACCOUNT_HOURS"])
    return not (by.is_staff or young)


def _move(question: Question, before: str, after: str) -> None:
    """The poll's lock is held: nobody else counts this visual meanwhile."""
    count, _made = VisualCount.objects.get_or_create(question=question)
    steps = Counter({kind: step for kind, step in ((before, -1), (after, 1)) if kind})
    VisualCount.objects.filter(pk=count.pk).update(**{kind: Greatest(F(kind) + n, 0) for kind, n in steps.items()})
    count.refresh_from_db()
    step_on(count)


@transaction.atomic
def recount_reactions(poll: Poll) -> int:
    """Make the counts of the poll's visuals what the reactions say; how many were wrong. What was published stays."""
    Poll.objects.select_for_update().get(pk=poll.pk)
    rows = VisualReaction.objects.filter(question__poll=poll, counted=True).exclude(kind="").order_by()
    truth: dict[int, dict[str, int]] = {}
    for question, kind, n in rows.values_list("question", "kind").annotate(n=Count("pk")):
        truth.setdefault(question, {})[kind] = n
    kept = {count.question_id: count for count in VisualCount.objects.filter(question__poll=poll)}
    wrong = 0
    for question in {*truth, *kept}:
        count = kept.get(question) or VisualCount(question_id=question)
        right = {kind: truth.get(question, {}).get(kind, 0) for kind in Feeling.values}
        found = sum(count.counts[kind] != right[kind] for kind in Feeling.values)
        if found:
            for kind, n in right.items():
                setattr(count, kind, n)
            count.save()
            wrong += found
    return wrong
