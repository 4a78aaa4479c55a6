"""A poll written from another, from a template of the studio, or from one that ships. Never dates, ballots or a decision."""

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import get_language

from core.errors import NotFound, require
from members.models import Member

from ..models import Option, Poll, Question
from ..permissions import can_run_polls
from ..templates_that_ship import shipped_in
from .filing import files_of, let_go
from .writing import write_poll

ASKED = ("text", "method", "max_choices", "required", "shuffled", "ties", "blanks", "comments", "image_alt")


@transaction.atomic
def duplicate(poll: Poll, *, by: Member, as_template: bool = False) -> Poll:
    """A draft (or a template) that asks the same of the same people; pictures are copied, so that none is shared."""
    require(can_run_polls(by))
    questions = list(poll.questions.prefetch_related("options"))
    circle = poll.circle if poll.circle and poll.circle.closed_at is None else None
    copy = write_poll(
        None, by=by, title=poll.title, intro=poll.intro, kinds=poll.kinds, segments=poll.segments, circle=circle,
        min_account_days=poll.min_account_days, results_policy=poll.results_policy, confidential=poll.confidential,
        sealed=poll.sealed, consultation=poll.consultation, is_template=as_template,
        questions=[_told(question) for question in questions],
    )  # fmt: skip
    for old, new in zip(questions, copy.questions.prefetch_related("options"), strict=True):
        _copy_picture(old, new)
        for option, written in zip(_in_order(old), new.options.all(), strict=True):
            _copy_picture(option, written)
    return copy


def _in_order(question: Question) -> list[Option]:
    """As `write_poll` puts them: “other” last."""
    return sorted(question.options.all(), key=lambda option: option.is_other)


def _told(question: Question) -> dict:
    options = [
        {
            "key": option.public_id, "text": option.text, "description": option.description, "drawing": option.drawing,
            "is_other": option.is_other,
        }
        for option in _in_order(question)
    ]  # fmt: skip
    return {name: getattr(question, name) for name in ASKED} | {"only_if": question.conditions, "options": options}


def _copy_picture(old: Question | Option, new: Question | Option) -> None:
    if not old.image:
        return
    try:
        with old.image.open("rb") as file:
            content = ContentFile(file.read())
    except FileNotFoundError:  # the copy has none rather than half of one
        return
    new.image.save(old.image.name.rpartition("/")[2], content)


@transaction.atomic
def keep_as_template(poll: Poll, *, by: Member) -> Poll:
    """Keep what was asked, to be asked again. The poll itself stays as it is."""
    return duplicate(poll, by=by, as_template=True)


@transaction.atomic
def drop_template(poll: Poll, *, by: Member) -> None:
    """Take a template of the studio away. Only a template goes: it never had a ballot."""
    require(can_run_polls(by))
    files = files_of(poll)
    gone, _rows = Poll.objects.templates().filter(pk=poll.pk).delete()
    require(bool(gone), NotFound())
    let_go(files)


def write_from_template(key: str, *, by: Member) -> Poll:
    """A draft from a template by its key: the id of one the studio keeps, or the name of one that ships."""
    require(can_run_polls(by))
    kept = Poll.objects.templates().filter(public_id=key).first() if "\x00" not in key else None
    return duplicate(kept, by=by) if kept else write_from_shipped(key, by=by)


def write_from_shipped(key: str, *, by: Member) -> Poll:
    """A draft from a template that ships with the lab, in the writer's language."""
    require(can_run_polls(by))
    found = shipped_in(get_language() or "fr").get(key)
    require(found is not None, NotFound())
    return write_poll(None, by=by, **found.poll)
