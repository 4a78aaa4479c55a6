"""Tags on ideas, and the list of tags itself."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, require
from core.events import publish
from core.shield import refuse_private

from ..events import IdeaTagged
from ..models import Deed, Idea, IdeaTag, Tag
from ..permissions import can_keep_tags, can_tag
from ..states import Doing
from .moving import lock
from .recording import check_note, record_deed, restores

TAGS_MAX = 12
NAME_MIN, NAME_MAX = 2, 40


def tag_idea(
    idea: Idea, *, add: Iterable[Tag] = (), remove: Iterable[Tag] = (), by: Any, reason: str = ""
) -> Deed | None:
    """Put tags on an idea and take others off; None where nothing changes. Nobody is told.

    Raises NotAllowed, Invalid (`tag_closed`, `too_many_tags`), PrivateData.
    """
    require(can_tag(by, idea))
    reason = check_note(reason)
    with transaction.atomic():
        idea = lock(idea)
        there = {link.tag_id: link.tag for link in IdeaTag.objects.filter(idea=idea).select_related("tag")}
        added = [tag for tag in add if tag.pk not in there]
        removed = [tag for tag in remove if tag.pk in there]
        if any(not tag.is_active for tag in added):
            raise Invalid(_("This tag is not in use any more. Choose another one."), code="tag_closed", field="tags")
        if len(there) + len(added) - len(removed) > TAGS_MAX:
            raise Invalid(_("An idea holds 12 tags at most."), code="too_many_tags", field="tags")
        if not added and not removed:
            return None
        _change(idea, [tag.pk for tag in added], [tag.pk for tag in removed], by)
        deed = record_deed(
            idea, Doing.TAGGED, lambda: _words(added, removed), by=by, reason=reason,
            added=[tag.pk for tag in added], removed=[tag.pk for tag in removed],
        )  # fmt: skip
        publish(IdeaTagged(idea.pk, deed.pk), by=by)
    return deed


def _change(idea: Idea, add: list[int], remove: list[int], by: Any) -> None:
    IdeaTag.objects.filter(idea=idea, tag_id__in=remove).delete()
    IdeaTag.objects.bulk_create([IdeaTag(idea=idea, tag_id=pk, by=by) for pk in add], ignore_conflicts=True)


def _words(added: list[Tag], removed: list[Tag]) -> str:
    parts = [f"+ {tag.name}" for tag in added] + [f"− {tag.name}" for tag in removed]
    return gettext("tags: %(changes)s") % {"changes": ", ".join(parts)}


@restores(Doing.TAGGED)
def _untag(idea: Idea, deed: Deed) -> None:
    known = Tag.objects.filter(pk__in=deed.before["removed"]).values_list("pk", flat=True)
    _change(idea, list(known), deed.before["added"], deed.by)


def keep_tag(
    tag: Tag | None = None, *, name_fr: str, name_en: str, by: Any, is_public: bool = False, is_active: bool = True
) -> Tag:
    """Make a tag, or change one; its address stays.

    Raises NotAllowed, Invalid (`too_short`, `too_long`, `tag_exists`), PrivateData.
    """
    require(can_keep_tags(by))
    tag = tag or Tag()
    names = check_names(tag, name_fr=name_fr, name_en=name_en)
    tag.name_fr, tag.name_en, tag.is_public, tag.is_active = *names.values(), is_public, is_active
    with transaction.atomic():
        tag.slug = tag.slug or free_slug(tag.name_fr)
        tag.save()
    return tag


def free_slug(name: str) -> str:
    stem = slugify(name)[:36] or "tag"
    taken = set(Tag.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, 999))) if slug not in taken)


def check_names(tag: Tag, *, name_fr: str, name_en: str) -> dict[str, str]:
    """The names as they will be kept. Raises Invalid (`too_short`, `too_long`, `tag_exists`), PrivateData."""
    names = {"name_fr": " ".join(name_fr.split()), "name_en": " ".join(name_en.split())}
    refuse_private(**names)
    for field, name in names.items():
        if len(name) < NAME_MIN:
            raise Invalid(_("Name the tag in both languages."), code="too_short", field=field)
        if len(name) > NAME_MAX:
            raise Invalid(_("A tag’s name holds 40 characters at most."), code="too_long", field=field)
        if Tag.objects.exclude(pk=tag.pk).filter(**{f"{field}__iexact": name}).exists():
            raise Invalid(_("There is a tag of this name already."), code="tag_exists", field=field)
    return names
