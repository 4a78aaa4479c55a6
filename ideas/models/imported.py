"""Where an idea came from, when it came in a file of another tool."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .ideas import Idea


class Source(models.TextChoices):
    CANNY = "canny", "Canny"
    FIDER = "fider", "Fider"
    USERVOICE = "uservoice", "UserVoice"
    CSV = "csv", _("a file")


class ImportedIdea(models.Model):
    """One row of a file: a source and an identifier there, once and for all, so that no file makes an idea twice.

    The author's name and the votes are what the other tool said. They are shown to staff alone: nobody there agreed to be
    named here, and their votes are not of members, so they never enter the count.
    """

    source = models.CharField(max_length=10, choices=Source)
    external_id = models.CharField(max_length=200)
    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="origin")
    author_name = models.CharField(max_length=120, blank=True)
    votes = models.PositiveIntegerField(default=0)
    state_there = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="imported_idea_once")]

    def __str__(self):
        return f"{self.source} {self.external_id}"
