"""Writing a poll. At the first ballot its question, options, audience and method freeze."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.events import publish
from core.images import clean_image
from core.shield import refuse_private
from members.models import Circle, Member
from members.states import Kind, Segment

from ..events import PollCloseMoved, PollWritten
from ..models import Option, Poll, Question, VisualReaction, pack
from ..permissions import can_run_polls
from ..states import CHOICES, Method, ResultsPolicy, State
from .dating import require_near
from .filing import files_in_step, take_back
from .opening import FEWEST, FEWEST_WORDS, audience_of

MOST_OPTIONS, MOST_QUESTIONS = 12, 12
LONGEST_SIDE = 960  # of a picture, in pixels


class Frozen(DomainError):
    code, status = "poll_frozen", 409
    message = _("The first ballot is in: question, options, audience and method no longer change.")


class Promised(Frozen):
    """Someone may have the form before them that says so: their ballot must not be put in with their name."""

    message = _("The poll is open and said that nobody sees who chose what: it stays so.")


@transaction.atomic
def write_poll(
    poll: Poll | None = None,
    *,
    by: Member,
    title: str,
    questions: Iterable[Mapping[str, Any]],
    intro: str = "",
    kinds: Iterable[str] = (),
    segments: Iterable[str] = (),
    min_account_days: int = 0,
    results_policy: str = ResultsPolicy.AFTER_VOTE,
    confidential: bool = True,
    sealed: bool = False,
    consultation: bool = False,
    is_template: bool = False,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    circle: Circle | None = None,
) -> Poll:
    """Make a draft, or write one anew as long as nobody has voted, reacted or commented. Once open, confidential stays so.

    A question is {"id"?, "text"?, "method"?, "max_choices"?, "required"?, "shuffled"?, "ties"?, "blanks"?, "comments"?,
    "only_if"?, "image"?: upload, "drop_image"?, "image_alt"?, "options"}, and an option {"id"?, "key"?, "text", "description"?,
    "drawing"?, "is_other"?, "image"?, "drop_image"?}. Those that are not named are taken away. `only_if` lists options of
    earlier questions by id, or by the `key` they have in this call. Raises Frozen, PrivateData, and Invalid, whose `field` is
    `questions.0.options.1.text`, say.
    """
    require(can_run_polls(by))
    questions = [_tidy(question) for question in questions]
    _refuse_secrets(title, intro, questions)
    is_new = poll is None
    poll = lock_for_writing(poll) if poll else Poll(owner=by)
    require(confidential or not poll.confidential or poll.state_at(timezone.now()) != State.OPEN, Promised())
    poll.title, poll.intro = title.strip(), intro.strip()
    poll.slug = slugify(poll.title)[:80].strip("-") or "sondage"
    poll.audience_kinds = pack(code for code in kinds if code in Kind.values)
    poll.audience_segments = pack(code for code in segments if code in Segment.values)
    poll.min_account_days = min_account_days
    poll.results_policy, poll.confidential, poll.sealed = results_policy, confidential, sealed
    poll.consultation, poll.is_template, poll.circle = consultation, is_template, circle
    if poll.state != State.OPEN:
        poll.opens_at = opens_at
    poll.closes_at = closes_at
    check_fields(poll, exclude=["owner", "decided_by", "circle"])
    _check_dates(poll)
    poll.set_dates()
    if poll.state != State.DRAFT:
        poll.audience_size = audience_of(poll).count()
    poll.save()
    with files_in_step(poll):
        _write_questions(poll, questions)
    publish(PollWritten(poll_id=poll.pk, is_new=is_new), by=by)
    return poll


def _tidy(question: Mapping[str, Any]) -> dict[str, Any]:
    options = [dict(option) for option in question.get("options", ()) if str(option.get("text", "")).strip()]
    return dict(question) | {"options": options}


def lock_for_writing(poll: Poll) -> Poll:
    """The poll's row, held until the transaction ends. Raises Frozen once somebody has voted, or the poll is over."""
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    if poll.state in (State.CLOSED, State.DECIDED) or is_answered(poll):
        raise Frozen()
    return poll


def is_answered(poll: Poll) -> bool:
    """Whether members said anything in the poll: a ballot (of someone who left the Lab too), a reaction, a comment. One query."""
    said = (poll.participations, poll.ballots, poll.remarks, VisualReaction.objects.filter(question__poll=poll))
    return Poll.objects.filter(reduce(or_, (Exists(one.values("pk")) for one in said)), pk=poll.pk).exists()


def _refuse_secrets(title: str, intro: str, questions: list[dict]) -> None:
    texts = {"title": title, "intro": intro}
    for number, question in enumerate(questions):
        place = f"questions.{number}."
        texts |= {place + name: question.get(name) or "" for name in ("text", "image_alt")}
        for row, option in enumerate(question["options"]):
            texts |= {f"{place}options.{row}.{name}": option.get(name) or "" for name in ("text", "description")}
    refuse_private(**texts)


def check_fields(row: Any, exclude: list[str], place: str = "") -> None:
    """The limits stand on the model's fields; the first that is broken is the refusal."""
    try:
        row.clean_fields(exclude=exclude)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Invalid(messages[0], field=place + field) from error


