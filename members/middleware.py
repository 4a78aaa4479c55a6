"""The desk's door: who works at the bank, with a second factor where the bank asks for one."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.errors import NotAllowed


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
        if settings.STAFF_MFA_REQUIRED and not is_mfa_enabled(request.user):
            messages.warning(request, _("The desk asks for a second factor. Set one up here, then come back."))
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.get_response(request)
