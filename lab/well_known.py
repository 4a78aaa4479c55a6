"""What machines and those who look for holes ask of any site: /robots.txt and /.well-known/security.txt (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

GOOD_FOR = timedelta(days=180)  # RFC 9116: less than a year
NOT_FOR_ROBOTS = ("/desk/", "/api/", "/_allauth/", "/compte/", "/en/account/", "/documents/")


@require_safe
@cache_control(public=True, max_age=86_400)
def robots(request):
    """The public pages are for everybody; the desk, the API and the doors are no search results."""
    lines = ["User-agent: *", *[f"Disallow: {path}" for path in NOT_FOR_ROBOTS]]
    return _text(lines)


@require_safe
@cache_control(public=True, max_age=86_400)
def security_txt(request):
    """Where to report a hole. It never expires: the date moves with the day. Without a contact it would be void: 404."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    contact = settings.SECURITY_CONTACT
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    expires = (timezone.now() + GOOD_FOR).strftime("%Y-%m-%dT00:00:00Z")
    lines = [
        f"Contact: {contact}",
        f"Expires: {expires}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {settings.SITE_URL.rstrip('/')}{reverse('security_txt')}",
    ]
    if settings.SECURITY_POLICY_URL:
        lines.append(f"Policy: {settings.SECURITY_POLICY_URL}")
    return _text(lines)


def _text(lines):
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
