"""Posting an idea, editing it until staff take it up, and commenting."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid, NotAllowed, NotFound, NotSignedIn, require
from core.events import publish
from core.judging import judge
from core.shield import for_public, refuse_private
from members.domain.circling import circle_to_write_in
from members.models import Circle
from members.permissions import require_taking_part

from ..events import CommentPosted, IdeaEdited, IdeaPosted
from ..models import (
    BODY_MAX,
    BODY_MIN,
    COMMENT_MAX,
    COMMENT_MIN,
    TITLE_MAX,
    TITLE_MIN,
    Category,
    Challenge,
    Comment,
    Idea,
)
from ..permissions import can_edit, can_note, can_see, is_signed_in
from ..pictures import attach_picture, clean_pictures
from ..states import Visibility
from ..votes import trend_of
from .challenges.entering import enter_idea
from .moderating import count_comment, hold


def post_idea(
    *,
    title: str,
    body: str,
    category: Category,
    by: Any,
    images: Sequence[UploadedFile] = (),
    alts: Sequence[str] = (),
    circle: Circle | None = None,
    challenge: Challenge | None = None,
    accepted_rules: int | None = None,
) -> Idea:
    """Publish a new idea. Its author supports it by writing it, and follows it without a vote.

    With a `challenge` it enters it, under the version of the rules that its author accepts; what refuses the one refuses
    both (challenges/entering.py), and the challenge's circle is the idea's.

    Raises NotSignedIn, Invalid (`too_short`, `too_long`, `too_many_images`, `not_an_image`, `image_too_large`), PrivateData.
    """
    require(is_signed_in(by), NotSignedIn(_("Sign in to post your idea. What you typed is kept.")))
    require_taking_part(by)
    title, body = " ".join(title.split()), body.strip()
    _check_lengths(title, body)
    _check_texts(title=title, body=body, **_named(images, alts))
    if not category.is_active:
        raise Invalid(_("This theme is closed. Choose another one."), code="category_closed", field="category")
    circle = challenge.circle if challenge else circle
    if circle:
        circle_to_write_in(circle.public_id, by=by)
    files = clean_pictures(images)
    rulings = judge("idea", by=by, title=title, body=body, alts="\n".join(alts))
    with transaction.atomic():
        now = timezone.now()
        idea = Idea.objects.create(
            title=for_public(title), body=for_public(body), category=category, author=by, created_at=now, state_since=now,
            trend=trend_of(0, now), circle=circle, visibility=Visibility.HELD if rulings else Visibility.PUBLIC,
        )  # fmt: skip
        _attach(idea, files, alts)
        if rulings:
            hold("idea", idea, rulings, before="")
        publish(IdeaPosted(idea_id=idea.pk), by=by)
        if challenge:
            enter_idea(challenge, idea, accepted_rules=accepted_rules, by=by)
    return idea


def edit_idea(
    idea: Idea, *, by: Any, title: str | None = None, body: str | None = None, category: Category | None = None
) -> Idea:
    """Change one's idea while it is new. Raises NotFound, NotAllowed, `already_taken_up` (409), Invalid, PrivateData."""
    require(is_signed_in(by), NotSignedIn())
    require(can_see(by, idea), NotFound())
    require(idea.author_id == by.pk, NotAllowed(_("Only its author can change an idea.")))
    require_taking_part(by)
    with transaction.atomic():
        idea = Idea.objects.select_for_update().get(pk=idea.pk)
        if not can_edit(by, idea):
            raise DomainError(
                _("We have taken up this idea: it can no longer be changed. Add a comment instead."),
                code="already_taken_up", status=409,
            )  # fmt: skip
        title = idea.title if title is None else " ".join(title.split())
        body = idea.body if body is None else body.strip()
        _check_lengths(title, body)
        refuse_private(title=title, body=body)
        rulings = (
            judge("idea", by=by, pk=idea.pk, title=title, body=body) if idea.visibility == Visibility.PUBLIC else ()
        )
        idea.title, idea.body = for_public(title), for_public(body)
        idea.category = category or idea.category
        idea.edited_at = timezone.now()
        idea.visibility = Visibility.HELD if rulings else idea.visibility
        idea.save(update_fields=["title", "body", "category", "edited_at", "visibility"])
        if rulings:
            hold("idea", idea, rulings, before=Visibility.PUBLIC.value)
        publish(IdeaEdited(idea_id=idea.pk), by=by)
    return idea


def comment_on(idea: Idea, *, body: str, by: Any, parent: Comment | None = None, is_internal: bool = False) -> Comment:
    """Comment, or reply to a top comment. Raises NotSignedIn, NotFound, Invalid, `comments_closed` (409), PrivateData."""
    require(is_signed_in(by), NotSignedIn(_("Sign in to comment. What you typed is kept.")))
    require(can_see(by, idea), NotFound())
    require(not is_internal or can_note(by, idea))
    require_taking_part(by)
    if idea.merged_into_id:
        raise DomainError(
            _("This idea was merged into another one. Comment on that one."), code="comments_closed", status=409
        )
    body = body.strip()
    if len(body) < COMMENT_MIN:
        raise Invalid(_("Write a few words first."), code="too_short", field="body")
    if len(body) > COMMENT_MAX:
        raise Invalid(_("A comment holds 2,000 characters at most."), code="too_long", field="body")
    refuse_private(body=body)
    if parent and (parent.idea_id != idea.pk or parent.is_internal != is_internal):
        raise Invalid(_("The comment you reply to is not there any more."), code="unknown_parent", field="parent")
    parent = parent.parent if parent and parent.parent_id else parent  # one level of threads
    rulings = () if is_internal else judge("comment", by=by, body=body)
    with transaction.atomic():
        comment = Comment.objects.create(
            idea=idea, author=by, parent=parent, body=for_public(body), is_internal=is_internal, is_official=by.is_staff,
            visibility=Visibility.HELD if rulings else Visibility.PUBLIC,
        )  # fmt: skip
        if rulings:
            hold("comment", comment, rulings, before="")
        else:
            count_comment(comment, 1)
        publish(CommentPosted(comment_id=comment.pk, idea_id=idea.pk), by=by)
    return comment


def _check_lengths(title: str, body: str) -> None:
    if len(title) < TITLE_MIN:
        raise Invalid(_("The title needs 10 characters at least."), code="too_short", field="title")
    if len(title) > TITLE_MAX:
        raise Invalid(_("The title holds 120 characters at most."), code="too_long", field="title")
    if len(body) < BODY_MIN:
        raise Invalid(_("Tell us more: 30 characters at least."), code="too_short", field="body")
    if len(body) > BODY_MAX:
        raise Invalid(_("This text is too long: 5,000 characters at most."), code="too_long", field="body")


def _check_texts(**texts: str) -> None:
    """File names and picture descriptions are texts too, but their fields have no masked version to offer."""
    refuse_private(**texts)


def _named(images: Iterable[UploadedFile], alts: Sequence[str]) -> dict[str, str]:
    return {"images": "\n".join([*(image.name or "" for image in images), *alts])} if images or alts else {}


def _attach(idea: Idea, files: list, alts: Sequence[str]) -> None:
    for position, pair in enumerate(files):
        alt = alts[position] if position < len(alts) else ""
        attach_picture(idea, pair, alt=for_public(alt)[:200], position=position)
