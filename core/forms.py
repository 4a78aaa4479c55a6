"""What forms share."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .errors import DomainError
from .shield import SECRET_KINDS, PrivateData, mask, refuse_private


def masked(data: Any) -> Any:
    """What was posted, each private number in it as dots."""
    data = data.copy()
    for name in data:
        if hasattr(data, "setlist"):
            data.setlist(name, [mask(value, SECRET_KINDS) for value in data.getlist(name)])
        elif isinstance(data[name], str):
            data[name] = mask(data[name], SECRET_KINDS)
    return data


class MaskedForm:
    """A form that comes back with an error, whichever, says no private number again."""

    def full_clean(self):
        super().full_clean()  # type: ignore[misc]
        if self._errors:
            self.data = masked(self.data)


class ShieldedForm(forms.Form):
    """Texts go through the privacy shield first. `private` is the refusal; the fields then hold the masked texts."""

    shielded: tuple[str, ...] = ()

    def __init__(self, data=None, *args, **kwargs):
        self.private = None
        if data is not None:
            data = data.copy()
            texts = {name: data[name] for name in self.shielded if data.get(name)}
            try:
                refuse_private(**texts)
            except PrivateData as refusal:
                self.private = refusal
                for name, text in texts.items():
                    data[name] = mask(text, SECRET_KINDS)
        super().__init__(data, *args, **kwargs)

    def clean(self):
        if self.private and self.private.field in self.fields:
            self.add_error(
                self.private.field, _("This text held a private number. It is hidden now: read it again, then send.")
            )
        return super().clean()

    status = 400

    def take(self, refusal: DomainError) -> None:
        """A refusal of the verb, at its field; the page answers with its status."""
        self.status = refusal.status
        if isinstance(refusal, PrivateData):
            self.private = refusal
        self.add_error(refusal.field if refusal.field in self.fields else None, str(refusal))
