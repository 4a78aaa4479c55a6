"""Ideas in the desk: the triage and the themes."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from core import desk

from .backoffice.tags import TagViewSet
from .backoffice.themes import ThemeViewSet
from .permissions import can_export, can_open_desk, can_read_challenges

desk.add_place(
    "ideas_desk", prefix="triage/", urls="ideas.backoffice.urls", label=_("Triage"), icon="inbox", order=10,
    opens=can_open_desk,
)  # fmt: skip
desk.add_place(
    "challenges_desk", prefix="challenges/", urls="ideas.backoffice.challenges.urls", label=_("Challenges"), icon="award",
    order=35, opens=can_read_challenges,
)  # fmt: skip
desk.add_place(
    "promises_desk", prefix="promises/", urls="ideas.backoffice.promise_urls", label=_("Promises"), icon="history", order=13,
    opens=can_open_desk,
)  # fmt: skip
hooks.register("register_admin_viewset", lambda: ThemeViewSet())
hooks.register("register_admin_viewset", lambda: TagViewSet())
desk.add_place(
    "ideas_exchange", prefix="exchange/", urls="ideas.backoffice.exchange_urls", label=_("Import and export"),
    icon="file-text", order=18, opens=can_export,
)  # fmt: skip
