"""What members say of a consultation: how each visual strikes them, and remarks under the poll."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.commenting import COMMENT_MAX
from core.public_ids import PublicIdField

from ..querysets import RemarkQuerySet, VisualCountQuerySet
from ..states import Feeling, Visibility
from .poll import Poll
from .questions import Question


class VisualReaction(models.Model):
    """How one member reacts to one visual. Taken back, the row stays without a kind, so that a published count can wait until
    enough people have moved. `counted`: neither of the bank's people nor of an account hours old (`docs/polls.md`).

    Erasing a member leaves the row, without its member: the counts stay.
    """

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="reactions")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="visual_reactions"
    )
    kind = models.CharField(max_length=10, choices=Feeling, blank=True)
    counted = models.BooleanField(default=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reaction to a visual")
        constraints = [models.UniqueConstraint(fields=["question", "member"], name="visual_reaction_once")]
        indexes = [
            models.Index(fields=["member", "at"], name="visual_reaction_pace"),
            models.Index(fields=["question", "at"], name="visual_reaction_moved"),
        ]

    def __str__(self):
        return f"{self.kind} {self.question_id}"


class VisualCount(models.Model):
    """The reactions to a visual, counted; `shown`, the counts as they were last published, and `waiting`, those that come next.
    Each with the moment at which they were so (`domain/publishing_reactions.py`)."""

    question = models.OneToOneField(Question, on_delete=models.CASCADE, related_name="visual_count")
    convinces = models.PositiveIntegerField(default=0)
    cold = models.PositiveIntegerField(default=0)
    worries = models.PositiveIntegerField(default=0)
    shown = models.JSONField(default=dict, blank=True)
    shown_at = models.DateTimeField(null=True, blank=True)
    waiting = models.JSONField(default=dict, blank=True, db_default=models.Value({}, models.JSONField()))
    waiting_at = models.DateTimeField(null=True, blank=True)

    objects = VisualCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("reactions to a visual")

    def __str__(self):
        return f"{self.question_id}: {self.convinces}, {self.cold}, {self.worries}"

    @property
    def counts(self) -> dict[str, int]:
        return {kind: getattr(self, kind) for kind in Feeling.values}


class Remark(models.Model):
    """A comment under a consultation, read by everyone who reads the poll. `is_official` is set by the verb, for staff alone."""

    public_id = PublicIdField()
    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="remarks")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="poll_remarks")
    body = models.TextField(_("comment"), max_length=COMMENT_MAX)
    is_official = models.BooleanField(default=False)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    language = models.CharField(_("language"), max_length=2, default="fr")
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)  # by its author: the text is gone from this row
    key = models.CharField(max_length=100, null=True, blank=True, editable=False)  # the author's Idempotency-Key ...
    key_mark = models.CharField(
        max_length=64, blank=True, editable=False
    )  # ... and what was sent with it, as `sealed_mark`

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["poll", "-created_at", "-id"], name="remark_of_poll"),
            models.Index(fields=["author", "created_at"], name="remark_pace"),
        ]
        constraints = [
            models.CheckConstraint(
                name="remark_deleted_has_no_text", condition=Q(deleted_at__isnull=True) | Q(body="")
            ),
            models.UniqueConstraint(fields=["author", "key"], name="remark_once_per_key"),
        ]

    def __str__(self):
        return self.body[:60]

    def get_absolute_url(self) -> str:
        return f"{self.poll.get_absolute_url()}?remark={self.public_id}#remark-{self.public_id}"

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


class RemarkVersion(models.Model):
    """A text that the remark had, from `written_at` until it was changed or deleted. Those who moderate read it in a case."""

    remark = models.ForeignKey(Remark, on_delete=models.CASCADE, related_name="versions")
    body = models.TextField(max_length=COMMENT_MAX)
    written_at = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return self.body[:60]
