"""The desk speaks its reader's language, and its door: who works at the bank, with a second factor where the bank asks for one."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core.errors import NotAllowed
from core.second_factor import lacks_second_factor

CHOICE = "desk_language"


def choose_desk_language(request, language: str) -> None:
    """For this sign-in, or until the member names another language in their profile."""
    request.session[CHOICE] = [language, request.user.language]


def _desk_language(request) -> str:
    """What the account of the desk says, else what was chosen at this sign-in, else what the member's profile says."""
    account = getattr(request.user, "wagtail_userprofile", None)
    if account and account.preferred_language:
        return account.preferred_language
    chosen, over = request.session.get(CHOICE, ("", ""))
    return chosen if over == request.user.language else request.user.language


class DeskLanguageMiddleware:
    """The desk's addresses name no language, so Django would speak the site's first one there, and Wagtail after it.

    Before the door, so that a refusal is read too; it stays on afterwards, for files that are written while they leave.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path_info.startswith("/desk/") and request.user.is_authenticated:
            translation.activate(_desk_language(request))
            request.LANGUAGE_CODE = translation.get_language()
        return self.get_response(request)


class DeskDoorMiddleware:
    """Under /desk/: members without a role read why not (Wagtail would send them round in circles); staff without a second
    factor set one up first, when STAFF_MFA_REQUIRED."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith("/desk/") or not request.user.is_authenticated:
            return self.get_response(request)
        if not request.user.has_perm("wagtailadmin.access_admin"):
            refusal = NotAllowed(_("The desk is for the bank's staff."), code="staff_only")
            return render(request, "refusal.html", {"refusal": refusal}, status=403)
        if lacks_second_factor(request.user):
            messages.warning(request, _("The desk asks for a second factor. Set one up here, then come back."))
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)
