"""Posting an idea. Changing it is editing.py, taking it back withdrawing.py."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, NotSignedIn, require
from core.events import publish
from core.judging import judge
from core.language import DEFAULT, language_of
from core.shield import for_public, refuse_private
from members.domain.circling import circle_to_write_in
from members.models import Circle
from members.permissions import require_taking_part

from ..events import IdeaPosted
from ..models import (
    BODY_MAX,
    BODY_MIN,
    TITLE_MAX,
    TITLE_MIN,
    Category,
    Challenge,
    Idea,
    PendingPicture,
)
from ..permissions import is_signed_in
from ..pictures import attach_picture, clean_pictures
from ..states import Visibility
from ..votes import trend_of
from .challenges.entering import enter_idea
from .moderating import hold
from .pacing import require_pace_of_ideas
from .picturing import ALT_MAX, publish_picture, require_so_many, require_words


def post_idea(
    *,
    title: str,
    body: str,
    category: Category,
    by: Any,
    images: Sequence[UploadedFile] = (),
    alts: Sequence[str] = (),
    pictures: Sequence[tuple[PendingPicture, str]] = (),
    circle: Circle | None = None,
    challenge: Challenge | None = None,
    accepted_rules: int | None = None,
) -> Idea:
    """Publish a new idea. Its author supports it by writing it, and follows it without a vote.

    With a `challenge` it enters it, under the version of the rules that its author accepts; what refuses the one refuses
    both (challenges/entering.py), and the challenge's circle is the idea's.
    Pictures come as uploads with their descriptions, or kept by an earlier step of the form (`pictures`, picturing.py);
    none goes without words for who does not see it.

    Raises NotSignedIn, Invalid (`too_short`, `too_long`, `too_many_images`, `no_alternative_text`, `not_an_image`,
    `image_too_large`), TooMany, PrivateData.
    """
    require(is_signed_in(by), NotSignedIn(_("Sign in to post your idea. What you typed is kept.")))
    require_taking_part(by)
    title, body = " ".join(title.split()), body.strip()
    described = [*alts[: len(images)], *[""] * (len(images) - len(alts)), *(alt for _picture, alt in pictures)]
    check_lengths(title, body)
    _check_texts(title=title, body=body, **_named(images, described))
    require_open_category(category)
    require_pace_of_ideas(by)
    circle = challenge.circle if challenge else circle
    if circle:
        circle_to_write_in(circle.public_id, by=by)
    require_so_many(len(images) + len(pictures))
    require_words(described)
    files = clean_pictures(images)
    rulings = judge("idea", by=by, title=title, body=body, alts="\n".join(described))
    language = language_of(f"{title}\n{body}", get_language() or DEFAULT)
    with transaction.atomic():
        now = timezone.now()
        idea = Idea.objects.create(
            title=for_public(title), body=for_public(body), category=category, author=by, created_at=now, state_since=now,
            trend=trend_of(0, now), language=language, circle=circle,
            visibility=Visibility.HELD if rulings else Visibility.PUBLIC,
        )  # fmt: skip
        for position, (pair, alt) in enumerate(zip(files, described, strict=False)):
            attach_picture(idea, pair, alt=for_public(alt)[:ALT_MAX], position=position)
        for position, (picture, alt) in enumerate(pictures, len(files)):
            publish_picture(idea, picture, alt=alt, position=position)
        if rulings:
            hold("idea", idea, rulings, before="")
        publish(IdeaPosted(idea_id=idea.pk), by=by)
        if challenge:
            enter_idea(challenge, idea, accepted_rules=accepted_rules, by=by)
    return idea


def require_open_category(category: Category) -> None:
    if not category.is_active:
        raise Invalid(_("This theme is closed. Choose another one."), code="category_closed", field="category")


def check_lengths(title: str, body: str) -> None:
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
