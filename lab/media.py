"""Pictures of the pages and of polls' options. What members send is not here: each app serves its own to who may see it."""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from polls.picturing import can_see_picture, is_for_everyone

# Never SVG or HTML: a file from here can hold no script.
TYPES = {
    ".webp": "image/webp", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".gif": "image/gif",
    ".avif": "image/avif",
}  # fmt: skip
OPEN, STAFF, POLLS = ("images",), ("original_images",), ("polls",)
A_MONTH = 2_592_000


def _may_see(user, folder: str, path: str) -> bool:
    return user.is_staff if folder in STAFF else folder in POLLS and can_see_picture(user, path)


@require_safe
def picture(request, path):
    """A rendition for everyone, an original for staff, a poll's for who may read the poll; 404 for any other file."""
    place = PurePosixPath(path)
    kind = TYPES.get(place.suffix.lower())
    if not kind or ".." in place.parts or "\x00" in path:
        raise Http404
    is_open = place.parts[0] in OPEN or (place.parts[0] in POLLS and is_for_everyone(path))
    if not is_open and not _may_see(request.user, place.parts[0], path):
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
