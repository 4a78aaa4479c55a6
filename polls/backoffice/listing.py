"""The studio's list of polls."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.cursors import paginate
from core.desk import opens_to, render_page

from ..models import Poll
from ..permissions import can_read_studio, can_run_polls
from ..states import State


@opens_to(can_read_studio)
def index(request: HttpRequest) -> HttpResponse:
    page = paginate(Poll.objects.for_studio(), request.GET.get("cursor", ""), size=30)
    context = {"page": page, "runs": can_run_polls(request.user), "states": State}
    return render_page(request, "polls/studio/index.html", title=_("Polls"), **context)
