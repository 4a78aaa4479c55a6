"""What the bank's editors write goes through the privacy shield too: pages and settings; files in forms.py."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.fields import StreamField

from core.errors import DomainError
from core.shield import refuse_private


def faults_of(where: str, text: str) -> dict[str, ValidationError]:
    try:
        refuse_private(**{where: text})
    except DomainError as refusal:
        return {where: ValidationError(str(refusal), code=refusal.code)}
    return {}


class ShieldedModel(models.Model):
    """Refuses, at its field, a text that holds a card number, an IBAN or a national number."""

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        faults = {}
        for field in self._meta.get_fields():
            if isinstance(field, StreamField):
                value = getattr(self, field.name)
                faults |= faults_of(field.name, "\n".join(map(str, value.stream_block.get_searchable_content(value))))
            elif isinstance(field, (models.CharField, models.TextField)) and field.editable and field.name != "path":
                faults |= faults_of(field.name, getattr(self, field.name) or "")
        if faults:
            raise ValidationError(faults)
