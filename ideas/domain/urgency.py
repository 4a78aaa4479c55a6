"""Urgent ideas: words of the desk's list, in an idea or a comment, put it first and call its owner; staff can do so too."""

import re
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotFound, require
from core.events import handles, publish
from core.roles import MODERATOR, role_of
from core.shield import refuse_private
from members.models import Member

from ..events import (
    CommentPosted,
    IdeaCalmed,
    IdeaEdited,
    IdeaPosted,
    IdeaRaised,
    UrgencyUndone,
    UrgentWordAdded,
    UrgentWordRemoved,
)
from ..models import REASON_MAX, REASON_MIN, Comment, Idea, Urgency, UrgentWord
from ..permissions import can_answer, can_triage
from ..search.words import fold
from .moving import changed_since, lock, require_in_time

WORD_MIN, WORD_MAX = 3, 60
LIFTING = ["lifted_at", "lifted_by", "lifted_by_role", "lift_reason"]


@handles(IdeaPosted, IdeaEdited)
def on_text(event: IdeaPosted | IdeaEdited, *, event_id: UUID) -> None:
    idea = Idea.objects.get(pk=event.idea_id)
    raise_by_words(idea, f"{idea.title}\n{idea.body}")


@handles(CommentPosted)
def on_comment(event: CommentPosted, *, event_id: UUID) -> None:
    """What customers say: the bank's own comments and notes raise nothing."""
    comment = Comment.objects.select_related("idea").filter(pk=event.comment_id).first()
    if comment and not (comment.is_internal or comment.is_official):
        raise_by_words(comment.idea, comment.body, comment=comment)


def raise_by_words(idea: Idea, text: str, *, comment: Comment | None = None) -> Urgency | None:
    """Put the idea first if the text holds urgent words. What staff calmed stays calm until other words are found in it."""
    found = ", ".join(word.text for word in urgent_words_in(text))[:200]
    if not found:
        return None
    with transaction.atomic():
        idea = lock(idea)
        if idea.urgent_since or idea.urgencies.filter(comment=comment, words=found).exists():
            return None
        return _raise(idea, comment=comment, words=found)


def raise_urgency(idea: Idea, *, reason: str, by: Any, silent: bool = False) -> Urgency:
    """A colleague puts the idea first, and says why; who answers for it is told unless `silent`.

    Raises NotAllowed, Invalid, PrivateData, `already_urgent` (409).
    """
    require(can_answer(by, idea))
    reason = check_internal(reason)
    with transaction.atomic():
        idea = lock(idea)
        if idea.urgent_since:
            raise DomainError(_("This idea is urgent already."), code="already_urgent", status=409)
        return _raise(idea, reason=reason, by=by, silent=silent)


def lift_urgency(idea: Idea, *, reason: str, by: Any) -> Urgency:
    """Put it back in line, and say why. Raises NotAllowed, Invalid, PrivateData, `not_urgent` (409)."""
    require(can_answer(by, idea))
    reason = check_internal(reason)
    with transaction.atomic():
        idea = lock(idea)
        urgency = idea.urgencies.filter(lifted_at__isnull=True).first()
        if not urgency:
            raise DomainError(_("This idea is not urgent."), code="not_urgent", status=409)
        urgency.lifted_at, urgency.lifted_by, urgency.lift_reason = timezone.now(), by, reason
        urgency.lifted_by_role = role_of(by)
        urgency.save(update_fields=LIFTING)
        idea.urgent_since = None
        idea.save(update_fields=["urgent_since"])
        publish(IdeaCalmed(idea.pk, urgency.pk), by=by)
    return urgency


def heard_of(urgency: Urgency) -> Any:
    """Who hears of it, as a queryset: who has the idea in hand and its theme's owner, or the moderators; not who says so."""
    idea, living = urgency.idea, Member.objects.living()
    people = living.filter(pk__in=[pk for pk in (idea.assignee_id, idea.category.owner_id) if pk])
    if not people.exists():
        people = called_by(living)
    return people.exclude(pk=urgency.by_id) if urgency.by_id else people


def called_by(living: Any) -> Any:
    """Of these members, who is called where nobody answers for an idea."""
    return living.filter(groups__name=MODERATOR)


