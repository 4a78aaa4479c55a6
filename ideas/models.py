"""Ideas and what hangs on them: category, images, comments, following, the timeline of moves, official answers."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from vote.managers import VotableManager

from core.public_ids import PublicIdField

from .querysets import CommentQuerySet, IdeaQuerySet
from .states import OPEN_TO_EDITS, OPEN_TO_VOTES, State, Visibility
from .votes import CountedVotes

TITLE_MIN, TITLE_MAX = 10, 120
BODY_MIN, BODY_MAX = 30, 5_000
COMMENT_MIN, COMMENT_MAX = 2, 2_000
REASON_MIN, REASON_MAX = 10, 2_000
IMAGES_MAX = 4
COUNTERS = ("vote_score", "num_vote_up", "num_vote_down", "comment_count", "merged_count", "trend")


class Category(models.Model):
    """A theme, named in both languages."""

    slug = models.SlugField(max_length=40, unique=True)
    name_fr = models.CharField(_("name in French"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    description_fr = models.CharField(_("description in French"), max_length=200, blank=True)
    description_en = models.CharField(_("description in English"), max_length=200, blank=True)
    icon = models.CharField(_("icon"), max_length=30, default="lightbulb")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner"),
    )
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_fr

    @property
    def description(self) -> str:
        return self.description_en if get_language() == "en" else self.description_fr


class Idea(models.Model):
    """What a member proposes. State, visibility and counters are moved by verbs alone, never by a form."""

    public_id = PublicIdField()
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    body = models.TextField(_("your idea"), max_length=BODY_MAX)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="ideas", verbose_name=_("theme"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="ideas")
    state = models.CharField(max_length=12, choices=State, default=State.NEW)
    state_since = models.DateTimeField(default=timezone.now)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    promise_due_at = models.DateTimeField(null=True, blank=True)
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
            models.Index(fields=["state", "-vote_score", "-id"], name="idea_state_votes"),
            models.Index(fields=["state", "-state_since", "-id"], name="idea_state_since"),
            models.Index(fields=["author", "-created_at"], name="idea_author"),
            models.Index(
                fields=["promise_due_at", "id"], name="idea_promise", condition=models.Q(promise_due_at__isnull=False)
            ),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, update_fields=None, **kwargs):
        """An existing row's counters are never written by save(): a stale copy would undo other people's votes."""
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
    def is_open_to_edits(self) -> bool:
        return self.state in OPEN_TO_EDITS

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


class Comment(models.Model):
    """One level of threads. `is_official` and `is_internal` are set by verbs, for staff alone."""

    public_id = PublicIdField()
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="replies")
    body = models.TextField(_("comment"), max_length=COMMENT_MAX)
    is_official = models.BooleanField(default=False)
    is_internal = models.BooleanField(default=False)
    visibility = models.CharField(max_length=8, choices=Visibility, default=Visibility.PUBLIC)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        verbose_name = _("comment")
        indexes = [models.Index(fields=["idea", "created_at", "id"], name="comment_of_idea")]

    def __str__(self):
        return self.body[:60]


class Follow(models.Model):
    """A choice made by hand. Authors, voters and commenters follow without a row; `active=False` says "tell me nothing"."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="follows")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="follows")
    active = models.BooleanField(default=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "idea"], name="follow_once")]

    def __str__(self):
        return f"{self.member_id} {'+' if self.active else '-'} {self.idea_id}"


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
    signature = models.CharField(_("signature"), max_length=120)
    is_silent = models.BooleanField(default=False)
    promise_due_at = models.DateTimeField(null=True, blank=True)  # the promise that this answer kept, or broke
    undone_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return self.signature


class Merge(models.Model):
    """A duplicate that points to the idea that stays, and the state it will have if it is undone. Nothing is copied."""

    duplicate = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    canonical = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="+")
    state_before = models.CharField(max_length=12, choices=State)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["duplicate"], condition=models.Q(undone_at__isnull=True), name="merged_into_one_idea"
            )
        ]

    def __str__(self):
        return f"{self.duplicate_id} → {self.canonical_id}"


class Moderation(models.Model):
    """A change of visibility, and the reason that the author reads."""

    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="moderations")
    before = models.CharField(max_length=8, choices=Visibility)
    after = models.CharField(max_length=8, choices=Visibility)
    reason = models.TextField(max_length=REASON_MAX)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.before} → {self.after}"
