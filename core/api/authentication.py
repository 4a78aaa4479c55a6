"""Who calls the API: the app's session token (allauth headless), or the site's own session with CSRF."""

from typing import Any

from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication

from core.errors import NotAllowed
from core.second_factor import lacks_second_factor

DESK = "/api/v1/desk/"


def at_the_door(request: Any, found: Any) -> Any:
    """Whoever has a role comes to the desk's API by the door of its pages: with a second factor, where STAFF_MFA_REQUIRED."""
    if found and request.path_info.startswith(DESK):
        user = found[0]
        if lacks_second_factor(user) and (user.is_staff or user.role_names):
            raise NotAllowed(
                _("The desk asks for a second factor. Set one up on the site, then sign in again."),
                code="second_factor_needed",
            )
    return found


class AppTokenAuthentication(XSessionTokenAuthentication):
    def authenticate(self, request):
        return at_the_door(request, super().authenticate(request))

    def authenticate_header(self, request):
        """Without this header DRF answers 403 where 401 is meant."""
        return "X-Session-Token"


class SiteSessionAuthentication(SessionAuthentication):
    def authenticate(self, request):
        return at_the_door(request, super().authenticate(request))

    def authenticate_header(self, request):
        return "Session"


class AppTokenScheme(OpenApiAuthenticationExtension):
    target_class = "core.api.authentication.AppTokenAuthentication"
    name = "appToken"

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "header", "name": "X-Session-Token"}


class SiteSessionScheme(OpenApiAuthenticationExtension):
    target_class = "core.api.authentication.SiteSessionAuthentication"
    name = "siteSession"

    def get_security_definition(self, auto_schema):
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
