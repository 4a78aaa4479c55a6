"""What the members bring to the desk. The list itself comes through members.wagtail_users."""

from wagtail import hooks
from wagtail.admin.views import account

from .backoffice import NoBulkDelete, NoBulkRoles, NoBulkState

for action in (NoBulkDelete, NoBulkRoles, NoBulkState):
    hooks.register("register_bulk_action", action, order=1000)

# Wagtail's panel of first and last name: our members have a nickname, which they change on the site.
account.NameEmailSettingsPanel.is_active = lambda panel: False
