"""Changing one's idea until staff take it up. Every text is kept as a version, the first one too."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, NotAllowed, NotFound, NotSignedIn, require
from core.events import publish
from core.judging import judge
from core.language import language_of
from core.shield import for_public, refuse_private
from members.permissions import require_taking_part

from ..events import IdeaEdited
from ..models import Category, Idea, IdeaImage, IdeaVersion, PendingPicture
from ..permissions import can_see, closed_to_edits, is_signed_in
from ..states import Doing, Visibility
from .moderating import hold
from .moving import lock
from .picturing import ALT_MAX, publish_picture, require_so_many, require_words, take_away
from .posting import check_lengths, require_open_category

Pictures = Sequence[tuple[IdeaImage | PendingPicture, str]]


def edit_idea(
    idea: Idea,
    *,
    by: Any,
    title: str | None = None,
    body: str | None = None,
    category: Category | None = None,
    pictures: Pictures | None = None,
) -> Idea:
    """Change one's idea until staff take it up; what is None stays. `pictures` are all it will have, each with its description.

    What changes nothing writes nothing. Raises NotFound, NotAllowed, `already_taken_up`, `theme_set_by_staff` (409), Invalid,
    PrivateData.
    """  # fmt: skip
    require(is_signed_in(by), NotSignedIn())
    require(can_see(by, idea), NotFound())
    require(idea.author_id == by.pk, NotAllowed(_("Only its author can change an idea.")))
    require_taking_part(by)
    with transaction.atomic():
        lock(idea)
        idea = Idea.objects.with_edit_facts().get(pk=idea.pk)  # only now: what came while we waited counts
        if closed := closed_to_edits(idea):
            raise DomainError(closed, code="already_taken_up", status=409)
        title = idea.title if title is None else " ".join(title.split())
        body = idea.body if body is None else body.strip()
        check_lengths(title, body)
        alts = "\n".join(alt for _picture, alt in pictures or ())
        refuse_private(title=title, body=body, images=alts)
        require_so_many(len(pictures or ()))
        require_words([alt for _picture, alt in pictures or ()])  # of an old one too: this is when it can be told
        if category and category.pk != idea.category_id:
            require_own_theme(idea)
            require_open_category(category)
        before = _said(idea)
        was = idea.visibility
        is_judged = was in (Visibility.PUBLIC, Visibility.HELD)
        rulings = judge("idea", by=by, pk=idea.pk, title=title, body=body, alts=alts) if is_judged else ()
        idea.title, idea.body, idea.category = for_public(title), for_public(body), category or idea.category
        redrawn = pictures is not None and _redraw(idea, pictures)
        if redrawn or _said(idea) != before:
            _keep_versions(idea, before)
            if rulings:
                idea.visibility = Visibility.HELD
                idea.save(update_fields=["visibility"])
                hold("idea", idea, rulings, before=str(was))
            publish(IdeaEdited(idea_id=idea.pk), by=by)
    return idea


def require_own_theme(idea: Idea) -> None:
    """Where the bank has filed the idea, it stays: its author would undo that without a word."""
    if idea.deeds.filter(kind=Doing.CATEGORY, undone_at__isnull=True).exists():
        raise DomainError(
            _("We have filed your idea under “%(theme)s”: it stays there. Choose that theme again to keep your other changes.")
            % {"theme": idea.category.name},
            code="theme_set_by_staff", status=409, field="category",
        )  # fmt: skip


def _said(idea: Idea) -> dict:
    """What a version keeps of the idea as it is."""
    return {
        "title": idea.title, "body": idea.body, "category_id": idea.category_id, "language": idea.language,
        "alts": list(idea.images.values_list("alt", flat=True)),
    }  # fmt: skip


def _keep_versions(idea: Idea, before: dict) -> None:
    """The text replaced and the new one. The first change writes the first version as well."""
    now = timezone.now()
    is_shown = idea.visibility == Visibility.PUBLIC
    last = idea.versions.order_by("-number").first()
    if last is None:
        last = IdeaVersion.objects.create(idea=idea, number=1, at=idea.created_at, is_shown=is_shown, **before)
    elif last.is_shown != is_shown:
        last.is_shown = is_shown
        last.save(update_fields=["is_shown"])
    idea.language = language_of(f"{idea.title}\n{idea.body}", idea.language)
    idea.edited_at = now
    idea.save(update_fields=["title", "body", "category", "language", "edited_at"])
    IdeaVersion.objects.create(idea=idea, number=last.number + 1, at=now, **_said(idea))


def _redraw(idea: Idea, wanted: Pictures) -> bool:
    """Make the idea's pictures those wanted, in that order. Whether anything changed."""
    kept = {picture.pk for picture, _alt in wanted if isinstance(picture, IdeaImage)}
    changed = False
    for picture in idea.images.exclude(pk__in=kept):
        take_away(picture)
        changed = True
    for position, (picture, alt) in enumerate(wanted):
        alt = for_public(alt.strip())[:ALT_MAX]
        if isinstance(picture, PendingPicture):
            publish_picture(idea, picture, alt=alt, position=position)
        elif (picture.alt, picture.position) != (alt, position) and picture.idea_id == idea.pk:
            IdeaImage.objects.filter(pk=picture.pk).update(alt=alt, position=position)
        else:
            continue
        changed = True
    return changed
