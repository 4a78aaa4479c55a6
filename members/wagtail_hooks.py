"""What the members bring to the desk. The list itself comes through members.wagtail_users."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.views import account

from core import desk

from .backoffice import NoBulkDelete, NoBulkRoles, NoBulkState
from .permissions import can_read_circles

for action in (NoBulkDelete, NoBulkRoles, NoBulkState):
    hooks.register("register_bulk_action", action, order=1000)

# Wagtail's panel of first and last name: our members have a nickname, which they change on the site.
account.NameEmailSettingsPanel.is_active = lambda panel: False

desk.add_place(
    "circles_desk", prefix="circles/", urls="members.circle_desk.urls", label=_("Circles"), icon="users", order=60,
    opens=can_read_circles,
)  # fmt: skip
