"""Filing an idea under another theme: its author is told where it went, and the theme's owner that it came."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, require
from core.events import publish

from ..events import IdeaFiled
from ..models import Category, Deed, Idea
from ..permissions import can_triage
from ..states import Doing
from .moving import changed_since, lock
from .recording import check_note, record_deed, restores


def file_idea(idea: Idea, category: Category, *, by: Any, reason: str = "", silent: bool = False) -> Deed:
    """Change the theme. The reason goes to the author, who hears of it unless `silent`.

    Raises NotAllowed, Invalid (`category_closed`), `same_category` (409), PrivateData.
    """
    require(can_triage(by, idea))
    reason = check_note(reason)
    if not category.is_active:
        raise Invalid(_("This theme is closed. Choose another one."), code="category_closed", field="category")
    with transaction.atomic():
        idea = lock(idea)
        before = idea.category
        if before == category:
            raise DomainError(
                _("The idea is in this theme already."), code="same_category", status=409, field="category"
            )
        idea.category = category
        idea.save(update_fields=["category"])
        deed = record_deed(
            idea, Doing.CATEGORY,
            lambda: gettext("theme: %(before)s → %(after)s") % {"before": before.name, "after": category.name},
            by=by, reason=reason, silent=silent, category=before.pk, after=category.pk,
        )  # fmt: skip
        publish(IdeaFiled(idea.pk, deed.pk, category.pk, is_silent=silent), by=by)
    return deed


@restores(Doing.CATEGORY)
def _file_back(idea: Idea, deed: Deed) -> None:
    if idea.category_id != deed.before["after"]:
        raise changed_since()
    idea.category_id = deed.before["category"]
    idea.save(update_fields=["category"])
