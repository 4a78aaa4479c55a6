"""Questions put to experts about an idea."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField

from ..querysets import RoutingQuerySet
from .conversation import Comment
from .ideas import Idea
from .limits import QUESTION_MAX
from .steps import OfficialAnswer


class Routing(models.Model):
    """Who asked whom what, by when; and what the answer is: an internal note, or an official answer."""

    public_id = PublicIdField()
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="routings")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    question = models.TextField(_("question"), max_length=QUESTION_MAX)
    due_on = models.DateField(_("answer expected by"))
    at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    note = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    answer = models.ForeignKey(OfficialAnswer, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = RoutingQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["idea", "expert"],
                condition=models.Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="one_open_question_each",
            )
        ]
        indexes = [
            models.Index(
                fields=["expert", "due_on"],
                name="open_question",
                condition=models.Q(answered_at__isnull=True, withdrawn_at__isnull=True),
            )
        ]

    def __str__(self):
        return self.question[:60]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.due_on < timezone.localdate()
