"""Tags in the desk: Wagtail's own list, form and history over the verb that keeps them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from core.errors import DomainError

from ..domain.tagging import check_names, free_slug
from ..models import Tag
from ..permissions import can_keep_tags, can_open_desk


class TagPolicy(ModelPermissionPolicy):
    """Product owners and moderators keep tags, who opens the desk reads them. A tag is retired, never deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action in ("add", "change"):
            return can_keep_tags(user)
        return action == "view" and can_open_desk(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Tag) -> bool:
        return self.user_has_permission(user, action)


register_permission_policy(Tag, TagPolicy(Tag))


class TagKeepingForm(WagtailAdminModelForm):
    """The rules are the verb's; the address of a new tag is made from its French name, and stays."""

    def clean(self):
        said = super().clean()
        try:
            check_names(self.instance, name_fr=said.get("name_fr", ""), name_en=said.get("name_en", ""))
        except DomainError as refusal:
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
        return said

    def save(self, commit=True):
        if not self.instance.slug:
            self.instance.slug = free_slug(self.instance.name_fr)
        return super().save(commit)


class TagViewSet(ModelViewSet):
    model = Tag
    name = "idea_tags"
    url_prefix = "idea-tags"
    icon = "dk-tags"
    menu_label = _("Tags")
    menu_name = "idea_tags"
    menu_order = 61
    add_to_admin_menu = True
    list_display = [
        "__str__", BooleanColumn("is_public", label=_("Public")), BooleanColumn("is_active", label=_("In use")),
    ]  # fmt: skip
    list_filter = ["is_public", "is_active"]
    search_fields = ["name_fr", "name_en"]
    copy_view_enabled = False
    ordering = ["name_fr", "id"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name_fr"), FieldPanel("name_en")]),
            FieldPanel("is_public"),
            FieldPanel("is_active"),
        ],
        base_form_class=TagKeepingForm,
    )
