"""The studio's place in the desk."""

from django.utils.translation import gettext_lazy as _

from core import desk

from .permissions import can_read_studio

desk.add_place(
    "polls_studio",
    prefix="polls/",
    urls="polls.backoffice.urls",
    label=_("Polls"),
    icon="vote",
    order=30,
    opens=can_read_studio,
)
