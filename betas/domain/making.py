"""Making a programme, from ideas of the members or from nothing, and changing what it says."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.shield import for_public, refuse_private
from ideas.models import Idea
from members.states import AgeBand, Segment
from members.states import Kind as MemberKind

from ..models import SEATS_MAX, TITLE_MAX, TITLE_MIN, Programme, ProgrammeIdea
from ..permissions import can_manage
from ..states import State
from .checking import check_text, in_house_language, lock
from .enrolling import offer_free_seats

PUBLIC_TEXTS = ("title", "summary", "intro", "audience", "platforms", "focus_title", "focus", "charter")
DATES = ("applications_until", "starts_on", "ends_on", "decision_on")
MAY_BE_NONE = (*DATES, "circle")
SETTINGS = ("seats", "has_waiting_list", "accepts_at_once", "feature_flag", "board_item_ref", "circle", *DATES)
ELIGIBLE = {"eligible_kinds": MemberKind, "eligible_segments": Segment, "eligible_ages": AgeBand}
FIELDS = (*PUBLIC_TEXTS, *SETTINGS, *ELIGIBLE)
CHARTER = _(
    "You test a version that is not finished, on your own account: start with small amounts. What you see stays between "
    "us until the release. You tell us what works and what does not, at least every two weeks. You may leave at any time, "
    "and it changes nothing for you at the bank. Your reports and screenshots are read by the team alone. Hide names "
    "and amounts before you send a picture."
)


def make_programme(*, by: Any, ideas: Iterable[Idea] = (), **fields: Any) -> Programme:
    """A draft that nobody but staff sees. The ideas it comes from stay where they are until it runs.

    Raises NotAllowed, Invalid, PrivateData.
    """
    require(can_manage(by))
    fields.setdefault("charter", in_house_language(CHARTER))
    fields["charter"] = fields["charter"] or in_house_language(CHARTER)
    programme = Programme(owner=by)
    _set(programme, {"title": "", "summary": "", "intro": ""} | fields)
    with transaction.atomic():
        programme.save()
        set_ideas(programme, ideas)
    return programme


def edit_programme(programme: Programme, *, by: Any, ideas: Iterable[Idea] | None = None, **fields: Any) -> Programme:
    """Change what it says. A new charter text is a new version; more seats are offered to the waiting list."""
    require(can_manage(by, programme))
    with transaction.atomic():
        programme = lock(programme)
        if programme.state in (State.CLOSED, State.ARCHIVED):
            raise DomainError(_("This programme is closed: it stays as it was."), code="beta_closed", status=409)
        charter, seats = programme.charter, programme.seats
        _set(programme, fields)
        if programme.seats < seats and programme.seats < programme.enrolments.holding_seats().count():
            raise Invalid(_("More testers than that hold a seat already."), code="too_few_seats", field="seats")
        if programme.charter != charter:
            programme.charter_version += 1
        programme.save(update_fields=[*FIELDS, "charter_version"])
        if ideas is not None:
            set_ideas(programme, ideas)
        if programme.seats > seats:
            offer_free_seats(programme, limit=programme.seats - seats, by=by)
    return programme


def set_ideas(programme: Programme, ideas: Iterable[Idea]) -> None:
    wanted = {idea.pk for idea in ideas}
    programme.idea_links.exclude(idea__in=wanted).delete()
    known = set(programme.idea_links.values_list("idea_id", flat=True))
    ProgrammeIdea.objects.bulk_create(ProgrammeIdea(programme=programme, idea_id=key) for key in sorted(wanted - known))


def _set(programme: Programme, fields: dict[str, Any]) -> None:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"no such field: {sorted(unknown)}")
    texts = {name: (fields[name] or "").strip() for name in PUBLIC_TEXTS if name in fields}
    refuse_private(**texts)
    for name, text in texts.items():
        longest = Programme._meta.get_field(name).max_length
        least = {"title": TITLE_MIN, "summary": 10, "intro": 10, "charter": 10}.get(name, 0)
        setattr(programme, name, for_public(check_text(text, field=name, shortest=least, longest=longest)))
    for name in SETTINGS:
        if name in fields:
            setattr(programme, name, fields[name] if fields[name] is not None or name in MAY_BE_NONE else "")
    for name, choices in ELIGIBLE.items():
        if name in fields:
            setattr(programme, name, [value for value in fields[name] or [] if value in choices.values])
    if len(programme.title) > TITLE_MAX:
        raise Invalid(_("This title is too long."), code="too_long", field="title")
    if not 1 <= int(programme.seats or 0) <= SEATS_MAX:
        raise Invalid(_("Give a number of seats from 1 to 5,000."), code="bad_seats", field="seats")
    if programme.starts_on and programme.ends_on and programme.ends_on < programme.starts_on:
        raise Invalid(_("The test ends before it starts."), code="bad_dates", field="ends_on")
