"""What an idea said before it was changed, and the author's own withdrawal of it."""

from django.db import models
from django.urls import reverse
from django.utils import timezone

from .categories import Category
from .ideas import Idea
from .limits import BODY_MAX, TITLE_MAX


class IdeaVersion(models.Model):
    """One text of an idea, from number 1. Written at the first change: an idea never changed has no row.

    `is_shown` says whether others may read it once another text has taken its place: a text that was held, hidden or
    removed when it was replaced was never cleared by anybody, and stays with its author and staff. `hidden_at` is when
    moderators took this one text away afterwards; it is theirs alone to show again.
    """

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=TITLE_MAX)
    body = models.TextField(max_length=BODY_MAX)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="+")
    alts = models.JSONField(default=list)  # what each picture was said to show, in order
    language = models.CharField(max_length=2, default="fr")
    is_shown = models.BooleanField(default=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["idea", "number"], name="idea_version_once")]

    def __str__(self):
        return f"{self.idea_id} v{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("ideas:versions", args=[self.idea.public_id])


class Withdrawal(models.Model):
    """The author took the idea back before the bank decided anything. It is its place on the timeline."""

    idea = models.OneToOneField(Idea, on_delete=models.CASCADE, related_name="withdrawal")
    reason = models.CharField(max_length=300, blank=True)
    was_public = models.BooleanField(default=True)  # a held idea that nobody saw leaves no trace for others
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"{self.idea_id} {self.at:%Y-%m-%d}"
