"""The site's map. French at /, English under /en/; the URL words are translated too."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from ideas.views.left import my_left
from ideas.views.votes import my_votes

from . import media, shell, views, well_known
from .api_docs import api_docs
from .circles import circle, circle_membership, circles
from .home import home
from .my_lab import my_lab
from .people import person
from .search import search
from .views_mailbox import mailbox

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("media/<path:path>", media.picture),
    # One door only: Wagtail's own sign-in pages lead to the site's, which is throttled and knows second factors.
    path("desk/login/", views.to_sign_in),
    path("robots.txt", well_known.robots, name="robots"),
    path(".well-known/security.txt", well_known.security_txt, name="security_txt"),
    path("favicon.ico", shell.favicon),
    path("manifest.webmanifest", shell.manifest, name="manifest"),
    path("brand.css", shell.brand_css, name="brand_css"),
    path("sw.js", shell.service_worker, name="service_worker"),
    path("desk/", include(wagtailadmin_urls)),
    # The desk has one address; its language is the reader's (members/middleware.py), or the one they add to the address.
    re_path(r"^(?P<language>en|fr)/desk/(?P<rest>.*)$", views.to_desk),
    path("documents/", include(wagtaildocs_urls)),
    # allauth's page about its API loads scripts from elsewhere; ours does not.
    path("_allauth/openapi.html", RedirectView.as_view(pattern_name="api_docs")),
    # Members have no telephone number here, and allauth's address for it breaks where it is not switched on.
    path("_allauth/app/v1/account/phone", views.nothing_here),
    path("_allauth/", include("allauth.headless.urls")),
    path("api/v1/docs/", api_docs, name="api_docs"),
    path("", include("lab.api_urls")),
]

if settings.DEV_MAILBOX:
    urlpatterns.append(path("courrier/", mailbox, name="dev_mailbox"))

urlpatterns += i18n_patterns(
    path("", home, name="home"),
    path(_("my-lab/"), my_lab, name="my_lab"),
    path(_("my-lab/votes/"), my_votes, name="my_votes"),
    path(_("my-lab/left/"), my_left, name="my_left"),
    path(_("circles/"), circles, name="circles"),
    path(_("circles/<slug:public_id>/"), circle, name="circle"),
    path(_("circles/<slug:public_id>/membership/"), circle_membership, name="circle_membership"),
    path(_("search/"), search, name="search"),
    path(_("offline/"), shell.offline, name="offline"),
    path("styleguide/", views.styleguide, name="styleguide"),
    path(_("ideas/"), include("ideas.urls")),
    path(_("challenges/"), include("ideas.challenge_urls")),
    path(_("beta-tests/"), include("betas.urls")),
    path(_("members/<slug:public_id>/"), person, name="member_page"),
    path("", include("members.urls")),
    path("", include("complaints.urls")),
    path("", include("polls.urls")),
    path("", include("notifications.urls")),
    path("", include("board.urls")),
    path("", include("trust.urls")),
    path("_util/login/", views.to_sign_in),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)

handler400 = "lab.errors.bad_request"
handler403 = "lab.errors.permission_denied"
handler404 = "lab.errors.page_not_found"
handler429 = "lab.errors.too_many_requests"  # asked by allauth
handler500 = "lab.errors.server_error"
