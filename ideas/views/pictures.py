"""Pictures of ideas. The file is WebP by making (core/images.py) and goes out as nothing else."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from ..models import IdeaImage, PendingPicture
from ..permissions import can_see
from ..pictures import small_name
from ..states import Visibility

A_DAY = 24 * 3600  # a picture that is hidden later leaves shared caches within a day


@require_safe
def image(request, public_id):
    return _serve(request, public_id, small=False)


@require_safe
def small_image(request, public_id):
    return _serve(request, public_id, small=True)


@require_safe
def pending(request, public_id):
    """A picture that waits for its idea: to who chose it, and to nobody else, staff included."""
    rows = PendingPicture.objects.filter(public_id=public_id, owner_id=request.user.pk or 0)
    picture = rows.first()
    if not picture:
        raise Http404
    try:
        file = picture.file.storage.open(picture.file.name, "rb")
    except OSError as error:
        raise Http404 from error
    return _as_picture(file, "private, no-store")


def _as_picture(file, keep: str) -> FileResponse:
    response = FileResponse(file, content_type="image/webp")
    response["Cache-Control"] = keep
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Content-Disposition"] = "inline"
    return response


def _serve(request, public_id, *, small: bool):
    """404 to who may not see the idea. A public picture never changes at its address, so it is kept for a month."""
    picture = IdeaImage.objects.select_related("idea").filter(public_id=public_id).first()
    if not picture or not can_see(request.user, picture.idea):
        raise Http404
    name = picture.file.name
    if small and default_storage.exists(small_name(name)):
        name = small_name(name)
    try:
        file = default_storage.open(name, "rb")
    except OSError as error:
        raise Http404 from error
    # Not « immutable » for other people: an idea can be hidden, and its pictures with it.
    is_public = picture.idea.visibility == Visibility.PUBLIC and picture.idea.circle_id is None
    return _as_picture(file, f"public, max-age={A_DAY}" if is_public else "private, no-store")
