"""Templates of official answers: a name, a text in both languages with fields to fill, an owner; every edit is a version."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField

from .categories import Category
from .limits import BODY_MAX


class AnswerTemplate(models.Model):
    """`version` is the number of the version in force."""

    public_id = PublicIdField()
    name_fr = models.CharField(_("name in French"), max_length=80)
    name_en = models.CharField(_("name in English"), max_length=80)
    category = models.ForeignKey(
        Category, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", verbose_name=_("theme")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
    )
    version = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name_fr", "id"]
        verbose_name = _("answer template")
        verbose_name_plural = _("answer templates")

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_fr

    @staticmethod
    def versions_in_force(templates) -> dict[int, "TemplateVersion"]:
        """Of each of these templates, by its key, in one query."""
        rows = TemplateVersion.objects.filter(template__in=templates, number=models.F("template__version"))
        return {row.template_id: row for row in rows}


class TemplateVersion(models.Model):
    """A text as it was from one edit to the next. Answers remember the one they came from, so none is ever changed."""

    template = models.ForeignKey(AnswerTemplate, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    body_fr = models.TextField(_("text in French"), max_length=BODY_MAX)
    body_en = models.TextField(_("text in English"), max_length=BODY_MAX, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["template", "number"], name="template_version_once")]

    def __str__(self):
        return f"{self.template_id} v{self.number}"

    def body_in(self, language: str) -> str:
        """The text for a reader of that language; French where there is no English one."""
        return self.body_en if language == "en" and self.body_en else self.body_fr
