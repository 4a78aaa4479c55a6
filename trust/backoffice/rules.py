"""The hold rules at the desk: named in both languages, switched, with their numbers and words. Moderators keep them."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from core.errors import DomainError
from core.forms import masked
from core.shield import PrivateData

from ..domain.ruling import keep_rule
from ..models import HoldRule
from ..permissions import can_set_rules


class ByRole(ModelPermissionPolicy):
    """Moderators and administrators; Django's own permissions have no say. A rule is put out of force, never deleted: what it
    held refers to it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and can_set_rules(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return can_set_rules(user)


register_permission_policy(HoldRule, ByRole(HoldRule))


class ByVerb:
    """Wagtail's form only carries what was typed: the verb keeps it, says no, and leaves the event, as for the API."""

    def save_instance(self) -> HoldRule:
        rule, is_new = self.form.instance, self.form.instance.pk is None
        rule = keep_rule(None if is_new else rule, by=self.request.user, **self.form.cleaned_data)
        log(rule, "wagtail.create" if is_new else "wagtail.edit", user=self.request.user)
        return rule

    def form_valid(self, form: Any) -> Any:
        try:
            return super().form_valid(form)
        except DomainError as refusal:
            self.produced_error_message = str(refusal)
            if isinstance(refusal, PrivateData):
                form.data = masked(form.data)
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return self.form_invalid(form)


class CreateRule(ByVerb, generic.CreateView):
    pass


class EditRule(ByVerb, generic.EditView):
    pass


class RuleViewSet(ModelViewSet):
    model = HoldRule
    name = "hold_rules"
    url_prefix = "hold-rules"
    icon = "dk-flag"
    menu_label = _("Hold rules")
    menu_name = "hold_rules"
    menu_order = 65
    add_to_admin_menu = True
    list_display = ["__str__", "kind", BooleanColumn("is_active", label=pgettext_lazy("hold rule", "In force"))]
    list_filter = ["kind", "is_active"]
    copy_view_enabled = False
    add_view_class, edit_view_class = CreateRule, EditRule
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
