"""An idea's evidence on a page of its own."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.desk import opens_to, render_page

from ..domain.evidence import Span, evidence_of
from ..permissions import can_open_desk
from .reading import find_idea


@require_GET
@opens_to(can_open_desk)
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    idea = find_idea(public_id)
    if not idea:
        raise Http404
    found = evidence_of(idea)
    points, beside = lines_of(found.course)
    bars = [(label, [(span.votes, "fa")]) for (label, _whole), span in zip(points, found.course, strict=True)]
    tables = (
        (_("Customers and prospects"), found.support.groups), (_("Ages"), found.support.ages),
        (_("Regions"), found.support.regions),
    )  # fmt: skip
    back = reverse("ideas_desk:index")
    return render_page(
        request, "ideas/desk/evidence.html", title=_("Evidence"),
        crumbs=[(_("Idea triage"), back), (idea.title, f"{back}?idea={idea.public_id}")], idea=idea, found=found,
        points=points, beside=beside, smallest=settings.LAB["SMALLEST_CELL"], bars=bars, tables=tables,
    )  # fmt: skip


def lines_of(course: list[Span]) -> tuple[list[tuple[str, int]], list[int]]:
    """What the curve draws: the votes that count, and beside them those with what was set aside; none where that is not told."""
    points = [(formats.date_format(span.start, "SHORT_DATE_FORMAT"), span.whole) for span in course]
    return points, [span.with_aside for span in course if span.with_aside is not None]
