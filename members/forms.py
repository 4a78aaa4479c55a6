"""Forms of the accounts. They parse and present; the rules are the domain's."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from core.forms import MaskedForm

from .domain.describing import NOT_A_CHOICE
from .domain.joining import ADULTS_ONLY, CHARTER_FIRST
from .domain.naming import LONGEST, choose_nickname
from .models import Member
from .models.circles import RULED_BY
from .states import REGIONS, AgeBand, Kind, Role

BY_BANK = _("Set by your bank. If it is wrong, write to us.")
BY_MEMBER = _("Said by you: change it when you like.")


def shown_at_field(error: DomainError) -> ValidationError:
    return ValidationError(str(error), code=error.code)


class PlainYes(forms.CheckboxInput):
    """A ticked box, or `true` in the app's JSON. To Django's own, "no" is a yes: it is not empty."""

    def value_from_datadict(self, data, files, name):
        value = data.get(name)
        return value is True or (isinstance(value, str) and value.lower() in ("on", "true", "1", "yes"))


class SignupForm(MaskedForm, forms.Form):
    """What we ask a newcomer beside the e-mail; allauth builds its page's and its app's forms on this one.

    Help stands in the template: a lazy text here would break the OpenAPI document that allauth makes of these fields.
    """

    nickname = forms.CharField(
        label=_("The name others will see"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    kind = forms.ChoiceField(
        label=_("Are you a customer of the bank?"),
        choices=Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you are a customer.")},
    )
    is_adult = forms.BooleanField(label=_("I am 18 or over"), widget=PlainYes, error_messages={"required": ADULTS_ONLY})
    accepts_charter = forms.BooleanField(
        label=_("I accept the participation charter"), widget=PlainYes, error_messages={"required": CHARTER_FIRST}
    )
    consent_newsletter = forms.BooleanField(
        label=_("Write to me once a month about what has changed"), widget=PlainYes, required=False
    )
    consent_profiling = forms.BooleanField(
        label=_("Use my age and region to suggest polls"), widget=PlainYes, required=False
    )

    field_order = [
        "email", "nickname", "password1", "kind", "is_adult", "accepts_charter", "consent_newsletter", "consent_profiling",
    ]  # fmt: skip

    def clean_nickname(self):
        try:
            return choose_nickname(self.cleaned_data["nickname"])
        except DomainError as error:
            raise shown_at_field(error) from error

    def signup(self, request, user):
        """Nothing left to do: the adapter has called the verb."""


class ProfileForm(MaskedForm, forms.ModelForm):
    """Who I am: the name, the rest optional."""

    age_band = forms.ChoiceField(
        label=_("Age"), choices=[("", _("I prefer not to say")), *AgeBand.choices], required=False
    )
    region = forms.ChoiceField(
        label=_("Region"), choices=[("", _("I prefer not to say")), *[(name, name) for name in REGIONS]], required=False
    )

    class Meta:
        model = Member
        fields = [
            "nickname",
            "bio",
            "kind",
            "segment",
            "age_band",
            "region",
            "language",
            "shows_ideas",
            "shows_details",
        ]
        widgets = {"bio": forms.Textarea(attrs={"rows": 3}), "kind": forms.RadioSelect, "segment": forms.RadioSelect}
        labels = {
            "nickname": _("The name others see"),
            "bio": _("About me"),
            "kind": _("Are you a customer of the bank?"),
            "segment": _("You come as"),
            "language": _("Language of the site and of our e-mails"),
            "shows_ideas": _("Show my ideas on my public page"),
            "shows_details": _("Show there whether I am a customer, and my region"),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if "invalid_choice" in field.error_messages:  # Django's own quotes what was sent
                field.error_messages["invalid_choice"] = NOT_A_CHOICE
        for name in RULED_BY:
            by_bank = name in self.instance.set_by_bank
            self.fields[name].disabled = by_bank
            self.fields[name].help_text = BY_BANK if by_bank else BY_MEMBER

    def _post_clean(self):
        """The verb checks and writes, so that no face can forget a rule; the form only parses."""


class ConsentForm(forms.Form):
    purpose = forms.CharField()
    given = forms.BooleanField(required=False)


class EraseForm(forms.Form):
    understood = forms.BooleanField(
        label=_("I understand that this cannot be undone"),
        error_messages={"required": _("Tick the box to confirm that you want to erase your account.")},
    )


class DeskMemberForm(forms.ModelForm):
    """A member as administrators see them. The verbs write; the form never touches roles, counters or state itself."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each role opens the desk. Administrators hold them all."),
    )

    def __init__(self, *args, editing_self=False, for_user=None, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["roles"].initial = sorted(group.name for group in self.instance.groups.all())
            for known in ("email", "nickname"):
                self.fields[known].disabled = True

    class Meta:
        model = Member
        fields = ["email", "nickname", "job_title", "is_ambassador", "is_active"]
        labels = {
            "email": _("E-mail"),
            "nickname": _("Name others see"),
            "job_title": _("Role at the bank"),
            "is_ambassador": _("Ambassador"),
            "is_active": _("Account open"),
        }

    def _post_clean(self):
        """The verbs check."""
