"""Who calls the API: the app's session token (allauth headless), or the site's own session with CSRF."""

from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import SessionAuthentication


class AppTokenAuthentication(XSessionTokenAuthentication):
    def authenticate_header(self, request):
        """Without this header DRF answers 403 where 401 is meant."""
        return "X-Session-Token"


class SiteSessionAuthentication(SessionAuthentication):
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
