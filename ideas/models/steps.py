"""What the bank did with an idea: moves, official answers, merges, changes of visibility."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField

from ..states import MergedPromise, State, Visibility
from .ideas import Idea
from .limits import BODY_MAX, REASON_MAX


class IdeaMove(models.Model):
    """One step of the timeline: from, to, the public reason, and who decided (shown as a role, not a name)."""

    public_id = PublicIdField()
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="moves")
    from_state = models.CharField(max_length=12, choices=State)
    to_state = models.CharField(max_length=12, choices=State)
    reason = models.TextField(max_length=REASON_MAX)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_role = models.CharField(max_length=20, default="system")
    is_silent = models.BooleanField(default=False)
    undone_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.from_state} → {self.to_state}"


class OfficialAnswer(models.Model):
    """What the bank answered. An edit is a new row, so that every published version is kept; the newest is shown."""

    public_id = PublicIdField()
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="answers")
    body = models.TextField(max_length=BODY_MAX)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_role = models.CharField(max_length=20, blank=True, default="", db_default="")  # of older rows nobody knows it
    signature = models.CharField(_("signature"), max_length=120)
    is_silent = models.BooleanField(default=False)
    promise_due_at = models.DateTimeField(null=True, blank=True)  # the promise that this answer kept, or broke
    written_from = models.ForeignKey(
        "ideas.TemplateVersion", null=True, blank=True, on_delete=models.SET_NULL, related_name="answers"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return self.signature


class Merge(models.Model):
    """A duplicate that points to the idea that stays, and the state it will have if it is undone. Nothing is copied.

    `given_…` is the clock that the idea that stays got by it, `stood_…` its own from before: domain/carrying.py.
    """

    duplicate = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    canonical = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    state_before = models.CharField(max_length=12, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    promise = models.CharField(max_length=8, choices=MergedPromise, blank=True, default="", db_default="")
    given_due_at = models.DateTimeField(null=True, blank=True)
    given_started_at = models.DateTimeField(null=True, blank=True)
    stood_due_at = models.DateTimeField(null=True, blank=True)
    stood_started_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duplicate"], condition=models.Q(undone_at__isnull=True), name="merged_into_one_idea"
            )
        ]

    def __str__(self):
        return f"{self.duplicate_id} → {self.canonical_id}"


class Moderation(models.Model):
    """A change of visibility, and the reason that the author reads. Its id is what an undo asks for; older ones have none."""

    public_id = PublicIdField(null=True)
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="moderations")
    before = models.CharField(max_length=8, choices=Visibility)
    after = models.CharField(max_length=8, choices=Visibility)
    reason = models.TextField(max_length=REASON_MAX)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_role = models.CharField(max_length=20, blank=True, default="", db_default="")  # of older rows nobody knows it
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.before} → {self.after}"
