"""Themes in the desk: Wagtail's own list, form and history, on the fields that staff may write."""

from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from core.errors import DomainError
from core.shield import refuse_private

from ..models import Category
from ..permissions import can_open_desk, can_triage
from .forms import colleagues


class ThemePolicy(ModelPermissionPolicy):
    """Product owners write themes, who opens the desk reads them. A theme is closed, never deleted: ideas hang on it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        if action in ("add", "change"):
            return can_triage(user)
        return action == "view" and can_open_desk(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Category) -> bool:
        return self.user_has_permission(user, action)


register_permission_policy(Category, ThemePolicy(Category))


class ThemeForm(WagtailAdminModelForm):
    """The address of a new theme is made from its French name, and stays when the name changes."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "owner" in self.fields:
            self.fields["owner"].queryset = colleagues()

    def clean(self):
        said = super().clean()
        for name, value in list(said.items()):
            if isinstance(value, str):
                try:
                    refuse_private(**{name: value})
                except DomainError as refusal:
                    self.add_error(name, str(refusal))
        return said

    def save(self, commit=True):
        if not self.instance.slug:
            self.instance.slug = free_slug(self.instance.name_fr)
        return super().save(commit)


def free_slug(name: str) -> str:
    stem = slugify(name)[:36] or "theme"
    taken = set(Category.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    return next(slug for slug in (stem, *(f"{stem}-{n}" for n in range(2, 999))) if slug not in taken)


class ThemeViewSet(ModelViewSet):
    model = Category
    name = "themes"
    url_prefix = "themes"
    icon = "dk-tags"
    menu_label = _("Themes")
    menu_name = "themes"
    menu_order = 60
    add_to_admin_menu = True
    list_display = ["__str__", "owner", "position", BooleanColumn("is_active", label=_("In use"))]
    list_filter = ["is_active"]
    search_fields = ["name_fr", "name_en"]
    copy_view_enabled = False
    ordering = ["position", "id"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name_fr"), FieldPanel("name_en")]),
            FieldRowPanel([FieldPanel("description_fr"), FieldPanel("description_en")]),
            FieldRowPanel([FieldPanel("icon"), FieldPanel("position")]),
            FieldPanel("owner"),
            FieldPanel("is_active"),
        ],
        base_form_class=ThemeForm,
    )
