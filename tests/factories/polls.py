"""Polls as plain factories: `an_open_poll()`, `a_closed_poll()`, `votes(poll, "A", customers=8)`."""

from datetime import timedelta
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from members.models import Member
from polls.domain.closing import close
from polls.domain.deciding import decide
from polls.domain.opening import open_now
from polls.domain.remarking import remark_on
from polls.domain.voting import cast_ballot
from polls.domain.writing import write_poll
from polls.models import Option, Poll, Question
from tests.factories.members import a_member, a_product_owner

OPTIONS = ("80 € en espèces", "Un an de frais offerts", "Un livret boosté à 4 %")


def a_draft(*, by: Member | None = None, options=OPTIONS, **fields) -> Poll:
    fields.setdefault("title", "Quel cadeau vous ferait vraiment plaisir ?")
    fields.setdefault("closes_at", timezone.now() + timedelta(days=6))
    questions = fields.pop("questions", None) or [a_question(options=options, **_of_question(fields))]
    return write_poll(by=by or a_product_owner(), questions=questions, **fields)


def a_question(options=OPTIONS, **told) -> dict:
    """A question as `write_poll` takes it; in the written order unless told otherwise, so that tests can count."""
    rows = [option if isinstance(option, dict) else {"text": option} for option in options]
    return {"shuffled": False} | told | {"options": rows}


def _of_question(fields: dict) -> dict:
    names = ("method", "max_choices", "required", "shuffled", "ties", "blanks", "comments")
    return {name: fields.pop(name) for name in names if name in fields}


def an_open_poll(*, by: Member | None = None, **fields) -> Poll:
    by = by or a_product_owner()
    if not Member.objects.living().community().exists():
        a_member()
    return open_now(a_draft(by=by, **fields), by=by)


def a_closed_poll(*, by: Member | None = None, **fields) -> Poll:
    by = by or a_product_owner()
    return close(an_open_poll(by=by, **fields), by=by)


def a_decided_poll(*, by: Member | None = None, **fields) -> Poll:
    by = by or a_product_owner()
    return decide(a_closed_poll(by=by, **fields), "Nous lançons les frais offerts au printemps.", by=by)


def options_of(poll: Poll) -> list[str]:
    """The options' public ids, in the poll's order."""
    found = Option.objects.filter(question__poll=poll).order_by("question__position", "position")
    return list(found.values_list("public_id", flat=True))


def votes(poll: Poll, option: int, *, customers: int = 0, prospects: int = 0, **fields) -> list[Member]:
    """So many new members choose the option at this place."""
    chosen = options_of(poll)[option]
    voters = [a_member(kind="customer", **fields) for _ in range(customers)]
    voters += [a_member(kind="prospect", **fields) for _ in range(prospects)]
    for voter in voters:
        cast_ballot(poll.public_id, [chosen], by=voter)
    return voters


def a_picture() -> SimpleUploadedFile:
    """A small picture, as a product owner sends it."""
    held = BytesIO()
    Image.new("RGB", (12, 9), "#2d37a8").save(held, "PNG")
    return SimpleUploadedFile("visuel.png", held.getvalue(), "image/png")


def a_consultation(*, visuals: int = 2, by: Member | None = None, is_open: bool = True, **fields) -> Poll:
    """A consultation with so many visuals, each with a question of its own."""
    fields.setdefault("title", "Que pensez-vous de cette campagne ?")
    questions = [
        a_question(
            ("Oui", "Non"), text=f"L’affiche {number} est-elle claire ?", image=a_picture(),
            image_alt=f"Affiche {number} : un phare la nuit",
        )
        for number in range(1, visuals + 1)
    ]  # fmt: skip
    make = an_open_poll if is_open else a_draft
    return make(by=by, consultation=True, questions=questions, **fields)


def visuals_of(poll: Poll) -> list[str]:
    """The visuals' public ids, in the poll's order."""
    return list(Question.objects.filter(poll=poll).exclude(image="").values_list("public_id", flat=True))


def a_remark(
    poll: Poll | None = None,
    *,
    by: Member | None = None,
    body: str = "L’affiche est belle, mais on ne lit pas le taux.",
):
    return remark_on(poll or a_consultation(), body=body, by=by or a_member())
