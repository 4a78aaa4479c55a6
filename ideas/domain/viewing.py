"""Named views of the queue: one's own to write, the team's to read."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotFound, require
from core.shield import refuse_private

from ..models import VIEW_NAME_MAX, VIEWS_MAX, SavedView
from ..permissions import can_open_desk
from ..queueing import known_views
from ..queueing.asked import tidy


def views_of(user: Any) -> QuerySet:
    """One's own in one's order, then those that colleagues share."""
    mine = Q(owner_id=user.pk)
    rows = SavedView.objects.filter(mine | Q(is_shared=True, owner__is_active=True)).select_related("owner")
    return rows.annotate(is_mine=mine).order_by("-is_mine", "position", "id").defer("owner__password")


def find_view(public_id: str, *, user: Any) -> SavedView:
    view = views_of(user).filter(public_id=public_id).first()
    require(view is not None, NotFound())
    return view


@transaction.atomic
def save_view(
    name: str, choice: Mapping[str, str], *, by: Any, is_default: bool = False, is_shared: bool = False
) -> SavedView:
    """Keep a choice of the queue under a name. Raises NotAllowed, Invalid, PrivateData, `too_many_views`, `name_taken` (409)."""
    require(can_open_desk(by))
    mine = SavedView.objects.select_for_update().filter(owner=by)
    if mine.count() >= VIEWS_MAX:
        sentence = _("You have thirty views. Delete one before you add another.")
        raise DomainError(sentence, code="too_many_views", status=409)
    choice = tidy(choice)
    refuse_private(q=choice["q"])
    view = SavedView(
        owner=by, name=_checked(name, by), choice=choice, is_shared=is_shared,
        position=(mine.aggregate(last=Max("position"))["last"] or 0) + 1,
    )  # fmt: skip
    view.save()
    return make_default(view, by=by) if is_default else view


@transaction.atomic
def change_view(
    view: SavedView,
    *,
    by: Any,
    name: str | None = None,
    choice: Mapping[str, str] | None = None,
    is_shared: bool | None = None,
) -> SavedView:
    """Rename one's view, give it other filters, share it or keep it to oneself again."""
    view = _own(view, by)
    if name is not None:
        view.name = _checked(name, by, but=view)
    if choice is not None:
        view.choice = tidy(choice)
        refuse_private(q=view.choice["q"])
    if is_shared is not None:
        view.is_shared = is_shared
    view.save(update_fields=["name", "choice", "is_shared"])
    return view


@transaction.atomic
def make_default(view: SavedView, *, by: Any, on: bool = True) -> SavedView:
    """The view that the desk opens with, one at most; `on=False` opens with the whole queue again."""
    view = _own(view, by)
    SavedView.objects.filter(owner=by, is_default=True).update(is_default=False)
    view.is_default = on
    view.save(update_fields=["is_default"])
    return view


@transaction.atomic
def shift_view(view: SavedView, *, by: Any, step: int) -> SavedView:
    """One place to the front (-1) or to the back (+1) among one's own; at the end nothing moves."""
    view = _own(view, by)
    rows = list(SavedView.objects.filter(owner=by).order_by("position", "id"))
    here = next(place for place, row in enumerate(rows) if row.pk == view.pk)
    there = min(max(here + (1 if step > 0 else -1), 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    for place, row in enumerate(rows, 1):
        row.position = place
    SavedView.objects.bulk_update(rows, ["position"])
    return rows[there]


@transaction.atomic
def delete_view(view: SavedView, *, by: Any) -> None:
    _own(view, by).delete()
    SavedView.objects.filter(owner=by, position__gt=view.position).update(position=F("position") - 1)


def _own(view: SavedView, by: Any) -> SavedView:
    """Locked, and one's own: a colleague's shared view is read, not written."""
    require(can_open_desk(by))
    row = SavedView.objects.select_for_update().filter(pk=view.pk).first()
    require(row is not None and (row.is_shared or row.owner_id == by.pk), NotFound())
    require(row.owner_id == by.pk)
    return row


def _checked(name: str, by: Any, but: SavedView | None = None) -> str:
    name = " ".join(name.replace("\x00", "").split())
    if not name:
        raise Invalid(_("Give the view a name."), code="too_short", field="name")
    if len(name) > VIEW_NAME_MAX:
        raise Invalid(_("The name holds 60 characters at most."), code="too_long", field="name")
    refuse_private(name=name)
    taken = SavedView.objects.filter(owner=by, name__iexact=name).exclude(pk=but.pk if but else None).exists()
    if taken or name.casefold() in {str(view.label).casefold() for view in known_views().values()}:
        raise DomainError(_("A view has this name already."), code="name_taken", status=409, field="name")
    return name
