"""Pictures of a form that is not sent for good yet: kept for their author, then published with the idea, or gone in a day."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid, NotSignedIn, require
from core.images import clean_image
from core.schedule import every
from core.shield import for_public, refuse_private
from members.permissions import require_taking_part

from ..models import IMAGES_MAX, Idea, IdeaImage, PendingPicture
from ..permissions import is_signed_in
from ..pictures import SMALL_SIDE, attach_picture, small_name

ALT_MAX = 200
KEEP = timedelta(days=1)
MOST_KEPT = 12  # of one person: three notebooks' worth; the oldest goes first


def keep_picture(upload: UploadedFile, *, by: Any) -> PendingPicture:
    """Clean the picture and keep it, private, until the form is sent. Raises NotSignedIn, PrivateData, those of clean_image."""
    require(is_signed_in(by), NotSignedIn())
    require_taking_part(by)
    refuse_private(images=upload.name or "")
    whole = clean_image(upload, field="images")
    with transaction.atomic():
        kept = PendingPicture.objects.create(owner=by, file=whole)
        old = PendingPicture.objects.filter(owner=by).order_by("-id")[MOST_KEPT:]
        _forget(list(old))
    return kept


def pending_of(public_ids: Sequence[str], *, by: Any) -> dict[str, PendingPicture]:
    """Those of the ids that are the person's own and still there; another's id finds nothing."""
    if not is_signed_in(by) or not public_ids:
        return {}
    rows = PendingPicture.objects.filter(owner=by, public_id__in=list(public_ids)[: IMAGES_MAX * 5])
    return {row.public_id: row for row in rows}


def require_so_many(number: int) -> None:
    if number > IMAGES_MAX:
        raise Invalid(_("4 pictures at most."), code="too_many_images", field="images")


def require_words(alts: Sequence[str]) -> None:
    """Each picture of an idea says what it shows, for who does not see it. `alts`: one per picture, in their order.

    Raises Invalid (`no_alternative_text`) with `missing`: the places, from 0, of the pictures without words.
    """
    if missing := [place for place, alt in enumerate(alts) if not alt.strip()]:
        raise Invalid(
            _("Say in a few words what the picture shows, for those who do not see it."),
            field="alts", code="no_alternative_text", extra={"missing": missing},
        )  # fmt: skip


def publish_picture(idea: Idea, kept: PendingPicture, *, alt: str, position: int) -> IdeaImage:
    """Give the picture to the idea. It was cleaned when it was kept, so its bytes go over as they are."""
    with kept.file.open("rb") as file:
        whole = ContentFile(file.read(), name=kept.file.name.rpartition("/")[2])
    small = clean_image(whole, longest=SMALL_SIDE)
    picture = attach_picture(idea, (whole, small), alt=for_public(alt)[:ALT_MAX], position=position)
    _forget([kept])
    return picture


def take_away(picture: IdeaImage) -> None:
    """Remove a picture from its idea; its files go once that is certain."""
    storage, names = picture.file.storage, (picture.file.name, small_name(picture.file.name))
    picture.delete()
    transaction.on_commit(lambda: [storage.delete(name) for name in names])


def _forget(rows: list[PendingPicture]) -> None:
    """Rows now, files once that is certain."""
    files = [(row.file.storage, row.file.name) for row in rows]
    PendingPicture.objects.filter(pk__in=[row.pk for row in rows]).delete()
    transaction.on_commit(lambda: [storage.delete(name) for storage, name in files])


def forget_pictures_of(member: Any) -> None:
    """For the erasure of an account."""
    _forget(list(PendingPicture.objects.filter(owner=member)))


@every(hours=1)
def purge_pending() -> None:
    """What was chosen a day ago and never sent goes, files and all."""
    with transaction.atomic():
        _forget(list(PendingPicture.objects.filter(at__lt=timezone.now() - KEEP).order_by("id")[:500]))
