"""The polls that a caller of the API may read."""

from ..models import Poll


def polls_for(request):
    return Poll.objects.for_reading(request.user).select_related("decided_by")
