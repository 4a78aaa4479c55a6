"""Writing a poll. At the first ballot its question, options, audience and method freeze."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.events import publish
from core.images import clean_image
from core.shield import refuse_private
from members.models import Circle, Member
from members.states import Kind, Segment

from ..events import PollCloseMoved, PollWritten
from ..models import Option, Poll, Question, pack
from ..permissions import can_run_polls
from ..states import Method, ResultsPolicy, State
from .opening import audience_of

FEWEST_OPTIONS, MOST_OPTIONS = 2, 12


class Frozen(DomainError):
    code, status = "poll_frozen", 409
    message = _("The first ballot is in: question, options, audience and method no longer change.")


@transaction.atomic
def write_poll(
    poll: Poll | None = None,
    *,
    by: Member,
    title: str,
    options: Iterable[Mapping[str, Any]],
    intro: str = "",
    method: str = Method.SINGLE,
    max_choices: int | None = None,
    kinds: Iterable[str] = (),
    segments: Iterable[str] = (),
    results_policy: str = ResultsPolicy.AFTER_VOTE,
    sealed: bool = False,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    circle: Circle | None = None,
) -> Poll:
    """Make a draft, or write one anew as long as nobody has voted.

    An option is {"id"?, "text", "description"?, "drawing"?, "image"?: upload, "drop_image"?: bool}; those not named are
    taken away. Raises Frozen, Invalid, PrivateData.
    """
    require(can_run_polls(by))
    options = [dict(option) for option in options if str(option.get("text", "")).strip()]
    _refuse_secrets(title, intro, options)
    poll = _locked(poll, by)
    poll.title, poll.intro = title.strip(), intro.strip()
    poll.slug = slugify(poll.title)[:80].strip("-") or "sondage"
    poll.audience_kinds = pack(code for code in kinds if code in Kind.values)
    poll.audience_segments = pack(code for code in segments if code in Segment.values)
    poll.results_policy, poll.sealed = results_policy, sealed
    poll.circle = circle
    if poll.state != State.OPEN:
        poll.opens_at = opens_at
    poll.closes_at = closes_at
    _check_fields(poll, exclude=["owner", "decided_by", "circle"])
    _check_dates(poll)
    if poll.state != State.DRAFT:
        poll.audience_size = audience_of(poll).count()
    poll.save()
    question = poll.questions.first() or Question(poll=poll)
    question.method = method
    question.max_choices = max_choices if method == Method.MULTIPLE else None
    _check_fields(question, exclude=["poll"])
    question.save()
    _write_options(question, options)
    publish(PollWritten(poll_id=poll.pk), by=by)
    return poll


def _locked(poll: Poll | None, by: Member) -> Poll:
    if poll is None:
        return Poll(owner=by)
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    if poll.participations.exists() or poll.state in (State.CLOSED, State.DECIDED):
        raise Frozen()
    return poll


def _refuse_secrets(title: str, intro: str, options: list[dict]) -> None:
    texts = {"title": title, "intro": intro}
    for number, option in enumerate(options):
        texts[f"options.{number}.text"] = option["text"]
        texts[f"options.{number}.description"] = option.get("description", "")
    refuse_private(**texts)


def _check_fields(row: Any, exclude: list[str], place: str = "") -> None:
    """The limits stand on the model's fields; the first that is broken is the refusal."""
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=place + field) from error


def _check_dates(poll: Poll) -> None:
    if poll.opens_at and poll.closes_at and poll.closes_at <= poll.opens_at:
        raise Invalid(_("The close must come after the opening."), field="closes_at", code="bad_dates")
    if poll.state != State.DRAFT and not (poll.opens_at and poll.closes_at):
        raise Invalid(_("A poll that is announced keeps its dates."), field="closes_at", code="bad_dates")


def _write_options(question: Question, options: list[dict]) -> None:
    if len(options) > MOST_OPTIONS:
        raise Invalid(_("Twelve options are the most a person can weigh."), field="options", code="too_many_options")
    if question.poll.state != State.DRAFT and len(options) < FEWEST_OPTIONS:
        raise Invalid(_("A poll needs two options or more."), field="options", code="too_few_options")
    known = {option.public_id: option for option in question.options.all()}
    kept = []
    for position, given in enumerate(options):
        option = known.get(given.get("id") or "") or Option(question=question)
        option.position = position
        option.text = given["text"].strip()
        option.description = (given.get("description") or "").strip()
        option.drawing = given.get("drawing") or ""
        if given.get("drop_image"):
            option.image = ""
        if given.get("image"):
            option.image = clean_image(given["image"], field=f"options.{position}.image", longest=960)
        _check_fields(option, exclude=["question", "image"], place=f"options.{position}.")
        option.save()
        kept.append(option.pk)
    question.options.exclude(pk__in=kept).delete()
    if question.poll.state != State.DRAFT:
        from .tallying import prepare

        prepare(question.poll)


@transaction.atomic
def move_close(poll: Poll, *, closes_at: datetime, by: Member, now: datetime) -> Poll:
    """Put the close of an open poll later, or sooner: the one thing that still moves after the first ballot."""
    require(can_run_polls(by))
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    if poll.state_at(now) != State.OPEN:
        raise Frozen()
    if closes_at <= now:
        raise Invalid(_("Choose a moment to come."), field="closes_at", code="bad_dates")
    poll.closes_at = closes_at
    poll.save(update_fields=["closes_at"])
    publish(PollCloseMoved(poll_id=poll.pk, closes_at=closes_at.isoformat()), by=by)
    return poll
