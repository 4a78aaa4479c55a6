"""Polls as plain factories: `an_open_poll()`, `a_closed_poll()`, `votes(poll, "A", customers=8)`."""

from datetime import timedelta

from django.utils import timezone

from members.models import Member
from polls.domain.closing import close
from polls.domain.deciding import decide
from polls.domain.opening import open_now
from polls.domain.voting import cast_ballot
from polls.domain.writing import write_poll
from polls.models import Option, Poll
from tests.factories.members import a_member, a_product_owner

OPTIONS = ("80 € en espèces", "Un an de frais offerts", "Un livret boosté à 4 %")


def a_draft(*, by: Member | None = None, options=OPTIONS, **fields) -> Poll:
    fields.setdefault("title", "Quel cadeau vous ferait vraiment plaisir ?")
    fields.setdefault("closes_at", timezone.now() + timedelta(days=6))
    rows = [option if isinstance(option, dict) else {"text": option} for option in options]
    return write_poll(by=by or a_product_owner(), options=rows, **fields)


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
