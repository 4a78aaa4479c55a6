"""The forms of reporting and contesting. The verbs check; what the shield refuses comes back masked."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ideas.forms import ShieldedForm

from .states import NAMELESS, TEXT_MAX, Reason


class ReportForm(ShieldedForm):
    """With an account, no name is asked for."""

    shielded = ("explanation", "name")
    url = forms.CharField(
        label=_("Address of the content"), max_length=500, widget=forms.TextInput(attrs={"inputmode": "url"}),
        help_text=_("The link “Report” beside a text fills it in. Otherwise copy it from your browser."),
        error_messages={"required": _("Say where the content is.")},
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("What is wrong"), choices=Reason.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose a reason of the list.")},
    )  # fmt: skip
    explanation = forms.CharField(
        label=pgettext_lazy("report", "Tell us"), max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Why is it against the law or our charter? Never a card or account number."),
        error_messages={"required": _("Say in a sentence or two what is wrong.")},
    )  # fmt: skip
    name = forms.CharField(
        label=_("Your first and last name"), required=False, max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text=_("Seen by our moderators alone."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Your e-mail"), required=False, max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We confirm your report there, then tell you what we decided."),
        error_messages={"invalid": _("This e-mail address is not complete.")},
    )  # fmt: skip
    good_faith = forms.BooleanField(
        label=_("As far as I know, what I say here is true and complete."), required=True,
        error_messages={"required": _("Confirm that what you say is true as far as you know.")},
    )  # fmt: skip

    def __init__(self, *args, has_account: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if has_account:
            del self.fields["name"], self.fields["email"]
            return
        for name in ("name", "email"):  # the law asks for both, but for one reason (see `clean`)
            self.fields[name].needed_when = _("needed, except for the sexual abuse of a child")

    def clean(self):
        said = super().clean()
        if "name" in self.fields and said.get("reason") and said["reason"] not in NAMELESS:
            if not said.get("name"):
                self.add_error("name", _("Give your name: the law asks for it."))
            if not said.get("email") and "email" not in self.errors:
                self.add_error("email", _("Give your e-mail: we answer there."))
        return said


class AppealForm(ShieldedForm):
    shielded = ("text",)
    text = forms.CharField(
        label=_("Why should we decide otherwise?"), max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Somebody else than who decided first reads it and answers you."),
        error_messages={"required": _("Say in a sentence or two why we should decide otherwise.")},
    )  # fmt: skip
