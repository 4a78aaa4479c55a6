"""The demo's inboxes: what the demo's own past would have told the accounts one signs in with. Nothing is invented here.

What happened while the demo was loaded is its past: the outbox tells nobody of it, and no mail leaves.
"""

from collections.abc import Iterator
from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from betas.models import Enrolment, Finding
from betas.states import Review
from betas.states import State as ProgrammeState
from board.models import Quarter
from board.states import QuarterState
from ideas.models import Comment, Idea, IdeaMove, OfficialAnswer
from ideas.states import State, Visibility
from polls.domain.opening import audience_of
from polls.models import Poll
from polls.states import State as PollState

from .domain.wording.betas import DECIDED
from .models import Notification, Preference
from .states import Rhythm, Topic

READERS = ("cliente", "prospect", "ambassadeur")
MOST, EACH, UNREAD = 16, 5, 5


def load(demo) -> None:
    waiting = DBTaskResult.objects.filter(backend_name="outbox", status="READY", task_path__startswith="core.tasks.")
    waiting.delete()
    for name in READERS:
        if member := demo.accounts.get(name):
            _fill(member, demo)
    if member := demo.accounts.get("ambassadeur"):
        Preference.objects.create(member=member, topic=Topic.FOLLOWED_IDEA, inbox=True, mail=Rhythm.DAILY)
        Preference.objects.create(member=member, topic=Topic.COMMENTS, inbox=True, mail=Rhythm.NEVER)


def _fill(member, demo) -> None:
    """The newest of each sort, the newest of all unread."""
    rows: list[Notification] = []
    for sort in (_ideas, _answers, _comments, _polls, _betas, _quarters):
        found = sorted(sort(member), key=lambda row: row.created_at, reverse=True)
        rows += [row for row in found if demo.ago(days=360) < row.created_at <= demo.now][:EACH]
    rows.sort(key=lambda row: row.created_at, reverse=True)
    for position, row in enumerate(rows[:MOST]):
        row.member, row.mail = member, Rhythm.NEVER
        if position >= UNREAD:
            row.read_at = min(demo.now, row.created_at + timedelta(hours=demo.random.uniform(1, 30)))
    Notification.objects.bulk_create(rows[:MOST])


def _told(kind, topic, key, subject_type, subject_id, at, **payload) -> Notification:
    return Notification(
        kind=kind, topic=topic, dedupe_key=key, subject_type=subject_type, subject_id=subject_id, created_at=at,
        payload=payload,
    )  # fmt: skip


def _topic(idea: Idea, member) -> str:
    return Topic.MY_IDEA if idea.author_id == member.pk else Topic.FOLLOWED_IDEA


def _followed(member):
    return Idea.objects.followed_by(member).filter(visibility=Visibility.PUBLIC)


def _ideas(member) -> Iterator[Notification]:
    moves = IdeaMove.objects.filter(idea__in=_followed(member), undone_at__isnull=True, is_silent=False)
    for move in moves.exclude(to_state=State.MERGED).select_related("idea").order_by("-at")[:EACH]:
        payload = {"move": move.pk, "from": move.from_state, "to": move.to_state}
        topic = _topic(move.idea, member)
        yield _told("idea_moved", topic, f"move:{move.pk}", "idea", move.idea_id, move.at, **payload)


def _answers(member) -> Iterator[Notification]:
    answers = OfficialAnswer.objects.filter(idea__in=_followed(member), undone_at__isnull=True, is_silent=False)
    for answer in answers.select_related("idea").order_by("-at")[:3]:
        topic = _topic(answer.idea, member)
        key = f"answer:{answer.pk}"
        yield _told("idea_answered", topic, key, "idea", answer.idea_id, answer.at, answer=answer.pk)


def _comments(member) -> Iterator[Notification]:
    ideas = Idea.objects.filter(author=member, visibility=Visibility.PUBLIC, state__in=set(State) - {State.MERGED})
    comments = Comment.objects.filter(idea__in=ideas, visibility=Visibility.PUBLIC, is_internal=False)
    for comment in comments.exclude(author=member).order_by("-created_at")[:4]:
        topic = Topic.MY_IDEA if comment.is_official else Topic.REPLIES
        key = f"comment:{comment.pk}"
        yield _told("comment_posted", topic, key, "idea", comment.idea_id, comment.created_at, comment=comment.pk)


def _polls(member) -> Iterator[Notification]:
    for poll in Poll.objects.exclude(state__in=[PollState.DRAFT, PollState.SCHEDULED]):
        took_part = poll.participations.filter(member=member).exists()
        if poll.state == PollState.OPEN and audience_of(poll).filter(pk=member.pk).exists():
            yield _told("poll_opened", Topic.POLLS, f"poll_opened:{poll.pk}", "poll", poll.pk, poll.opens_at)
        if took_part and poll.state in (PollState.CLOSED, PollState.DECIDED):
            yield _told("poll_closed", Topic.POLLS, f"poll_closed:{poll.pk}", "poll", poll.pk, poll.closes_at)
        if took_part and poll.decided_at:
            yield _told("poll_decided", Topic.POLLS, f"poll_decided:{poll.pk}", "poll", poll.pk, poll.decided_at)


def _betas(member) -> Iterator[Notification]:
    for row in Enrolment.objects.filter(member=member).select_related("programme"):
        subject = ("programme", row.programme_id)
        if row.state in DECIDED:
            payload = {"enrolment": row.pk, "to": row.state}
            yield _told("enrolment_decided", Topic.BETAS, f"enrolment:{row.pk}", *subject, row.state_since, **payload)
        if row.agreed_at and row.programme.state == ProgrammeState.CLOSED:
            at = row.programme.closed_at
            yield _told("programme_closed", Topic.BETAS, f"programme:{row.programme_id}:closed", *subject, at)
    findings = Finding.objects.filter(enrolment__member=member).exclude(state=Review.NEW)
    for finding in findings.select_related("enrolment"):
        payload = {"finding": finding.pk, "to": finding.state}
        yield _told(
            "finding_reviewed", Topic.BETAS, f"finding:{finding.pk}", "programme", finding.programme_id,
            finding.state_since, **payload,
        )  # fmt: skip


def _quarters(member) -> Iterator[Notification]:
    for quarter in Quarter.objects.filter(state=QuarterState.PUBLISHED).defer("snapshot"):
        key = f"quarter:{quarter.pk}"
        yield _told("quarter_published", Topic.NEWS, key, "quarter", quarter.pk, quarter.published_at)
