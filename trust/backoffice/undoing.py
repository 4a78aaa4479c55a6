"""The ten seconds in which a verdict can be taken back: kept in the session, so that the toast follows who gave it."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from core.desk import opens_to
from core.errors import DomainError

from ..domain.undoing import undo_verdicts
from ..models import Decision
from ..permissions import can_open_queue

KEY = "trust_undo"


@dataclass(frozen=True)
class Undo:
    words: str
    batch: str
    seconds: int


def remember(request: HttpRequest, words: str, batch: str) -> None:
    until = timezone.now().timestamp() + settings.LAB["UNDO_SECONDS"]
    request.session[KEY] = {"words": words, "batch": batch, "until": until}


def current(request: HttpRequest) -> Undo | None:
    """What can still be taken back, and for how many seconds."""
    kept = request.session.get(KEY)
    if not kept:
        return None
    seconds = int(kept["until"] - timezone.now().timestamp())
    if seconds <= 0:
        del request.session[KEY]
        return None
    return Undo(kept["words"], kept["batch"], seconds)


@require_POST
@opens_to(can_open_queue)
def undo(request: HttpRequest) -> HttpResponse:
    """Take back what was just decided, while nobody has been told; the case is shown again."""
    request.session.pop(KEY, None)
    batch, back = request.POST.get("batch", "")[:12], reverse("trust_desk:index")
    try:
        undo_verdicts(batch, by=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(back)
    messages.success(request, _("Taken back. Nobody will be told."))
    first = Decision.objects.filter(batch=batch).select_related("case").order_by("pk").first()
    return HttpResponseRedirect(f"{back}?case={first.case.public_id}" if first else back)
