"""A member's own pages: who I am, my data, my consents, leaving. Sign-in and the rest of the doors are allauth's views."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import DomainError
from core.forms import masked
from core.shield import PrivateData

from .domain.consenting import OPTIONAL, current_consents, record_consent
from .domain.describing import describe_oneself
from .domain.erasing import erase
from .domain.exporting import make_archive
from .forms import ConsentForm, EraseForm, ProfileForm, shown_at_field
from .models import Member
from .states import Purpose


def old_address(request, rest):
    """allauth's usual addresses, /accounts/login/ and so on, lead to ours; nothing is signed in at them."""
    try:
        match = resolve(f"/{rest}", urlconf="allauth.urls")
        target = reverse(match.url_name, args=match.args, kwargs=match.kwargs)
    except (Resolver404, LookupError, ValueError) as error:
        raise Http404 from error
    query = request.META.get("QUERY_STRING")
    return HttpResponseRedirect(f"{target}?{query}" if query else target)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request):
    member = Member.objects.get(pk=request.user.pk)
    data = request.POST.copy() if request.method == "POST" else None
    if data and data.get("masked_bio"):
        data["bio"] = data["masked_bio"]  # "save it masked": the same form again, in one tap
    form = ProfileForm(data, instance=member)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            describe_oneself(request.user, by=request.user, **form.cleaned_data)
        except DomainError as error:
            refusal = error
            form.add_error(error.field, shown_at_field(error))
            if isinstance(error, PrivateData):  # the page does not say the number again
                form.data = masked(data)
        else:
            messages.success(request, _("Your profile is up to date."))
            with override(form.cleaned_data["language"]):
                return redirect("member_profile")
    return render(
        request, "members/profile.html", {"form": form, "refusal": refusal}, status=400 if form.errors else 200
    )


@never_cache
@login_required
@require_safe
def my_data(request):
    last = current_consents(request.user)
    choices = [
        {"purpose": purpose, "label": Purpose(purpose).label, "given": bool(last.get(purpose) and last[purpose].given)}
        for purpose in OPTIONAL
    ]
    context = {
        "choices": choices,
        "log": request.user.consents.all()[:100],
        "form": EraseForm(),
        "sessions_count": request.user.usersession_set.count(),
    }
    return render(request, "members/data.html", context)


@login_required
@require_POST
def choose_consent(request):
    """Give and withdraw by the same button, at the same place."""
    form = ConsentForm(request.POST)
    if not form.is_valid():
        raise Http404
    purpose, given = form.cleaned_data["purpose"], form.cleaned_data["given"]
    record_consent(request.user, purpose, given=given, by=request.user)
    messages.success(request, _("Noted: you agree.") if given else _("Noted: you no longer agree."))
    return redirect(reverse("member_data") + "#consents")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def download_data(request):
    """A zip with data.json and the files it names, for the person alone."""
    if request.method != "POST":
        return render(request, "members/download.html")
    archive = make_archive(request.user, by=request.user)
    name = f"mes-donnees-{timezone.localdate():%Y-%m-%d}.zip"
    response = FileResponse(archive, as_attachment=True, filename=name, content_type="application/zip")
    response.headers["Cache-Control"] = "no-store, private"
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required
def erase_account(request):
    form = EraseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        erase(request.user, by=request.user)
        logout(request)
        return redirect("member_goodbye")
    return render(request, "members/erase.html", {"form": form}, status=400 if form.errors else 200)


@require_safe
def goodbye(request):
    return render(request, "members/goodbye.html")
