"""Who hears of ideas. What can be undone is told after the seconds of undo, if it still stands."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from betas.models import Enrolment, Programme
from betas.states import TESTERS, Enrolled
from core.events import handles, job, later
from core.models import Event
from ideas.domain.following import audience_of
from ideas.events import (
    IdeaAnswered,
    IdeaAssigned,
    IdeaMerged,
    IdeaMoved,
    IdeaMoveUndone,
    IdeaPosted,
)
from ideas.models import Comment, Follow, Idea, IdeaMove, Merge, OfficialAnswer
from ideas.states import State, Visibility

from ..domain.telling import News, only, tell
from ..states import Topic


def when_it_stands(at: Any) -> Any:
    """After the seconds of undo and a second more: undoing and telling never meet."""
    return at + timedelta(seconds=settings.LAB["UNDO_SECONDS"] + 1)


def authors_of(idea: Idea) -> frozenset[int]:
    """Its author, and those of the ideas merged into it: for them it is "your idea"."""
    merged = Idea.objects.filter(merged_into_id=idea.pk).values_list("author_id", flat=True)
    return frozenset({idea.author_id, *merged})


def _public(idea: Idea) -> bool:
    return idea.visibility == Visibility.PUBLIC


@handles(IdeaMoved)
def on_move(event: IdeaMoved, *, event_id: UUID) -> None:
    if not (event.is_silent or event.is_told_together or event.to_state == State.MERGED):
        later(tell_move, event.move_id, str(event_id), after=when_it_stands(timezone.now()))


@job
def tell_move(move_id: int, event_id: str, after: int = 0) -> None:
    """Author, voters, followers; those of merged ideas too. Each once, and not who moved it."""
    move = IdeaMove.objects.select_related("idea").filter(pk=move_id, undone_at__isnull=True, is_silent=False).first()
    if move is None or not _public(move.idea):
        return
    idea = standing(move.idea)
    if more := tell(who_hears(move, idea), news_of(move, idea, event_id), after=after):
        later(tell_move, move_id, event_id, more)


def who_hears(move: IdeaMove, idea: Idea) -> Any:
    """Of a step: the idea's people, but who made it and who hears of it by their test."""
    return audience_of(idea).exclude(pk=move.by_id).exclude(pk__in=told_by_their_test(idea, move))


def news_of(move: IdeaMove, idea: Idea, event_id: Any) -> News:
    payload = {"move": move.pk, "from": move.from_state, "to": move.to_state}
    if answer := beside(move, OfficialAnswer.objects.all()):
        payload["answer"] = answer.pk
    return News(
        "idea_moved", Topic.FOLLOWED_IDEA, f"move:{move.pk}", "idea", idea.pk, payload, authors_of(idea), Topic.MY_IDEA,
        event_id,
    )  # fmt: skip


def beside(step: IdeaMove | OfficialAnswer, others: Any) -> Any:
    """The move, or the answer, that the same colleague made of the same idea within the seconds of undo: one piece of news."""
    near = timedelta(seconds=settings.LAB["UNDO_SECONDS"])
    others = others.filter(idea=step.idea_id, by=step.by_id, undone_at__isnull=True, is_silent=False)
    return others.filter(at__range=(step.at - near, step.at + near)).order_by("-pk").first() if step.by_id else None


def is_told_together(move: IdeaMove) -> bool:
    moved = Event.objects.filter(name=IdeaMoved.__name__, at__gte=move.at - timedelta(minutes=1))
    return moved.filter(payload__move_id=move.pk, payload__is_told_together=True).exists()


@handles(IdeaMoveUndone)
def on_move_undone(event: IdeaMoveUndone, *, event_id: UUID) -> None:
    """The answer that was to be told with the step is told by itself."""
    if answer := beside(IdeaMove.objects.get(pk=event.move_id), OfficialAnswer.objects.all()):
        later(tell_answer, answer.pk, str(event_id), after=when_it_stands(answer.at))


def standing(idea: Idea) -> Idea:
    """The idea that stands for this one, if it was merged in the meantime."""
    return idea.merged_into if idea.merged_into_id and _public(idea.merged_into) else idea


def told_by_their_test(idea: Idea, move: IdeaMove) -> Any:
    """Testers who hear of this very step by the end of their beta test: the programme closed as the idea moved."""
    near = (move.at - timedelta(minutes=1), move.at + timedelta(minutes=1))
    closed = Programme.objects.filter(idea_links__idea=move.idea, closed_at__range=near)
    tested = Enrolment.objects.filter(programme__in=closed, agreed_at__isnull=False)
    return tested.filter(state__in=(*TESTERS, Enrolled.COMPLETED)).values("member_id")


@handles(IdeaAnswered)
def on_answer(event: IdeaAnswered, *, event_id: UUID) -> None:
    if not event.is_silent:
        later(tell_answer, event.answer_id, str(event_id), after=when_it_stands(timezone.now()))


