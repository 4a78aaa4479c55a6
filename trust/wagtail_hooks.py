"""Moderation in the desk: the queue and the hold rules."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks

from core import desk

from .backoffice.rules import RuleViewSet
from .permissions import can_open_queue

desk.add_place(
    "trust_desk", prefix="moderation/", urls="trust.backoffice.urls", label=_("Moderation"), icon="scale", order=15,
    opens=can_open_queue,
)  # fmt: skip
hooks.register("register_admin_viewset", lambda: RuleViewSet())
