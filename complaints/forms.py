"""What the desk's forms hold. Lengths, secrets and rights are the verbs' to check: a form only carries text to them."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import roles
from ideas.backoffice.forms import DeskForm, GroundFields
from members.models import Member

from .domain.answering import house_mediator
from .models import MEDIATOR_MAX, TEXT_MAX
from .states import Outcome


def _text(label, *, rows=5, longest=TEXT_MAX, help_text=""):
    widget = forms.Textarea(attrs={"rows": rows, "maxlength": longest})
    return forms.CharField(label=label, required=False, strip=True, widget=widget, help_text=help_text)


def handlers():
    """Who may handle a complaint."""
    names = (roles.PRODUCT_OWNER, roles.MODERATOR, roles.ADMINISTRATOR)
    return (
        Member.objects.living().staff().filter(groups__name__in=names).distinct().order_by("nickname").defer("password")
    )


class OpenForm(GroundFields, DeskForm):
    reason = _text(_("Why it is a complaint, read by your colleagues"), rows=3)
    hide = forms.BooleanField(label=_("Take the text out of public sight"), required=False)
    statement = _text(_("If you do: the reason that its author reads"), rows=3, longest=2_000)
    field_order = ("reason", "hide", "ground", "rule", "statement")


class AcknowledgeForm(DeskForm):
    main = "text"
    text = _text(_("Acknowledgement, read by the person alone"), rows=7)


class AnswerForm(DeskForm):
    main = "text"
    outcome = forms.ChoiceField(
        label=_("The bank’s answer"), choices=Outcome.choices, required=False, widget=forms.RadioSelect
    )
    text = _text(_("Answer with its reasons, read by the person alone"), rows=9)
    mediator = _text(
        _("Mediator, named when it is refused"), rows=3, longest=MEDIATOR_MAX,
        help_text=_("Who they are, and an address, a site or an e-mail to reach them."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["mediator"].initial = house_mediator()
        self.fields["outcome"].widget.attrs.pop("class", None)


class AssignForm(DeskForm):
    main = "owner"
    owner = forms.ModelChoiceField(
        label=pgettext_lazy("complaint", "In charge"), queryset=Member.objects.none(), to_field_name="public_id",
        required=False, empty_label=_("The whole team"),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = handlers()


class TurnBackForm(DeskForm):
    reason = _text(_("Why it is no complaint, read by the person and your colleagues"), rows=3)
    show = forms.BooleanField(label=_("Show the text to everyone again"), required=False)

    def __init__(self, *args, is_hidden: bool = True, **kwargs):
        super().__init__(*args, **kwargs)
        if not is_hidden:
            del self.fields["show"]


class CloseForm(DeskForm):
    main = ""
