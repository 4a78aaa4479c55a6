"""Ideas and their pictures."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from vote.managers import VotableManager

from core.public_ids import PublicIdField

from ..querysets import IdeaQuerySet
from ..states import (
    AWAITING,
    BEYOND_REVIEW,
    FAR,
    OPEN_TO_VOTES,
    QUEUED,
    Crowd,
    State,
    Visibility,
    crowd_of,
)
from ..votes import CountedVotes
from .categories import Category
from .limits import BODY_MAX, COUNTERS, TITLE_MAX

QUEUE = models.Q(in_queue=True)
NARROWED = ("led_by", "author_crowd", "staff_votes", "votes_7d")


class Idea(models.Model):
    """What a member proposes. State, visibility and counters are moved by verbs alone, never by a form."""

    public_id = PublicIdField()
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    body = models.TextField(_("your idea"), max_length=BODY_MAX)
    circle = models.ForeignKey(
        "members.Circle", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("circle")
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="ideas", verbose_name=_("theme"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ideas")
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    state_since = models.DateTimeField(default=timezone.now)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    language = models.CharField(_("language"), max_length=2, default="fr", db_default="fr")
    answered_at = models.DateTimeField(null=True, blank=True)
    promise_due_at = models.DateTimeField(null=True, blank=True)
    promise_started_at = models.DateTimeField(null=True, blank=True)
    urgent_since = models.DateTimeField(null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates")
    merged_count = models.PositiveIntegerField(default=0)
    vote_score = models.IntegerField(default=0)
    num_vote_up = models.PositiveIntegerField(default=0)
    num_vote_down = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    trend = models.FloatField(default=0)
    # Of the votes, those of the bank's own people; and votes recorded for people who asked elsewhere, which are not among them.
    staff_votes = models.PositiveIntegerField(default=0, db_default=0)
    votes_on_behalf_count = models.PositiveIntegerField(default=0, db_default=0)
    # Measured from the vote rows every quarter of an hour: domain/measuring.py.
    votes_7d = models.PositiveIntegerField(default=0, db_default=0)
    # What the author is to the bank: known from the first save on, kept by domain/grouping.py when they change.
    author_crowd = models.CharField(max_length=12, choices=Crowd, blank=True, default="", db_default="")
    led_by = models.CharField(max_length=12, choices=Crowd, blank=True, default="", db_default="")
    # Kept by the database, so that no verb can forget them: what the triage queue's partial indexes stand on.
    in_queue = models.GeneratedField(
        expression=models.Q(state__in=AWAITING, visibility__in=QUEUED),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    promise_sort = models.GeneratedField(
        expression=Coalesce("promise_due_at", models.Value(FAR)), output_field=models.DateTimeField(), db_persist=True
    )
    # Moved on, and never answered: so few that the database must know it. Otherwise it walks all that were moved on.
    overlooked = models.GeneratedField(
        expression=models.Q(state__in=BEYOND_REVIEW, answered_at__isnull=True),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    votes = VotableManager(manager=CountedVotes)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["visibility", "-trend", "-id"], name="idea_trend"),
            models.Index(fields=["visibility", "-vote_score", "-id"], name="idea_votes"),
            models.Index(fields=["visibility", "-created_at", "-id"], name="idea_newest"),
            models.Index(fields=["visibility", "-comment_count", "-id"], name="idea_discussed"),
            models.Index(fields=["category", "-trend", "-id"], name="idea_category_trend"),
            models.Index(fields=["category", "-vote_score", "-id"], name="idea_category_votes"),
            models.Index(fields=["state", "-trend", "-id"], name="idea_state_trend"),
            # Of a decided state, what narrows the list stands behind the order: few rows or none are found in the index alone.
            models.Index(fields=["state", "-vote_score", "-id", *NARROWED], name="idea_state_votes"),
            models.Index(fields=["state", "-state_since", "-id", *NARROWED], name="idea_state_since"),
            models.Index(fields=["author", "-created_at"], name="idea_author"),
            models.Index(
                fields=["promise_due_at", "id"], name="idea_promise", condition=models.Q(promise_due_at__isnull=False)
            ),
            models.Index(
                fields=["urgent_since", "id"], name="idea_urgent", condition=models.Q(urgent_since__isnull=False)
            ),
            # The triage queue, by each of its orders, and by what its views ask for. The figures of the views and themes are
            # counted in them alone: that is why visibility stands at the end.
            models.Index(fields=["promise_sort", "-id", "visibility", "state"], name="queue_promise", condition=QUEUE),
            models.Index(fields=["-vote_score", "-id"], name="queue_votes", condition=QUEUE),
            models.Index(fields=["-votes_7d", "-id"], name="queue_growth", condition=QUEUE),
            models.Index(fields=["created_at", "id"], name="queue_age", condition=QUEUE),
            models.Index(
                fields=["assignee", "promise_sort", "-id", "visibility"], name="queue_assignee", condition=QUEUE
            ),
            models.Index(
                fields=["category", "promise_sort", "-id", "visibility"], name="queue_category", condition=QUEUE
            ),
            models.Index(
                fields=["promise_sort", "-id", "visibility"],
                name="queue_unanswered",
                condition=QUEUE & models.Q(answered_at__isnull=True),
            ),
            models.Index(fields=["led_by", "promise_sort", "-id", "visibility"], name="queue_led_by", condition=QUEUE),
            models.Index(
                fields=["author_crowd", "promise_sort", "-id", "visibility"], name="queue_author", condition=QUEUE
            ),
            models.Index(fields=["-staff_votes", "-id"], name="queue_staff", condition=QUEUE),
            models.Index(fields=["state", "created_at", "id", *NARROWED], name="past_age", condition=~QUEUE),
            models.Index(fields=["state", "-id"], name="idea_overlooked", condition=models.Q(overlooked=True)),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, update_fields=None, **kwargs):
        """An existing row's counters are never written by save(): a stale copy would undo other people's votes."""
        if self._state.adding and not self.author_crowd and self.author_id:
            self.author_crowd = crowd_of(self.author.kind, self.author.segment)
        if not self._state.adding and update_fields is None:
            names = [field.name for field in self._meta.concrete_fields if not field.primary_key]
            update_fields = [name for name in names if name not in COUNTERS]
        super().save(*args, update_fields=update_fields, **kwargs)

    def get_absolute_url(self):
        return reverse("ideas:detail", args=[self.public_id, slugify(self.title)[:60] or "-"])

    @property
    def is_open_to_votes(self) -> bool:
        return self.state in OPEN_TO_VOTES and self.visibility == Visibility.PUBLIC

    @property
    def is_for_everybody(self) -> bool:
        """Whether a stranger may read it: public, and of no circle."""
        return self.visibility == Visibility.PUBLIC and self.circle_id is None

    def is_shown_to(self, circle_id: int | None) -> bool:
        """Whether all people of a circle (None: everybody) may read it."""
        return self.visibility == Visibility.PUBLIC and self.circle_id in (None, circle_id)

    @property
    def promise_start(self):
        """When the running clock began; clocks older than that column began so many days before their end."""
        if self.promise_started_at or not self.promise_due_at:
            return self.promise_started_at
        return self.promise_due_at - timedelta(days=self.category.promise.days)

    @property
    def is_withdrawn(self) -> bool:
        """Taken back by its author."""
        return self.visibility == Visibility.WITHDRAWN

    @property
    def stays(self) -> "Idea | None":
        """The idea it was merged into, where that one is shown to all: the title of a hidden one is not told here either."""
        return self.merged_into if self.merged_into_id and self.merged_into.visibility == Visibility.PUBLIC else None

    @property
    def is_past(self) -> bool:
        return self.state in (State.DELIVERED, State.DECLINED, State.MERGED)


class IdeaImage(models.Model):
    """A picture of an idea: WebP made of pixels alone (core/images.py)."""

    public_id = PublicIdField()
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="images")
    file = models.ImageField(upload_to="ideas/%Y/%m/", width_field="width", height_field="height")
    alt = models.CharField(_("what the picture shows"), max_length=200, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return self.alt or self.public_id

    def get_absolute_url(self):
        return reverse("ideas:image", args=[self.public_id])

    @property
    def small_url(self) -> str:
        """640 pixels at most, for lists and phones."""
        return reverse("ideas:small_image", args=[self.public_id])
