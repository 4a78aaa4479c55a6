"""A screenshot, to who may see it: never cached by others, never guessed to be another type."""

from typing import Any

from django.http import FileResponse

from core.errors import NotFound

from .models import Finding


def screenshot(finding: Finding, public_id: str) -> FileResponse:
    """The picture of a finding that the caller was allowed to read (`reading.find_finding`)."""
    image: Any = finding.images.filter(public_id=public_id).first()
    if image is None or not image.file.storage.exists(image.file.name):
        raise NotFound()
    response = FileResponse(image.file.open("rb"), content_type="image/webp")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = f'inline; filename="{image.public_id}.webp"'
    return response
