"""A form for the style guide: each kind of control, one of them wrong."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SpecimenForm(forms.Form):
    name = forms.CharField(label=_("Name others see"), help_text=_("The one the others will read."), max_length=30)
    email = forms.EmailField(label=_("E-mail"))
    theme = forms.ChoiceField(label=_("Topic"), choices=[("cards", _("Cards")), ("savings", _("Savings"))])
    note = forms.CharField(label=_("A word"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=280)
    reach = forms.ChoiceField(
        label=_("How often"),
        widget=forms.RadioSelect,
        choices=[("day", pgettext_lazy("how often", "Every day")), ("week", pgettext_lazy("how often", "Every week"))],
    )
    reference = forms.CharField(label=_("Reference"), disabled=True, initial="PHR-7Q4K-21")
    tell = forms.BooleanField(label=_("Tell me by e-mail"), required=False, help_text=_("Never more than once a day."))


def specimen_form() -> SpecimenForm:
    """Bound, so that it shows an error and what was typed."""
    return SpecimenForm(
        {"name": "Maëlle R.", "email": "maelle@exemple", "theme": "cards", "reach": "week", "tell": "on"},
        auto_id="sg_%s",
    )