@job
def tell_answer(answer_id: int, event_id: str, after: int = 0) -> None:
    """The same people as a move, and with it where a move was made along with it. An answer taken back, or replaced
    meanwhile by a newer one, is not told."""
    answers = OfficialAnswer.objects.select_related("idea").filter(undone_at__isnull=True, is_silent=False)
    answer = answers.filter(pk=answer_id).first()
    if answer is None or not _public(answer.idea):
        return
    if answer.idea.answers.filter(undone_at__isnull=True, is_silent=False, pk__gt=answer.pk).exists():
        return
    idea = standing(answer.idea)
    people = audience_of(idea).exclude(pk=answer.by_id)
    move = beside(answer, IdeaMove.objects.exclude(to_state=State.MERGED))
    if move and not is_told_together(move):
        people = people.exclude(pk__in=who_hears(move, idea).values("pk"))
    news = News(
        "idea_answered", Topic.FOLLOWED_IDEA, f"answer:{answer.pk}", "idea", idea.pk, {"answer": answer.pk},
        authors_of(idea), Topic.MY_IDEA, event_id,
    )  # fmt: skip
    if more := tell(people, news, after=after):
        later(tell_answer, answer_id, event_id, more)


@handles(IdeaMerged)
def on_merge(event: IdeaMerged, *, event_id: UUID) -> None:
    if not event.is_silent:
        arguments = (event.duplicate_id, event.canonical_id, event.move_id, str(event_id))
        later(tell_merge, *arguments, after=when_it_stands(timezone.now()))


@job
def tell_merge(duplicate_id: int, canonical_id: int, move_id: int, event_id: str, after: int = 0) -> None:
    """The duplicate's own people hear where it went; those of the idea that stays lose nothing and hear nothing."""
    ideas = Idea.objects.in_bulk([duplicate_id, canonical_id])
    duplicate, canonical = ideas.get(duplicate_id), ideas.get(canonical_id)
    stands = Merge.objects.filter(duplicate_id=duplicate_id, canonical_id=canonical_id, undone_at__isnull=True).first()
    if not (stands and duplicate and canonical and _public(duplicate) and _public(canonical)):
        return
    news = News(
        "idea_merged", Topic.FOLLOWED_IDEA, f"move:{move_id}", "idea", duplicate.pk,
        {"canonical": canonical.pk, "move": move_id}, frozenset({duplicate.author_id}), Topic.MY_IDEA, event_id,
    )  # fmt: skip
    if more := tell(audience_of(duplicate).exclude(pk=stands.by_id), news, after=after):
        later(tell_merge, duplicate_id, canonical_id, move_id, event_id, more)


@job
def tell_comment(comment_id: int, event_id: str, after: int = 0) -> None:
    """The idea's people but the commenter. The author, who follows by hand and who wrote in the thread are replied to;
    what the bank says in public is its answer, for all."""
    comments = Comment.objects.select_related("idea").counted()
    comment = comments.filter(pk=comment_id).first()
    if comment is None or not _public(comment.idea):
        return
    idea = standing(comment.idea)
    mine, topic, my_topic = authors_of(idea), Topic.FOLLOWED_IDEA, Topic.MY_IDEA
    if not comment.is_official:
        mine, topic, my_topic = mine | _thread_of(comment), Topic.COMMENTS, Topic.REPLIES
    payload = {"comment": comment.pk}
    news = News("comment_posted", topic, f"comment:{comment.pk}", "idea", idea.pk, payload, mine, my_topic, event_id)
    if more := tell(audience_of(idea).exclude(pk=comment.author_id), news, after=after):
        later(tell_comment, comment_id, event_id, more)


def _thread_of(comment: Comment) -> frozenset[int]:
    """Who follows the idea by hand, and who wrote in the comment's thread."""
    by_hand = Follow.objects.filter(idea=comment.idea, active=True).values_list("member_id", flat=True)
    top = comment.parent_id or comment.pk
    wrote = Comment.objects.said().filter(Q(pk=top) | Q(parent_id=top)).values_list("author_id", flat=True)
    return frozenset({*by_hand, *wrote})


@handles(IdeaPosted)
def on_post(event: IdeaPosted, *, event_id: UUID) -> None:
    """The owner of its theme hears of a new idea."""
    idea = Idea.objects.select_related("category").get(pk=event.idea_id)
    owner = idea.category.owner_id
    if _public(idea) and owner and owner != idea.author_id:
        key = f"idea:{idea.pk}:posted"
        tell(only(owner), News("idea_posted", Topic.DESK, key, "idea", idea.pk, event_id=event_id))


@handles(IdeaAssigned)
def on_assigned(event: IdeaAssigned, *, event_id: UUID) -> None:
    if event.assignee_id and not event.is_silent:
        later(tell_assigned, event.idea_id, event.assignee_id, str(event_id), after=when_it_stands(timezone.now()))


@job
def tell_assigned(idea_id: int, assignee_id: int, event_id: str) -> None:
    """Who is asked to take an idea in hand, if it still is in theirs, and unless they took it themselves."""
    if Idea.objects.filter(pk=idea_id, assignee_id=assignee_id).exists():
        taken_by = Event.objects.get(pk=event_id).actor
        news = News("idea_assigned", Topic.DESK, f"assigned:{event_id}", "idea", idea_id, event_id=event_id)
        tell(only(assignee_id).exclude(public_id=taken_by), news)
