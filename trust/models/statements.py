"""Statements of reasons (DSA, article 17): what was done to whose content or account, why, and what one can do."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField

from ..querysets import StatementQuerySet
from ..states import RESTRICTS, SUBJECT_MAX, TEXT_MAX, Automation, Ground, Kind, Measure


class Statement(models.Model):
    """Written once, never changed; a verdict taken back within its seconds leaves it undone.

    It keeps no copy of a text but a cleared profile's (`before`), which an appeal gives back; of other texts, `before` says who
    saw them.
    """

    public_id = PublicIdField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=8, choices=Kind)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=SUBJECT_MAX, blank=True)
    measure = models.CharField(max_length=10, choices=Measure)
    ground = models.CharField(max_length=8, choices=Ground, default=Ground.CHARTER)
    rule = models.CharField(max_length=200, blank=True)
    facts = models.TextField(max_length=TEXT_MAX)
    automation = models.CharField(max_length=8, choices=Automation, default=Automation.NONE)
    until = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # Whose theme the content stood in, so that the rate of removals by owner can be read later.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    before = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = _("statement of reasons")
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["member", "-at", "-id"], name="statement_to"),
            models.Index(fields=["kind", "subject_id", "-at"], name="statement_of"),
            models.Index(fields=["measure", "at"], name="statement_measure"),
        ]

    def __str__(self):
        return f"{self.measure} {self.kind} {self.subject_id}"

    def get_absolute_url(self) -> str:
        return reverse("trust:statement", args=[self.public_id])

    @property
    def appeal_until(self):
        return self.at + timedelta(days=settings.LAB["APPEAL_DAYS"])

    @property
    def restricts(self) -> bool:
        return self.measure in RESTRICTS
