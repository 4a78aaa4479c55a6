"""Complaints in the desk: their place in the menu."""

from django.utils.translation import gettext_lazy as _

from core import desk

from .permissions import can_read_complaints

desk.add_place(
    "complaints_desk", prefix="complaints/", urls="complaints.backoffice.urls", label=_("Complaints"),
    icon="shield-check", order=14, opens=can_read_complaints,
)  # fmt: skip