def _check_dates(poll: Poll) -> None:
    require_near(poll.opens_at, "opens_at")
    require_near(poll.closes_at, "closes_at")
    if poll.opens_at and poll.closes_at and poll.closes_at <= poll.opens_at:
        raise Invalid(_("The close must come after the opening."), field="closes_at", code="bad_dates")
    if poll.state != State.DRAFT and not (poll.opens_at and poll.closes_at):
        raise Invalid(_("A poll that is announced keeps its dates."), field="closes_at", code="bad_dates")


def _write_questions(poll: Poll, given: list[dict]) -> None:
    try:
        _write_each(poll, given)
    except Exception:
        take_back(given)
        take_back(option for told in given for option in told["options"])
        raise


def _write_each(poll: Poll, given: list[dict]) -> None:
    if len(given) > MOST_QUESTIONS:
        raise Invalid(
            _("Twelve questions are the most a person answers."), field="questions", code="too_many_questions"
        )
    known = {question.public_id: question for question in poll.questions.prefetch_related("options")}
    names: dict[str, str] = {}  # what an “only if” may name so far: options' ids and keys of this call → ids
    kept = []
    for position, told in enumerate(given):
        place = f"questions.{position}."
        question = known.get(told.get("id") or "") or Question(poll=poll)
        _write_question(question, told, position, place, names)
        options = _write_options(question, told["options"], place)
        if question.method in CHOICES:
            names |= {option.public_id: option.public_id for option in options}
            pairs = zip(told["options"], options, strict=True)
            names |= {option["key"]: row.public_id for option, row in pairs if option.get("key")}
        kept.append(question.pk)
    poll.questions.exclude(pk__in=kept).delete()
    if poll.state != State.DRAFT:
        from .tallying import prepare

        prepare(poll)


def _write_question(question: Question, told: dict, position: int, place: str, names: dict[str, str]) -> None:
    question.position = position
    question.text = (told.get("text") or "").strip()
    question.method = told.get("method") or Method.SINGLE
    question.max_choices = told.get("max_choices") if question.method == Method.MULTIPLE else None
    question.required = told.get("required", True)
    question.shuffled = told.get("shuffled", True)
    question.ties = told.get("ties", False) and question.method == Method.RANKING
    question.blanks = told.get("blanks", False) and question.method in (Method.RANKING, Method.SCORE)
    question.comments = told.get("comments", False)
    question.image_alt = (told.get("image_alt") or "").strip()
    wanted = [name for name in told.get("only_if") or () if name]
    if any(name not in names for name in wanted):
        raise Invalid(
            _("“Only if” asks about an option of an earlier question with choices."),
            field=place + "only_if", code="bad_condition",
        )  # fmt: skip
    question.only_if = " ".join(dict.fromkeys(names[name] for name in wanted))
    _take_image(question, told, place)
    if question.image:
        require_words(question.image_alt, place)
    check_fields(question, exclude=["poll", "image"], place=place)
    question.save()


def require_words(alt: str, place: str = "") -> None:
    """A picture that says something is put in words too."""
    if not alt.strip():
        raise Invalid(
            _("Say in a few words what the picture shows, for those who do not see it."),
            field=place + "image_alt", code="no_alternative_text",
        )  # fmt: skip


def _take_image(row: Any, told: dict, place: str) -> None:
    if told.get("drop_image"):
        row.image = ""
    if told.get("image"):
        row.image = clean_image(told["image"], field=place + "image", longest=LONGEST_SIDE)
        told["filed"] = row.image.name


def _write_options(question: Question, options: list[dict], place: str) -> list[Option]:
    if len(options) > MOST_OPTIONS:
        raise Invalid(
            _("Twelve options are the most a person can weigh."), field=place + "options", code="too_many_options"
        )
    fewest = FEWEST[question.method]
    if question.poll.state != State.DRAFT and len(options) < fewest:
        raise Invalid(FEWEST_WORDS[fewest], field=place + "options", code="too_few_options")
    if sum(bool(option.get("is_other")) for option in options) > 1:
        raise Invalid(_("One option only can be “other”."), field=place + "options", code="two_others")
    options.sort(key=lambda option: bool(option.get("is_other")))  # in words of one's own comes last
    known = {option.public_id: option for option in question.options.all()}
    written = []
    for position, given in enumerate(options):
        option = known.get(given.get("id") or "") or Option(question=question)
        option.position = position
        option.text = given["text"].strip()
        option.description = (given.get("description") or "").strip()
        option.drawing = given.get("drawing") or ""
        option.is_other = bool(given.get("is_other"))
        _take_image(option, given, f"{place}options.{position}.")
        check_fields(option, exclude=["question", "image"], place=f"{place}options.{position}.")
        option.save()
        written.append(option)
    question.options.exclude(pk__in=[option.pk for option in written]).delete()
    return written


@transaction.atomic
def move_close(poll: Poll, *, closes_at: datetime, by: Member, now: datetime) -> Poll:
    """Put the close of an open poll later, or sooner: the one thing that still moves after the first ballot."""
    require(can_run_polls(by))
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    if poll.state_at(now) != State.OPEN:
        raise Frozen()
    if closes_at <= now:
        raise Invalid(_("Choose a moment to come."), field="closes_at", code="bad_dates")
    require_near(closes_at, "closes_at")
    poll.closes_at = closes_at
    poll.save(update_fields=["closes_at"])
    publish(PollCloseMoved(poll_id=poll.pk, closes_at=closes_at.isoformat()), by=by)
    return poll
