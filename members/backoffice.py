"""The desk's list of members: administrators see everyone, give roles, close or erase accounts."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.admin.views.generic import HistoryView
from wagtail.users.views import users
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction
from wagtail.users.views.groups import GroupViewSet

from core.errors import DomainError

from .domain.appointing import set_roles
from .domain.erasing import erase
from .domain.inviting import invite, set_standing
from .forms import DeskMemberForm
from .models import Member
from .states import Role


def roles_in_words(member: Member) -> str:
    return ", ".join(str(Role(group.name).label) for group in member.groups.all() if group.name in Role.values)


class MembersIndex(users.IndexView):
    page_title = _("Members")
    add_item_label = _("Add a colleague")
    template_name = "wagtailadmin/generic/index.html"
    results_template_name = "wagtailadmin/generic/index_results.html"
    search_fields = ["nickname", "email"]
    is_searchable = True

    @cached_property
    def columns(self):
        name = self._get_title_column_class(users.UserColumn)
        return [
            name("nickname", label=_("Name"), accessor="display_name", get_url=self.get_edit_url, sort_key="nickname"),
            Column("email", label=_("E-mail"), sort_key="email"),
            Column("roles", label=_("Roles"), accessor=roles_in_words),
            Column("kind", label=_("Customer or not"), accessor="get_kind_display", sort_key="kind"),
            BooleanColumn("is_active", label=_("Open"), sort_key="is_active"),
            DateColumn("date_joined", label=_("Member since"), sort_key="date_joined"),
            DateColumn("last_login", label=_("Last visit"), sort_key="last_login"),
        ]

    def get_base_queryset(self):
        return Member.objects.with_roles().select_related("wagtail_userprofile")


class VerbsDecide:
    """A refusal of the domain is shown in the form, which keeps what was typed."""

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
            self.produced_error_message = str(error)
            return self.form_invalid(form)


class AddMember(VerbsDecide, users.CreateView):
    page_title = _("Add a colleague")
    template_name = "wagtailadmin/generic/create.html"
    success_message = _("%(object)s can sign in with a code by e-mail.")

    def save_instance(self):
        given = self.form.cleaned_data
        return invite(
            email=given["email"], nickname=given["nickname"], job_title=given["job_title"], roles=given["roles"],
            by=self.request.user,
        )  # fmt: skip


class EditMember(VerbsDecide, users.EditView):
    template_name = "wagtailadmin/generic/edit.html"
    success_message = _("%(object)s is up to date.")

    def save_instance(self):
        given, by = self.form.cleaned_data, self.request.user
        member = set_standing(
            self.object, job_title=given["job_title"], is_ambassador=given["is_ambassador"],
            is_active=given["is_active"], by=by,
        )  # fmt: skip
        return set_roles(member, given["roles"], by=by)


class EraseMember(users.DeleteView):
    """No member is ever deleted: the person is erased and the tallies stay."""

    page_title = _("Erase a member")
    success_message = _("The member is erased; their votes and ballots stay counted.")

    def get_usage_url(self):
        return None

    @property
    def confirmation_message(self):
        return _("Erase this member for ever? Their name and e-mail go; their votes and ballots stay counted.")

    def delete_action(self):
        erase(self.object, by=self.request.user)


class MemberViewSet(users.UserViewSet):
    menu_label = _("Members")
    ordering = "-date_joined"
    template_prefix = "members/desk/"
    index_view_class = MembersIndex
    add_view_class = AddMember
    edit_view_class = EditMember
    delete_view_class = EraseMember
    history_view_class = HistoryView
    list_per_page = 50

    def get_form_class(self, for_update=False):
        return DeskMemberForm


class GroupsOutOfSight(GroupViewSet):
    """The roles are the migration's: what each may do is not changed by hand."""

    add_to_settings_menu = False


class _Never:
    """Wagtail's bulk actions would write members' rows past the verbs: nobody may run them."""

    @classmethod
    def get_models(cls):
        return [Member]

    def check_perm(self, _obj):
        return False


class NoBulkDelete(_Never, DeleteBulkAction):
    pass


class NoBulkRoles(_Never, AssignRoleBulkAction):
    pass


class NoBulkState(_Never, SetActiveStateBulkAction):
    pass
