"""The form of a circle. It parses; the rules are those of members/domain/circling.py."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Circle
from ..models.circles import RULED_BY
from ..states import REGIONS, AgeBand, CircleEntry, Kind, Segment

CHOICES = {
    "kind": (_("Customer or not"), Kind.choices),
    "segment": (_("Segment"), Segment.choices),
    "age_band": (_("Age"), AgeBand.choices),
    "region": (_("Region"), [(name, name) for name in REGIONS]),
}


SOURCES = [
    ("bank", _("Only what the bank has set itself")),
    ("anyone", _("What members say of themselves, too")),
]


class CircleForm(forms.Form):
    name_fr = forms.CharField(label=_("Name in French"), max_length=60)
    name_en = forms.CharField(label=_("Name in English"), max_length=60)
    description_fr = forms.CharField(
        label=_("Description in French"), max_length=280, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    description_en = forms.CharField(
        label=_("Description in English"), max_length=280, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    entry = forms.ChoiceField(
        label=_("Who is in it"), choices=CircleEntry.choices, initial=CircleEntry.INVITATION, widget=forms.RadioSelect,
        help_text=_("It cannot be changed afterwards."),
    )  # fmt: skip

    source = forms.ChoiceField(
        label=_("Whose word counts"), choices=SOURCES, initial="bank", required=False, widget=forms.RadioSelect,
        help_text=_("Anyone can write in their profile that they are a professional, or live in Brittany."),
    )  # fmt: skip

    def __init__(self, *args, circle: Circle | None = None, **kwargs):
        super().__init__(*args, label_suffix="", use_required_attribute=False, **kwargs)
        for name in RULED_BY:
            label, choices = CHOICES[name]
            self.fields[name] = forms.MultipleChoiceField(
                label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
            )
        if circle:
            del self.fields["entry"]
            if circle.entry != CircleEntry.RULE:
                for name in (*RULED_BY, "source"):
                    del self.fields[name]
        for field in self.fields.values():
            if not isinstance(field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
                field.widget.attrs["class"] = "dk-input"

    @property
    def values(self) -> dict:
        """What the verbs take: the texts, and the rule by field of the profile."""
        texts = {name: value for name, value in self.cleaned_data.items() if name not in (*RULED_BY, "source")}
        source = self.cleaned_data.get("source")
        texts["bank_set_only"] = source == "bank" if source else None
        return texts | {"rule": {name: self.cleaned_data.get(name) or [] for name in RULED_BY}}

    @classmethod
    def values_of(cls, circle: Circle) -> dict:
        texts = {name: getattr(circle, name) for name in cls.base_fields if name != "source"}
        return texts | circle.rule | {"source": "bank" if circle.bank_set_only else "anyone"}

    @property
    def rule_fields(self) -> list:
        return [self[name] for name in RULED_BY if name in self.fields]
