"""Pictures of a poll one by one, for who does not write it whole: the visual of a question, the picture of an option.

The same rules as in `write_poll`: until the first ballot, decoded and made anew, a visual never without words for who does not
see it.
"""

from typing import Any

from django.db import transaction

from core.errors import NotFound, require
from core.events import publish
from core.images import clean_image
from core.shield import refuse_private
from members.models import Member

from ..events import PollWritten
from ..models import Option, Poll, Question
from ..permissions import can_run_polls
from .filing import let_go
from .writing import LONGEST_SIDE, check_fields, lock_for_writing, require_words

SIZE = ("image_width", "image_height")  # kept with each picture


def put_visual(poll: Poll, question_id: str, upload: Any, *, alt: str, by: Member) -> Question:
    """Show a picture above the question, or another one than before. `alt` says what it shows.

    Raises NotAllowed, NotFound, Frozen, PrivateData, Invalid (`no_alternative_text`, `not_an_image`, `image_too_large`).
    """
    require(can_run_polls(by))
    refuse_private(image_alt=alt)
    require_words(alt)
    image = clean_image(upload, longest=LONGEST_SIDE)  # before the lock: decoding takes its time
    with transaction.atomic():
        question = _in(Question.objects.filter(poll=lock_for_writing(poll)), question_id)
        before = question.image.name
        question.image, question.image_alt = image, alt.strip()
        check_fields(question, exclude=["poll", "image"])
        let_go([before])
        question.save(update_fields=["image", "image_alt", *SIZE])
        publish(PollWritten(poll_id=poll.pk), by=by)
    return question


def put_picture(poll: Poll, option_id: str, upload: Any, *, by: Member) -> Option:
    """Show a picture beside an option, which its text describes. Raises as `put_visual`."""
    require(can_run_polls(by))
    image = clean_image(upload, longest=LONGEST_SIDE)
    with transaction.atomic():
        option = _in(Option.objects.filter(question__poll=lock_for_writing(poll)), option_id)
        let_go([option.image.name])
        option.image = image
        option.save(update_fields=["image", *SIZE])
        publish(PollWritten(poll_id=poll.pk), by=by)
    return option


@transaction.atomic
def drop_visual(poll: Poll, question_id: str, *, by: Member) -> None:
    """Take the picture away, with the words that stood for it; again changes nothing. Raises NotAllowed, NotFound, Frozen."""
    require(can_run_polls(by))
    question = _in(Question.objects.filter(poll=lock_for_writing(poll)), question_id)
    if question.image or question.image_alt:
        let_go([question.image.name])
        question.image, question.image_alt = "", ""
        question.save(update_fields=["image", "image_alt", *SIZE])
        publish(PollWritten(poll_id=poll.pk), by=by)


@transaction.atomic
def drop_picture(poll: Poll, option_id: str, *, by: Member) -> None:
    """Take the picture away; again changes nothing. Raises NotAllowed, NotFound, Frozen."""
    require(can_run_polls(by))
    option = _in(Option.objects.filter(question__poll=lock_for_writing(poll)), option_id)
    if option.image:
        let_go([option.image.name])
        option.image = ""
        option.save(update_fields=["image", *SIZE])
        publish(PollWritten(poll_id=poll.pk), by=by)


def _in(rows: Any, public_id: str) -> Any:
    row = rows.filter(public_id=public_id).first() if "\x00" not in public_id else None
    require(row is not None, NotFound())
    return row
