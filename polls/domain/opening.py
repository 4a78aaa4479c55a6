"""Opening a poll: now, or at its hour. Its audience is counted then."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, require
from core.events import publish
from members.models import Member

from ..events import PollOpened, PollScheduled
from ..models import Option, Poll, Question
from ..permissions import can_run_polls
from ..states import Method, State
from .tallying import prepare

FEWEST = dict.fromkeys(Method, 2) | {Method.SCORE: 1}  # options: one thing alone can be scored
FEWEST_WORDS = {1: _("Write one option or more."), 2: _("Write two options or more.")}


def audience_of(poll: Poll):
    """The members invited: living, not of the bank's staff, of the kinds and segments chosen."""
    members = Member.objects.living().community().of_circle(poll.circle_id)
    if poll.kinds:
        members = members.filter(kind__in=poll.kinds)
    if poll.segments:
        members = members.filter(segment__in=poll.segments)
    if poll.min_account_days:
        opening = poll.opens_at or timezone.now()
        members = members.filter(date_joined__lte=opening - timedelta(days=poll.min_account_days))
    return members


def faults_of(poll: Poll, now: datetime | None = None) -> list[tuple[str, str]]:
    """What keeps the poll from opening, as (code, sentence). Nothing means it can."""
    now, faults = now or timezone.now(), []
    if poll.is_template:
        faults.append(("template", _("A template does not open: write a poll from it.")))
    questions = list(poll.questions.prefetch_related("options"))
    if not questions:
        faults.append(("too_few_options", _("Write two options or more.")))
    for question in questions:
        faults += _faults_of_question(question, list(question.options.all()))
    if len(questions) > 1 and any(not question.text for question in questions):
        faults.append(("question_without_text", _("In a poll of several questions each has its own words.")))
    if not poll.closes_at or poll.closes_at <= now:
        faults.append(("bad_dates", _("Set a close that is to come.")))
    if not audience_of(poll).exists():
        faults.append(("no_audience", _("No member is in this audience.")))
    return faults


def _faults_of_question(question: Question, options: list[Option]) -> list[tuple[str, str]]:
    faults = []
    if sum(not option.is_other for option in options) < FEWEST[question.method]:
        faults.append(("too_few_options", FEWEST_WORDS[FEWEST[question.method]]))
    if len({option.text.casefold() for option in options}) < len(options):
        faults.append(("same_options", _("Two options say the same.")))
    if question.method == Method.MULTIPLE and (question.max_choices or 0) > len(options):
        faults.append(("bad_maximum", _("More choices are allowed than there are options.")))
    return faults


def _checked(poll: Poll, by: Member, now: datetime) -> Poll:
    require(can_run_polls(by))
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    for code, sentence in faults_of(poll, now):
        raise Invalid(sentence, code=code)
    poll.audience_size = audience_of(poll).count()
    return poll


@transaction.atomic
def open_now(poll: Poll, *, by: Member) -> Poll:
    now = timezone.now()
    poll = _checked(poll, by, now)
    poll.move_to(State.OPEN, now)
    poll.set_dates(opens_at=now)
    poll.save(update_fields=["state", "opens_at", "joined_before", "audience_size"])
    prepare(poll)
    publish(PollOpened(poll_id=poll.pk), by=by)
    return poll


@transaction.atomic
def schedule(poll: Poll, *, by: Member) -> Poll:
    """Have the poll open at its hour by itself."""
    now = timezone.now()
    poll = _checked(poll, by, now)
    if not poll.opens_at or poll.opens_at <= now:
        raise Invalid(_("Set an opening that is to come, or open now."), code="bad_dates", field="opens_at")
    poll.move_to(State.SCHEDULED, now)
    poll.set_dates()
    poll.save(update_fields=["state", "joined_before", "audience_size"])
    prepare(poll)
    publish(PollScheduled(poll_id=poll.pk), by=by)
    return poll


@transaction.atomic
def unschedule(poll: Poll, *, by: Member) -> Poll:
    """Back to a draft, as long as the hour has not come."""
    require(can_run_polls(by))
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    poll.move_to(State.DRAFT, timezone.now())
    poll.save(update_fields=["state"])
    publish(PollScheduled(poll_id=poll.pk, back=True), by=by)
    return poll


def open_due(now: datetime | None = None) -> int:
    """Write down that polls whose hour has come are open, and say so once each; how many."""
    now, opened = now or timezone.now(), 0
    for pk in Poll.objects.due_to_open(now).values_list("pk", flat=True):
        with transaction.atomic():
            poll = Poll.objects.select_for_update().filter(pk=pk, state=State.SCHEDULED, opens_at__lte=now).first()
            if poll is None:
                continue
            poll.state = State.OPEN
            poll.audience_size = audience_of(poll).count()
            poll.save(update_fields=["state", "audience_size"])
            publish(PollOpened(poll_id=poll.pk))
            opened += 1
    return opened
