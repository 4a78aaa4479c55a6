"""Taking one's idea back: a page that says what it does, then the deed; and what its address says afterwards."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.errors import DomainError, NotAllowed, require

from ..domain.following import followers_told
from ..domain.withdrawing import withdraw_idea
from ..forms import WithdrawalForm
from ..listing import find_idea
from ..models import Idea
from ..permissions import can_withdraw


@login_required
@require_http_methods(["GET", "POST"])
def withdraw(request, public_id):
    idea = find_idea(public_id, user=request.user)
    require(idea.author_id == request.user.pk, NotAllowed(_("Only its author can withdraw an idea.")))
    form = WithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_idea(idea, reason=form.cleaned_data["reason"], by=request.user)
        except DomainError as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Your idea is withdrawn. Those who supported it are told."))
            return HttpResponseRedirect(idea.get_absolute_url())
    people = followers_told(idea, by=request.user)
    context = {"idea": idea, "form": form, "people": people, "is_open": can_withdraw(request.user, idea)}
    return render(request, "ideas/withdraw.html", context, status=400 if form.errors else 200)


def gone(request, idea: Idea):
    """What a stranger finds at the address of a withdrawn idea: that it is gone, when and why, and none of its text."""
    return render(request, "ideas/gone.html", {"idea": idea, "withdrawal": idea.withdrawal}, status=410)
