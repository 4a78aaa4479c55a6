"""Hold rules, which staff name and switch, and what they held."""

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField

from ..states import RuleKind
from .cases import Case


class HoldRule(models.Model):
    """One rule. `number`, `minutes` and `days` are read by the kinds that need them (domain/holding.py)."""

    public_id = PublicIdField(null=True)  # null: made by a process of the version before, until it is next kept
    kind = models.CharField(_("what it looks at"), max_length=10, choices=RuleKind)
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    is_active = models.BooleanField(_("in force"), default=True)
    number = models.PositiveSmallIntegerField(
        _("number of texts"), default=1, validators=[MinValueValidator(1)],
        help_text=_("Burst: from how many texts on. The same text again: from which copy on."),
    )  # fmt: skip
    minutes = models.PositiveIntegerField(
        _("within so many minutes"), default=10, help_text=_("Burst, and the same text again.")
    )
    days = models.PositiveSmallIntegerField(
        _("age of the account, in days"), default=7, help_text=_("New account: younger than this.")
    )
    words_fr = models.TextField(
        _("words in French, one a line"), blank=True,
        help_text=_("A word ends where it is written; end it with * to take all that begin so.")
    )  # fmt: skip
    words_en = models.TextField(_("words in English, one a line"), blank=True)

    class Meta:
        ordering = ["kind", "id"]
        verbose_name = _("hold rule")
        verbose_name_plural = _("hold rules")

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_fr


class Hold(models.Model):
    """A rule held this text. The rule's name is kept as it was then."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="holds")
    rule = models.ForeignKey(HoldRule, null=True, on_delete=models.SET_NULL, related_name="holds")
    rule_name = models.CharField(max_length=80)
    saw = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return self.rule_name
