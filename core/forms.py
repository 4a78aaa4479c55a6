"""What forms share."""

from typing import Any

from .shield import SECRET_KINDS, mask


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
