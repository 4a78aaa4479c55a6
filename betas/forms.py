"""Forms of betas. They parse and present; the rules are the domain's, and its refusals land at their field."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, NotAllowed, NotFound, NotSignedIn
from core.forms import MaskedForm, masked
from core.shield import SECRET_KINDS, mask

from .models import IMAGES_MAX, MOTIVATION_MAX
from .states import Kind, Severity


class HouseForm(MaskedForm, forms.Form):
    """A form whose verb may refuse. "Send it masked" posts the same form again with the button `masked`."""

    required_css_class = "is-required"
    refusal: DomainError | None = None

    def __init__(self, data: Any = None, files: Any = None, **kwargs: Any) -> None:
        if data is not None and "masked" in data:
            data = masked(data)
            for file in [file for name in files or {} for file in files.getlist(name)]:
                file.name = mask(file.name, SECRET_KINDS)
        super().__init__(data, files, label_suffix="", use_required_attribute=False, **kwargs)
        for field in self.fields.values():
            if "invalid_choice" in field.error_messages:  # Django's own quotes what was sent
                field.error_messages["invalid_choice"] = _("Choose one of the answers offered.")

    def attempt(self, verb: Callable[..., Any], **values: Any) -> Any:
        """Call the verb; a refusal becomes the form's error and None is returned. Who may not is not the form's matter."""
        try:
            return verb(**values)
        except (NotSignedIn, NotAllowed, NotFound):
            raise
        except DomainError as refusal:
            self.refusal = refusal
            if self.can_be_masked:
                self.data = masked(self.data)  # the page does not say the number again
            field = refusal.field if refusal.field in self.fields else None
            self.add_error(field, ValidationError(str(refusal), code=refusal.code))
            return None

    @property
    def can_be_masked(self) -> bool:
        return bool(self.refusal and self.refusal.code == "private_data")


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "textarea-s"})


class ApplyForm(HouseForm):
    motivation = forms.CharField(
        label=_("Why you would like to take part"),
        help_text=_("Two sentences are enough: how you use it today, what you expect."),
        required=False,
        max_length=MOTIVATION_MAX,
        widget=_area(4),
    )
    device = forms.CharField(
        label=_("Your device"),
        help_text=_("For example: iPhone 15, Pixel 9, a computer."),
        required=False,
        max_length=60,
    )


class CharterForm(HouseForm):
    version = forms.IntegerField(widget=forms.HiddenInput)
    agree = forms.BooleanField(
        label=_("I have read the charter and I agree"),
        error_messages={"required": _("Tick the box to take your seat.")},
    )


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files; the verb decodes them and says what is wrong."""

    def clean(self, data: Any, initial: Any = None) -> list:
        if not data:
            return []
        return [super(FilesField, self).clean(file, initial) for file in (data if isinstance(data, list) else [data])]


class FindingForm(HouseForm):
    kind = forms.ChoiceField(label=_("What is it?"), choices=Kind.choices, widget=forms.RadioSelect, initial=Kind.ISSUE)
    severity = forms.ChoiceField(
        label=_("If it is a fault, how much does it hinder?"),
        choices=Severity.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    title = forms.CharField(label=_("In one sentence"), max_length=120)
    body = forms.CharField(
        label=_("What happened"),
        help_text=_("What you did, what you saw, what you expected."),
        max_length=5_000,
        widget=_area(6),
    )
    mission = forms.ChoiceField(label=_("During which mission?"), required=False)
    device = forms.CharField(label=_("Device"), required=False, max_length=60)
    app_version = forms.CharField(
        label=_("Version of the app"),
        help_text=_("It stands at the foot of the app’s settings."),
        required=False,
        max_length=30,
    )
    screenshots = FilesField(
        label=_("Screenshots"),
        required=False,
        widget=SeveralFiles(attrs={"accept": "image/jpeg,image/png,image/webp", "multiple": True}),
    )
    images_max = IMAGES_MAX

    def __init__(self, *args: Any, missions: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missions = {mission.public_id: mission for mission in missions}
        self.fields["mission"].choices = [("", _("None in particular")), *((m.public_id, m.title) for m in missions)]

    def clean_mission(self) -> Any:
        return self.missions.get(self.cleaned_data["mission"])


class DetailsForm(HouseForm):
    details = forms.CharField(label=_("Your answer"), max_length=4_990, widget=_area(4))


class StepsForm(forms.Form):
    """The steps ticked; unticking is allowed."""

    steps = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, count: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["steps"].choices = [(str(at), str(at)) for at in range(count)]
