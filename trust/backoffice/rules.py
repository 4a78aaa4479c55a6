"""The hold rules at the desk: named in both languages, switched, with their numbers and words. Moderators keep them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from ..models import HoldRule
from ..permissions import can_set_rules


class ByRole(ModelPermissionPolicy):
    """Moderators and administrators; Django's own permissions have no say."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return can_set_rules(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return can_set_rules(user)


register_permission_policy(HoldRule, ByRole(HoldRule))


class RuleViewSet(ModelViewSet):
    model = HoldRule
    name = "hold_rules"
    url_prefix = "hold-rules"
    icon = "dk-shield-check"
    menu_label = _("Hold rules")
    menu_name = "hold_rules"
    menu_order = 65
    add_to_admin_menu = True
    list_display = ["__str__", "kind", BooleanColumn("is_active", label=pgettext_lazy("hold rule", "In force"))]
    list_filter = ["kind", "is_active"]
    copy_view_enabled = False
    ordering = ["kind", "id"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name_fr"), FieldPanel("name_en")]),
            FieldPanel("kind"),
            FieldPanel("is_active"),
            FieldRowPanel([FieldPanel("number"), FieldPanel("minutes"), FieldPanel("days")]),
            FieldRowPanel([FieldPanel("words_fr"), FieldPanel("words_en")]),
        ]
    )
