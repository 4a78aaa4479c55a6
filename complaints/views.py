"""What a person sees of their own complaints: the list, and one with its dates and letters."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.cursors import paginate
from core.errors import NotFound, require

from .domain.retention import kept_until
from .models import Complaint
from .reading import find_complaint, hands_of, place_for


@require_safe
@login_required
@never_cache
def mine(request: HttpRequest) -> HttpResponse:
    rows = Complaint.objects.of_member(request.user).with_source().order_by("-received_at", "-id")
    page = paginate(rows, request.GET.get("cursor", ""))
    rows = [(complaint, place_for(complaint, request.user)) for complaint in page.items]
    context = {"page": page, "rows": rows, "secure_url": settings.LAB["SECURE_MESSAGING_URL"]}
    return render(request, "complaints/mine.html", context)


@require_safe
@login_required
@never_cache
def show(request: HttpRequest, public_id: str) -> HttpResponse:
    """One's own complaint alone: staff read theirs in the desk."""
    complaint = find_complaint(public_id, user=request.user)
    require(complaint.complainant_id == request.user.pk, NotFound())
    context = {
        "complaint": complaint, "hands": hands_of(complaint), "secure_url": settings.LAB["SECURE_MESSAGING_URL"],
        "kept_until": kept_until(complaint), "place": place_for(complaint, request.user),
    }  # fmt: skip
    return render(request, "complaints/show.html", context)
