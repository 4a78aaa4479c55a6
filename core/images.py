"""Images from outside: decoded, capped, turned upright, pasted into a new image, saved as WebP under a random name.

Pillow's save() keeps a JPEG comment and a polyglot's tail unless the pixels go into a new image; between one and two times
MAX_IMAGE_PIXELS it only warns, so the size is checked before decoding.
"""

import io
import secrets
import struct

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models import ImageField
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

from .errors import Invalid

FORMATS = ("JPEG", "PNG", "WEBP")
MAXIMUM_BYTES = 10 * 1024 * 1024
MAXIMUM_PIXELS = 40_000_000
LONGEST_SIDE = 1920
# What decoders stumble over in a damaged or crafted file, the camera's notes (EXIF) included.
BROKEN = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, TypeError, LookupError, ArithmeticError, struct.error,
)  # fmt: skip


def clean_image(upload: UploadedFile, *, field: str = "image", longest: int = LONGEST_SIDE) -> ContentFile:
    """A new WebP file made of the upload's pixels alone. Raises Invalid (`image_too_large`, `not_an_image`)."""
    if upload.size > MAXIMUM_BYTES:
        raise Invalid(_("This image is over 10 MB. Choose a lighter one."), code="image_too_large", field=field)
    try:
        upload.seek(0)
        image = Image.open(upload, formats=FORMATS)
        width, height = image.size
        if width * height > MAXIMUM_PIXELS:
            raise Image.DecompressionBombError
        image = ImageOps.exif_transpose(image)
        image.thumbnail((longest, longest))
        has_alpha = "A" in image.getbands() or "transparency" in image.info
        fresh = Image.new("RGBA" if has_alpha else "RGB", image.size)
        fresh.paste(image.convert(fresh.mode))
    except Image.DecompressionBombError as error:  # Pillow's own limit is met on opening, before ours
        raise Invalid(
            _("This image has too many pixels. 40 megapixels is the most we take."), code="image_too_large", field=field
        ) from error
    except BROKEN as error:
        raise Invalid(
            _("We cannot read this image. Send a JPEG, PNG or WebP file."), code="not_an_image", field=field
        ) from error
    out = io.BytesIO()
    fresh.save(out, "WEBP", quality=82, method=4)
    file = ContentFile(out.getvalue(), name=f"{secrets.token_urlsafe(16)}.webp")
    file.width, file.height = fresh.size
    return file


class MeasuredImageField(ImageField):
    """A picture whose width and height are kept beside it (`width_field`, `height_field`) from the moment it is put there.

    Django's own field opens the file of each row that is read without them, and fails where it is gone; this one never reads a
    file that was stored before.
    """

    def update_dimension_fields(self, instance, force=False, *args, **kwargs):
        file = instance.__dict__.get(self.attname)
        if force or (file and not getattr(file, "_committed", True)):
            super().update_dimension_fields(instance, force, *args, **kwargs)
