"""What staff did with an idea beside its path: the history that the desk shows, and what a ten-second undo gives back."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language

from core.public_ids import PublicIdField

from ..states import Doing
from .ideas import Idea
from .limits import REASON_MAX


class Deed(models.Model):
    """One thing done, by whom in which role, why. `words_*` say it without naming people: `whom` is who it concerned.

    `before` holds what an undo restores; its shape is the verb's own.
    """

    public_id = PublicIdField()
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="deeds")
    kind = models.CharField(max_length=12, choices=Doing)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_role = models.CharField(max_length=20, default="system")
    whom = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    words_fr = models.CharField(max_length=400)
    words_en = models.CharField(max_length=400)
    reason = models.TextField(max_length=REASON_MAX, blank=True)
    is_silent = models.BooleanField(default=True)
    before = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return self.words

    @property
    def words(self) -> str:
        return self.words_en if get_language() == "en" else self.words_fr
