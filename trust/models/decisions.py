"""Each verdict of a person, as the log keeps it."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField, new_public_id

from .bursts import VoteBurst
from .cases import Appeal, Case
from .statements import Statement


class Decision(models.Model):
    """One verdict on one case, by whom. Those of one `batch` were given together, and are taken back together.

    `before` holds what an undo gives back; its shape is the verb's own. A verdict taken back stays here, as undone.
    """

    public_id = PublicIdField()
    batch = models.CharField(max_length=12, default=new_public_id, db_index=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    verdict = models.CharField(max_length=20)
    statement = models.OneToOneField(
        Statement, null=True, blank=True, on_delete=models.SET_NULL, related_name="decision"
    )
    appeal = models.ForeignKey(Appeal, null=True, blank=True, on_delete=models.CASCADE, related_name="decisions")
    burst = models.ForeignKey(VoteBurst, null=True, blank=True, on_delete=models.CASCADE, related_name="decisions")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    before = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("verdict")
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.verdict} {self.case_id}"