def undo_raise(urgency: Urgency, *, by: Any) -> Idea:
    """Take back that one has just put it first: nobody was told, and nothing of it is kept but the record.

    Raises NotAllowed, `too_late_to_undo`, `changed_since` where it was put back in line (409).
    """
    require(can_answer(by, urgency.idea) and urgency.by_id == by.pk)
    with transaction.atomic():
        idea = lock(urgency.idea)
        urgency = Urgency.objects.select_for_update(of=("self",)).filter(pk=urgency.pk).first()
        if not urgency:  # taken back by another window
            raise DomainError(_("There is nothing left to undo."), code="too_late_to_undo", status=409)
        require_in_time(urgency.at, None)
        if urgency.lifted_at:
            raise changed_since()
        publish(UrgencyUndone(idea.pk, urgency.pk, "raised"), by=by)
        urgency.delete()
        idea.urgent_since = None
        idea.save(update_fields=["urgent_since"])
    return idea


def undo_lift(urgency: Urgency, *, by: Any) -> Idea:
    """Take back that one has just put it back in line: it comes first since when it did.

    Raises NotAllowed, `too_late_to_undo`, `changed_since` where it was made urgent anew (409).
    """
    require(can_answer(by, urgency.idea) and urgency.lifted_by_id == by.pk)
    with transaction.atomic():
        idea = lock(urgency.idea)
        urgency = Urgency.objects.select_for_update(of=("self",)).get(pk=urgency.pk)
        if not urgency.lifted_at:  # taken back by another window
            raise DomainError(_("There is nothing left to undo."), code="too_late_to_undo", status=409)
        require_in_time(urgency.lifted_at, None)
        if idea.urgent_since:
            raise changed_since()
        urgency.lifted_at, urgency.lifted_by, urgency.lift_reason = None, None, ""
        urgency.lifted_by_role = ""
        urgency.save(update_fields=LIFTING)
        idea.urgent_since = urgency.at
        idea.save(update_fields=["urgent_since"])
        publish(UrgencyUndone(idea.pk, urgency.pk, "calmed"), by=by)
    return idea


def _raise(idea: Idea, *, by: Any = None, silent: bool = False, **why: Any) -> Urgency:
    urgency = Urgency.objects.create(idea=idea, by=by, by_role=role_of(by), **why)
    idea.urgent_since = urgency.at
    idea.save(update_fields=["urgent_since"])
    publish(IdeaRaised(idea.pk, urgency.pk, is_silent=silent), by=by)
    return urgency


def check_internal(reason: str) -> str:
    """A reason that staff alone read."""
    reason = reason.strip()
    if len(reason) < REASON_MIN:
        raise Invalid(_("Give the reason in a sentence: your colleagues read it."), code="too_short", field="reason")
    if len(reason) > REASON_MAX:
        raise Invalid(_("The reason holds 2,000 characters at most."), code="too_long", field="reason")
    refuse_private(reason=reason)
    return reason


def urgent_words_in(text: str) -> list[UrgentWord]:
    """The words of the list that the text holds."""
    plain = fold(text)
    return [word for word in UrgentWord.objects.all() if _pattern(word.text).search(plain)]


def _pattern(words: str) -> re.Pattern[str]:
    """Whole words in a row, each maybe in the plural: « carte volée » finds « CARTES VOLEES »."""
    parts = re.findall(r"\w+", fold(words))
    return re.compile(r"(?<!\w)" + r"\W+".join(rf"{re.escape(part)}(?:e?s|x)?" for part in parts) + r"(?!\w)")


def add_urgent_word(text: str, *, language: str = "fr", by: Any) -> UrgentWord:
    """Put a word, or a few in a row, on the list. Raises NotAllowed, Invalid, PrivateData, `already_listed` (409)."""
    require(can_triage(by))
    text = " ".join(text.split())
    if not WORD_MIN <= len(text) <= WORD_MAX or not re.search(r"\w{3}", text):
        raise Invalid(_("Give a word of 3 to 60 characters."), code="bad_word", field="text")
    if language not in dict(UrgentWord.LANGUAGES):
        raise Invalid(_("Choose French or English."), code="unknown_language", field="language")
    refuse_private(text=text)
    with transaction.atomic():
        same = [word for word in UrgentWord.objects.filter(language=language) if fold(word.text) == fold(text)]
        if same:
            raise DomainError(_("This word is on the list already."), code="already_listed", status=409, field="text")
        word = UrgentWord.objects.create(text=text, language=language)
        publish(UrgentWordAdded(word.pk), by=by)
    return word


def remove_urgent_word(public_id: str, *, by: Any) -> None:
    """Take a word off the list; ideas that it raised stay urgent until a colleague calms them."""
    require(can_triage(by))
    with transaction.atomic():
        word = UrgentWord.objects.select_for_update().filter(public_id=public_id).first()
        require(word is not None, NotFound())
        word.delete()
        publish(UrgentWordRemoved(word.text, word.language), by=by)
