"""What one has left in circles that one is no longer in, each to be taken back from here."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.errors import DomainError

from ..domain.leaving import left_behind, take_back_left


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def my_left(request: HttpRequest) -> HttpResponse:
    """The list; POST `kind` and `id` takes one thing back."""
    if request.method != "POST":
        return render(request, "ideas/my_left.html", {"left": left_behind(request.user)})
    try:
        take_back_left(request.POST.get("kind", ""), request.POST.get("id", ""), by=request.user)
    except DomainError as refusal:
        context = {"left": left_behind(request.user), "refusal": refusal, "asked": request.POST.get("id", "")}
        return render(request, "ideas/my_left.html", context, status=refusal.status)
    messages.success(request, _("It is taken back."))
    return HttpResponseRedirect(reverse("my_left"))
