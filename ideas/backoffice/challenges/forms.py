"""The forms of challenges in the desk: parse and present; every rule is a verb's."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid
from core.forms import MaskedForm, masked
from members.models import Circle, Member
from members.states import Kind, Segment

from ...domain.challenges.writing import DATES, TERMS, TEXTS
from ...models import RULES_MAX, WORD_MAX, Challenge

MOMENT = "%Y-%m-%dT%H:%M"
capital = lazy(capfirst, str)


class ChallengeDeskForm(MaskedForm, forms.Form):
    """In the desk's dress; a refusal lands at its field, and no private number comes back."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False, **kwargs)
        for field in self.fields.values():
            boxes = (forms.CheckboxInput, forms.CheckboxSelectMultiple, forms.HiddenInput)
            if not isinstance(field.widget, boxes):
                field.widget.attrs["class"] = "dk-input"

    def attempt(self, verb: Any, *args: Any, **values: Any) -> Any:
        """Call the verb; a refusal becomes the form's error and None is returned. Who may not is not the form's matter."""
        try:
            return verb(*args, **values)
        except DomainError as refusal:
            if refusal.status in (401, 403, 404) and refusal.code != "four_eyes":
                raise
            self.data = masked(self.data)
            self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
            return None


def _of(name: str, kind: type[forms.Field] = forms.CharField, **kwargs: Any) -> forms.Field:
    """A field with the label, help and limits of the model's."""
    field = Challenge._meta.get_field(name)
    kwargs.setdefault("label", capital(field.verbose_name))
    kwargs.setdefault("help_text", field.help_text)
    kwargs.setdefault("required", False)
    if kind is forms.CharField:
        kwargs.setdefault("max_length", field.max_length)
    return kind(**kwargs)


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def moment_field(name: str) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
    return _of(name, forms.DateTimeField, input_formats=[MOMENT], widget=widget)


class ChallengeForm(ChallengeDeskForm):
    title_fr = _of("title_fr", required=True)
    title_en = _of("title_en")
    lede_fr = _of("lede_fr")
    lede_en = _of("lede_en")
    call_fr = _of("call_fr", widget=_area(8))
    call_en = _of("call_en", widget=_area(5))
    prizes_fr = _of("prizes_fr", widget=_area(4))
    prizes_en = _of("prizes_en", widget=_area(3))
    sponsor = _of("sponsor")
    circle = forms.ModelChoiceField(
        label=_("Circle"), queryset=Circle.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("Everybody"), help_text=_("Only its people see the challenge and its ideas."),
    )  # fmt: skip
    eligible_kinds = _of(
        "eligible_kinds", forms.MultipleChoiceField, choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )
    eligible_segments = _of(
        "eligible_segments", forms.MultipleChoiceField, choices=Segment.choices, widget=forms.CheckboxSelectMultiple
    )
    adults_only = _of("adults_only", forms.BooleanField, initial=True)
    entries_per_member = _of(
        "entries_per_member", forms.IntegerField, required=True, min_value=1, max_value=20, initial=1
    )
    vote_share = _of("vote_share", forms.IntegerField, required=True, min_value=0, max_value=100, initial=33)
    shortlist_size = _of("shortlist_size", forms.IntegerField, required=True, min_value=1, max_value=100, initial=10)
    opens_at = moment_field("opens_at")
    posting_ends_at = moment_field("posting_ends_at")
    voting_ends_at = moment_field("voting_ends_at")
    results_at = moment_field("results_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["circle"].queryset = Circle.objects.in_use()

    def freeze(self, names: tuple[str, ...]) -> None:
        """What no longer changes is shown and not sent."""
        for name in names:
            self.fields[name].disabled = True

    @staticmethod
    def values_of(challenge: Challenge) -> dict[str, Any]:
        return {name: getattr(challenge, name) for name in (*TEXTS, *DATES, *TERMS)}


class RulesForm(ChallengeDeskForm):
    body_fr = forms.CharField(label=_("Rules in French"), max_length=RULES_MAX, required=False, widget=_area(14))
    body_en = forms.CharField(label=_("Rules in English"), max_length=RULES_MAX, required=False, widget=_area(6))
    changes_fr = forms.CharField(
        label=_("What changes, in French"), max_length=500, required=False, widget=_area(2),
        help_text=_("Needed once the challenge is open: entrants read it and are asked to accept."),
    )  # fmt: skip
    changes_en = forms.CharField(label=_("What changes, in English"), max_length=500, required=False, widget=_area(2))


class LengthenForm(ChallengeDeskForm):
    opens_at = moment_field("opens_at")
    posting_ends_at = moment_field("posting_ends_at")
    voting_ends_at = moment_field("voting_ends_at")
    results_at = moment_field("results_at")


class InviteForm(ChallengeDeskForm):
    member = forms.CharField(
        label=_("Name or e-mail"), max_length=254, help_text=_("A colleague sits at once; a member is asked first.")
    )
    title = forms.CharField(
        label=_("Who they are, in a few words"), max_length=80, required=False,
        help_text=_("Public. For example: mother of two pupils, Quimper."),
    )  # fmt: skip

    def clean_member(self) -> Member:
        asked = self.cleaned_data["member"].strip()
        found = Member.objects.living().filter(Q(email__iexact=asked) | Q(nickname__iexact=asked)).first()
        if found is None:
            raise forms.ValidationError(_("No member has this name or this e-mail."))
        return found


class WinnersForm(ChallengeDeskForm):
    """One row a prize: an entry of the shortlist and why. Rows left empty at the end give no prize."""

    def __init__(self, data: Any = None, *, challenge: Challenge, standings: list, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [("", _("Nobody"))]
        choices += [(s.entry.idea.public_id, f"{s.entry.idea.title} · {s.score}") for s in standings]
        self.prizes = challenge.prizes
        for place, prize in enumerate(self.prizes, 1):
            self.fields[f"idea_{place}"] = forms.ChoiceField(
                label=prize, choices=choices, required=False, widget=forms.Select(attrs={"class": "dk-input"})
            )
            self.fields[f"reason_{place}"] = forms.CharField(
                label=_("Why it wins"), max_length=WORD_MAX, required=False,
                widget=forms.Textarea(attrs={"rows": 2, "class": "dk-input"}),
            )  # fmt: skip
        self.fields["jury_word"] = forms.CharField(
            label=_("A word from the jury"), max_length=WORD_MAX, required=False,
            widget=forms.Textarea(attrs={"rows": 3, "class": "dk-input"}),
        )  # fmt: skip

    @property
    def rows(self) -> list[tuple]:
        return [(n, self[f"idea_{n}"], self[f"reason_{n}"]) for n in range(1, len(self.prizes) + 1)]

    def picks(self) -> list[tuple[str, str]]:
        """(idea, reason) in the order of the prizes; Invalid for a gap."""
        rows = [
            (self.cleaned_data[f"idea_{n}"], self.cleaned_data[f"reason_{n}"]) for n in range(1, len(self.prizes) + 1)
        ]
        while rows and not rows[-1][0]:
            rows.pop()
        for place, (idea, _reason) in enumerate(rows, 1):
            if not idea:
                raise Invalid(_("Give this prize too, or none after it."), code="gap", field=f"idea_{place}")
        return rows
