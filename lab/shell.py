"""What makes the site an app on a phone: its manifest, its service worker, the page it shows offline."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from cms.site import bank


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request):
    """The site as an installable app. The address has no language: French is the site's own."""
    icons = [
        {"src": static("lab/icons/app-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("lab/icons/app-512.png"), "sizes": "512x512", "type": "image/png"},
        {"src": static("lab/icons/app-mask.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
        {"src": static("lab/icons/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
    ]
    return JsonResponse(
        {
            "id": "/",
            "name": bank().lab_name,
            "short_name": _("The Lab"),
            "description": _("Suggest, vote, try before everyone else."),
            "lang": "fr",
            "start_url": reverse("home"),
            "scope": "/",
            "display": "standalone",
            "background_color": "#faf9f6",
            "theme_color": "#faf9f6",
            "icons": icons,
        },
        content_type="application/manifest+json",
    )


@require_safe
@cache_control(public=True, max_age=86_400)
def favicon(request):
    """Browsers ask for it on pages that name no icon: pictures, downloads."""
    return HttpResponseRedirect(static("lab/icons/app-192.png"))


@require_safe
@cache_control(no_cache=True)
def service_worker(request):
    """Served from the root so that it may answer for the whole site."""
    body = render(request, "sw.js", {"hashed": not settings.DEBUG}, content_type="text/javascript")
    body["Service-Worker-Allowed"] = "/"
    return body


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def brand_css(request):
    """The bank's own colour in place of the house's; its address changes with the colours. Contrast was checked on saving."""
    day, night = bank().brand_light, bank().brand_dark
    return HttpResponse(brand_tokens(day or "#2d37a8", night or "#b0b9ff"), content_type="text/css")


def brand_tokens(day: str, night: str) -> str:
    """The five tokens that follow from the brand colour by day and by night."""
    return f"""@layer tokens {{
  :root {{
    --brand: light-dark({day}, {night});
    --brand-deep: light-dark(color-mix(in oklab, {day} 80%, black), color-mix(in oklab, {night} 70%, white));
    --brand-wash: light-dark(color-mix(in oklab, {day} 9%, white), color-mix(in oklab, {night} 18%, #11131d));
    --art-fill: light-dark({day}, color-mix(in oklab, {night} 55%, {day}));
  }}
}}
"""


@require_safe
def offline(request):
    """What a reader without a network sees of a page never read before."""
    return render(request, "offline.html")
