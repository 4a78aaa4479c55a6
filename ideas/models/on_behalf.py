"""Votes recorded by staff for people who asked elsewhere; counted and shown apart from members' own."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField

from ..states import Source
from .ideas import Idea
from .limits import REFERENCE_MAX


class VoteOnBehalf(models.Model):
    """So many people, heard through a source. The reference leads the bank to where it was said, and names nobody."""

    public_id = PublicIdField()
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="votes_on_behalf")
    source = models.CharField(_("source"), max_length=12, choices=Source)
    people = models.PositiveIntegerField(_("how many people"))
    reference = models.CharField(_("reference"), max_length=REFERENCE_MAX)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("vote on behalf")

    def __str__(self):
        return f"{self.get_source_display()}: {self.people}"
