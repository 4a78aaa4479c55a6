"""Tags: short bilingual words on ideas. Public ones are read and filtered by everyone, the others by staff alone."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .ideas import Idea


class Tag(models.Model):
    slug = models.SlugField(max_length=40, unique=True)
    name_fr = models.CharField(_("name in French"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=40)
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Shown on the idea’s page and offered as a filter. Otherwise staff alone read it."),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name_fr", "id"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_fr


class IdeaTag(models.Model):
    """A tag on an idea, and who put it there."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="tag_links")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="idea_links")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["idea", "tag"], name="tag_once_on_an_idea")]

    def __str__(self):
        return f"{self.idea_id} #{self.tag_id}"
