"""Where an idea belongs: its theme and its tags."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid

from ...domain.alerting_staff import filed_hear
from ...domain.filing import file_idea
from ...domain.following import ITS_AUTHOR, Audience
from ...domain.tagging import tag_idea
from ...models import Category, Idea, IdeaTag, Tag
from ...permissions import can_tag, can_triage
from ...states import Doing
from ..forms import FileForm, TagForm
from .base import NOBODY, Done, InBulk, Move, done_deed, named, optional_reason


def _theme(said: dict) -> None:
    if not said["category"]:
        raise Invalid(gettext("Choose a theme of the list."), code="unknown_category", field="category")


def _some_tag(said: dict) -> None:
    if not said["tags"]:
        raise Invalid(gettext("Choose one tag at least."), code="no_tag", field="tags")


def _theme_hears(ideas: Iterable[Idea], said: Mapping, by: Any) -> Audience:
    return filed_hear(ideas, named(said, "category", Category.objects.all(), "slug"), by=by)


def _file(idea: Idea, said: dict, by: Any) -> Done:
    _theme(said)
    told = FILE.told(idea, said, by)
    deed = file_idea(idea, said["category"], by=by, reason=said.get("reason", ""), silent=said.get("silent", False))
    words = gettext("“%(title)s” is in the theme %(theme)s.") % {"title": idea.title, "theme": said["category"].name}
    return done_deed(words, deed, told)


def _tag(idea: Idea, said: dict, by: Any) -> Done:
    """In bulk nothing is `shown` as set: the tags ticked are added to what each idea has."""
    shown = set(filter(None, (said.get("shown") or "").split(",")))
    wanted = list(said["tags"])
    gone = Tag.objects.filter(slug__in=shown - {tag.slug for tag in wanted})
    new = [tag for tag in wanted if tag.slug not in shown]
    deed = tag_idea(idea, add=new, remove=list(gone), by=by, reason=said.get("reason", ""))
    words = gettext("“%(title)s”: the tags are set.") if deed else gettext("“%(title)s” has these tags already.")
    return done_deed(words % {"title": idea.title}, deed)


def _tags_now(idea: Idea, user: Any, asked: Mapping) -> dict:
    if not asked:  # many ideas at once: what is ticked is added to each
        return {}
    links = IdeaTag.objects.filter(idea=idea, tag__is_active=True).values_list("tag__slug", flat=True)
    slugs = sorted(links)
    return {"tags": slugs, "shown": ",".join(slugs)}


FILE = Move(
    "file", "l", "layout-list", pgettext_lazy("desk", "Theme"), pgettext_lazy("desk", "Change the theme"),
    FileForm, can_triage, _file, tells=True,
    hears=_("its author, and the owner of the new theme"), allows=can_triage, telling=ITS_AUTHOR, counts=_theme_hears,
    check=optional_reason, undoable=True, bulk=InBulk(doing=Doing.CATEGORY, check=_theme),
    start=lambda idea, user, asked: {"category": idea.category.slug},
)  # fmt: skip
TAG = Move(
    "tag", "t", "tags", pgettext_lazy("desk", "Tag"), pgettext_lazy("desk", "Set the tags"),
    TagForm, can_tag, _tag, hears=NOBODY, allows=can_tag, check=optional_reason, undoable=True,
    bulk=InBulk(check=_some_tag), start=_tags_now,
)  # fmt: skip
