"""Pictures of the pages and of polls' options. What members send is not here: each app serves its own to who may see it."""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

# Never SVG or HTML: a file from here can hold no script.
TYPES = {
    ".webp": "image/webp", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif",
    ".avif": "image/avif",
}  # fmt: skip
OPEN, STAFF = ("images", "polls"), ("original_images",)
A_MONTH = 2_592_000


@require_safe
def picture(request, path):
    """A rendition for everyone, an original for staff; 404 for any other folder or kind of file."""
    place = PurePosixPath(path)
    kind = TYPES.get(place.suffix.lower())
    is_open = place.parts[0] in OPEN
    if not kind or ".." in place.parts or not (is_open or (place.parts[0] in STAFF and request.user.is_staff)):
        raise Http404
    try:
        file = default_storage.open(path, "rb")
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    response = FileResponse(file, content_type=kind)
    response["Cache-Control"] = f"public, max-age={A_MONTH}" if is_open else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
