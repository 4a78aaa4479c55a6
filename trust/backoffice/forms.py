"""What the desk's forms hold. Lengths, secrets and rights are the verbs' to check."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ideas.backoffice.forms import GroundFields
from ideas.models import REASON_MAX

from ..states import Verdict


class DeskForm(forms.Form):
    """Fields in the desk's dress; a refusal without a field of its own stands at the reason."""

    reason = forms.CharField(
        label=_("Reason: the author and who reported read it"), required=False, strip=True,
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": REASON_MAX}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if not isinstance(field.widget, (forms.CheckboxInput, forms.HiddenInput)):
                field.widget.attrs |= {"class": "dk-input"}
            field.widget.attrs["id"] = f"desk-{name}"

    def refuse(self, field: str | None, message: str) -> None:
        name = field if field in self.fields else "reason"
        self.add_error(name, message)
        self.fields[name].widget.attrs |= {"aria-invalid": "true", "aria-describedby": f"desk-{name}-error"}


class VerdictForm(GroundFields, DeskForm):
    seen = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    field_order = ("ground", "rule", "reason")


class RestrictForm(VerdictForm):
    with_strike = forms.BooleanField(label=_("Count a strike against its author"), required=False)


class ReporterForm(DeskForm):
    """A reporter's appeal that wins: what happens to the content."""

    verdict = forms.ChoiceField(
        label=_("What happens to the content"), required=False,
        choices=[(Verdict.HIDE.value, Verdict.HIDE.label), (Verdict.REMOVE.value, Verdict.REMOVE.label)],
    )  # fmt: skip
    field_order = ("verdict", "reason")


class BanForm(DeskForm):
    """For a time; empty days: until it is lifted."""

    days = forms.IntegerField(
        label=pgettext_lazy("suspension", "For how many days (empty: until it is lifted)"), required=False, min_value=1,
        max_value=3650, initial=7, widget=forms.NumberInput(attrs={"min": 1, "max": 3650}),
    )  # fmt: skip
    field_order = ("days", "reason")
