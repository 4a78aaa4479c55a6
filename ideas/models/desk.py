"""What the desk keeps for staff: their named views of the queue, and their moves over many ideas at once."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField

from ..states import IN_BULK, BulkState, LineResult
from .ideas import Idea
from .limits import VIEW_NAME_MAX


class SavedView(models.Model):
    """A named view of the queue: `choice` holds its filters and its order (ideas/queueing). Others read it if it is shared."""

    public_id = PublicIdField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_views")
    name = models.CharField(_("name of the view"), max_length=VIEW_NAME_MAX)
    choice = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)
    is_default = models.BooleanField(_("opens first"), default=False)
    is_shared = models.BooleanField(_("shared with the team"), default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="view_named_once"),
            models.UniqueConstraint(fields=["owner"], condition=models.Q(is_default=True), name="one_first_view"),
        ]

    def __str__(self):
        return self.name


class BulkRun(models.Model):
    """One move over many ideas: made by the worker, a few ideas in each transaction. The counters are those of its lines."""

    public_id = PublicIdField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    move = models.CharField(max_length=30)
    values = models.JSONField(default=dict)  # what the move's form was filled with, as text
    state = models.CharField(max_length=8, choices=BulkState, default=BulkState.WAITING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    key = models.CharField(max_length=100, null=True, blank=True)  # the caller's Idempotency-Key
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="bulk_once_per_key")]
        indexes = [models.Index(fields=["by", "-id"], name="bulk_of_member")]

    def __str__(self):
        return f"{self.move} × {self.total}"

    @property
    def is_under_way(self) -> bool:
        return self.state in IN_BULK

    @property
    def handled(self) -> int:
        return self.done + self.refused + self.changed

    @property
    def percent(self) -> int:
        return 100 * self.handled // self.total if self.total else 100


class BulkLine(models.Model):
    """One idea of a run: what it was when it was chosen, what became of it, and what an undo would take back."""

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="lines")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    seen = models.CharField(max_length=60)
    result = models.CharField(max_length=8, choices=LineResult, default=LineResult.WAITING)
    words = models.CharField(max_length=300, blank=True)
    undo_kind = models.CharField(max_length=20, blank=True)
    undo_key = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["run", "idea"], name="idea_once_in_bulk")]
        indexes = [models.Index(fields=["run", "result", "id"], name="bulk_lines_left")]

    def __str__(self):
        return f"{self.idea_id}: {self.result}"
