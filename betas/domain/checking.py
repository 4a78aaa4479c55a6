"""What the verbs of betas share: the lock on a programme, texts read by the shield, and reasons in the house's language."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError, Invalid
from core.shield import refuse_private

from ..models import Programme


def lock(programme: Programme) -> Programme:
    """The programme's row, locked until the transaction ends: seats are counted under it."""
    return Programme.objects.select_for_update().get(pk=programme.pk)


def check_text(text: str, *, field: str, shortest: int = 0, longest: int) -> str:
    """The text without outer blanks, its length and its numbers checked."""
    text = (text or "").strip()
    if len(text) < shortest:
        if not text:
            raise Invalid(_("Fill in this field."), code="required", field=field)
        raise Invalid(
            _("Tell us more: %(count)d characters at least.") % {"count": shortest}, code="too_short", field=field
        )
    if len(text) > longest:
        raise Invalid(
            _("This text is too long: %(count)d characters at most.") % {"count": longest}, code="too_long", field=field
        )
    refuse_private(**{field: text})
    return text


def full() -> DomainError:
    return DomainError(
        _("All the seats are taken. Follow the ideas it comes from to hear of the release."),
        code="beta_full",
        status=409,
    )


def in_house_language(text, **values) -> str:
    """A sentence that is stored and read by all, in the site's first language."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(text) % values
