"""An idea's pictures: each is kept twice, whole and small, and served by a view that checks who may see the idea."""

from collections.abc import Sequence
from pathlib import PurePosixPath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid
from core.images import clean_image

from .models import IMAGES_MAX, Idea, IdeaImage

SMALL_SIDE = 640


def clean_pictures(uploads: Sequence[UploadedFile]) -> list[tuple]:
    """Each upload as (whole, small), made of its pixels alone. Raises Invalid (`too_many_images`, those of clean_image)."""
    if len(uploads) > IMAGES_MAX:
        raise Invalid(_("4 pictures at most."), code="too_many_images", field="images")
    wholes = [clean_image(upload, field="images") for upload in uploads]
    return [(whole, clean_image(whole, longest=SMALL_SIDE)) for whole in wholes]


def attach_picture(idea: Idea, pair: tuple, *, alt: str, position: int) -> IdeaImage:
    """Write both files and the row."""
    whole, small = pair
    picture = IdeaImage.objects.create(idea=idea, file=whole, alt=alt, position=position)
    picture.file.storage.save(small_name(picture.file.name), small)
    return picture


def small_name(name: str) -> str:
    """ideas/2026/11/abc.webp → ideas/2026/11/abc-640.webp"""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}-{SMALL_SIDE}{path.suffix}"))
