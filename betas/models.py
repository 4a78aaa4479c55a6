"""Beta programmes and what hangs on them: source ideas, enrolments, missions, findings and their screenshots."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField
from ideas.models import Idea

from .files import private_storage
from .querysets import EnrolmentQuerySet, FindingQuerySet, ProgrammeQuerySet
from .states import (
    HOLDS_A_SEAT,
    LOOKS,
    OPEN_STATES,
    REVIEW_LOOKS,
    TAKING_APPLICATIONS,
    TESTED_IN,
    TESTERS,
    Enrolled,
    Kind,
    Outcome,
    Review,
    Severity,
    State,
)

TITLE_MIN, TITLE_MAX = 5, 90
TEXT_MAX = 5_000
MOTIVATION_MAX = 600
REPLY_MIN, REPLY_MAX = 10, 2_000
CHANGED_MIN, CHANGED_MAX = 30, 2_000
FINDING_TITLE_MIN, FINDING_BODY_MIN = 5, 10
IMAGES_MAX = 4
SEATS_MAX = 5_000


class Programme(models.Model):
    """A feature tried before release by a few members. State, outcome and seats taken are moved by verbs alone."""

    public_id = PublicIdField()
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    summary = models.CharField(_("in one sentence"), max_length=240)
    intro = models.TextField(_("what testers will try"), max_length=TEXT_MAX)
    audience = models.TextField(
        _("who it is for"), max_length=1_000, blank=True, help_text=_("One point a line: they become a list.")
    )
    platforms = models.CharField(_("platforms"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    state_since = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    what_changed = models.TextField(_("what testers changed"), max_length=CHANGED_MAX, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    seats = models.PositiveSmallIntegerField(
        _("seats"), default=50, validators=[MinValueValidator(1), MaxValueValidator(SEATS_MAX)]
    )
    has_waiting_list = models.BooleanField(_("keep a waiting list when it is full"), default=True)
    accepts_at_once = models.BooleanField(
        _("first come, first served"), default=False, help_text=_("Otherwise you choose among the applications.")
    )
    eligible_kinds = models.JSONField(_("customers or prospects"), default=list, blank=True)
    eligible_segments = models.JSONField(_("segments"), default=list, blank=True)
    eligible_ages = models.JSONField(_("ages"), default=list, blank=True)
    applications_until = models.DateField(_("applications until"), null=True, blank=True)
    starts_on = models.DateField(_("the test starts on"), null=True, blank=True)
    ends_on = models.DateField(_("the test ends on"), null=True, blank=True)
    decision_on = models.DateField(_("decision told on"), null=True, blank=True)
    feature_flag = models.SlugField(
        _("feature flag"), max_length=60, blank=True, help_text=_("The key that the mobile apps read.")
    )
    focus_title = models.CharField(_("this week: title"), max_length=80, blank=True)
    focus = models.CharField(_("this week: what to look at"), max_length=300, blank=True)
    charter = models.TextField(_("tester's charter"), max_length=TEXT_MAX)
    charter_version = models.PositiveSmallIntegerField(_("version of the charter"), default=1)
    circle = models.ForeignKey(
        "members.Circle", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("circle")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("product owner"),
    )
    board_item_ref = models.CharField(_("board item"), max_length=20, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("beta programme")
        verbose_name_plural = _("beta programmes")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "-id"], name="programme_state"),
            models.Index(fields=["state", "-closed_at", "-id"], name="programme_closed"),
        ]
        constraints = [
            models.CheckConstraint(
                name="programme_closed_has_outcome",
                condition=~models.Q(state=State.CLOSED) | (~models.Q(outcome="") & models.Q(closed_at__isnull=False)),
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("betas:detail", args=[self.public_id, slugify(self.title)[:60] or "-"])

    @property
    def takes_applications(self) -> bool:
        """Open to candidates: recruiting, or running with its last day to apply still ahead."""
        today = timezone.localdate()
        if self.state not in TAKING_APPLICATIONS:
            return False
        if self.state == State.RUNNING and not self.applications_until:
            return False
        return self.applications_until is None or self.applications_until >= today

    @property
    def state_words(self) -> str:
        """The state, and for a closed one what came of it."""
        return self.get_outcome_display() if self.state == State.CLOSED else self.get_state_display()

    @property
    def look(self) -> str:
        return LOOKS[self.outcome if self.state == State.CLOSED else self.state]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def is_tested(self) -> bool:
        return self.state in TESTED_IN

    @property
    def seats_left(self) -> int:
        """Needs `with_seats()`, or counts."""
        taken = getattr(self, "seats_taken", None)
        if taken is None:
            taken = self.enrolments.holding_seats().count()
        return max(self.seats - taken, 0)

    @property
    def audience_points(self) -> list[str]:
        return [line.strip() for line in self.audience.splitlines() if line.strip()]

    @property
    def source_ideas(self) -> list[Idea]:
        """The public ideas it comes from; needs `with_ideas()` in lists."""
        return [link.idea for link in self.idea_links.all() if link.idea.is_shown_to(self.circle_id)]


class ProgrammeIdea(models.Model):
    """An idea of the members that the programme tries out."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="idea_links")
    idea = models.ForeignKey(Idea, on_delete=models.CASCADE, related_name="programme_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "idea"], name="programme_idea_once")]

    def __str__(self):
        return f"{self.programme_id} ← {self.idea_id}"


class InterestRegistration(models.Model):
    """ "Tell me when it opens", before a programme recruits."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="interests")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="beta_interests")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "member"], name="interest_once")]

    def __str__(self):
        return f"{self.member_id} ☆ {self.programme_id}"


class Enrolment(models.Model):
    """A member's place in a programme, one row each. Seats are counted on `state`, under the programme's lock."""

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="enrolments")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(max_length=10, choices=Enrolled, default=Enrolled.APPLIED)
    state_since = models.DateTimeField(default=timezone.now)
    motivation = models.TextField(_("why you would like to take part"), max_length=MOTIVATION_MAX, blank=True)
    device = models.CharField(_("your device"), max_length=60, blank=True)
    note = models.TextField(_("word to the applicant"), max_length=REPLY_MAX, blank=True)
    agreed_version = models.PositiveSmallIntegerField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(_("last sign of life"), null=True, blank=True)
    applied_at = models.DateTimeField(default=timezone.now)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["programme", "member"], name="enrolled_once")]
        indexes = [
            models.Index(fields=["programme", "state", "applied_at", "id"], name="enrolment_waiting"),
            models.Index(fields=["member", "-id"], name="enrolment_member"),
        ]

    def __str__(self):
        return f"{self.member_id} @ {self.programme_id}: {self.state}"

    @property
    def holds_a_seat(self) -> bool:
        return self.state in HOLDS_A_SEAT

    @property
    def is_tester(self) -> bool:
        """Has signed the charter and is still there."""
        return self.state in TESTERS and self.agreed_at is not None

    @property
    def must_sign(self) -> bool:
        return self.state == Enrolled.ACCEPTED


class Mission(models.Model):
    """What to test, in steps. `steps` is one step a line."""

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="missions")
    title = models.CharField(_("title"), max_length=TITLE_MAX)
    brief = models.TextField(_("what to test"), max_length=1_000)
    steps = models.TextField(_("steps"), max_length=2_000, help_text=_("One step a line."))
    duration = models.CharField(_("how long it takes"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("mission")
        ordering = ["position", "id"]

    def __str__(self):
        return self.title

    @property
    def step_list(self) -> list[str]:
        return [line.strip() for line in self.steps.splitlines() if line.strip()]


class MissionProgress(models.Model):
    """Which steps of a mission a tester ticked (numbers from 0); done when all are."""

    mission = models.ForeignKey(Mission, on_delete=models.CASCADE, related_name="progress")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="progress")
    steps = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mission", "enrolment"], name="progress_once")]

    def __str__(self):
        return f"{self.enrolment_id}: {self.mission_id}"


class Finding(models.Model):
    """What a tester reports. Read by its author and the bank alone; the reply speaks to its author."""

    public_id = PublicIdField()
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="findings")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="findings")
    mission = models.ForeignKey(
        Mission, null=True, blank=True, on_delete=models.SET_NULL, related_name="findings", verbose_name=_("mission")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.ISSUE)
    severity = models.CharField(_("how much it hinders"), max_length=7, choices=Severity, blank=True)
    title = models.CharField(_("in one sentence"), max_length=120)
    body = models.TextField(_("what happened, and what you expected"), max_length=TEXT_MAX)
    details = models.TextField(_("details given on request"), max_length=TEXT_MAX, blank=True)
    device = models.CharField(_("device"), max_length=60, blank=True)
    app_version = models.CharField(_("version of the app"), max_length=30, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=Review, default=Review.NEW)
    state_since = models.DateTimeField(default=timezone.now)
    reply = models.TextField(_("reply of the bank"), max_length=REPLY_MAX, blank=True)
    reply_signature = models.CharField(max_length=120, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="duplicates"
    )
    board_item_ref = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        ordering = ["-id"]
        indexes = [models.Index(fields=["programme", "state", "-id"], name="finding_state")]

    def __str__(self):
        return self.title

    @property
    def look(self) -> str:
        return REVIEW_LOOKS[self.state]


class FindingImage(models.Model):
    """A screenshot: private, in a folder no web server serves; a view shows it to its author and the bank."""

    public_id = PublicIdField()
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="images")
    file = models.ImageField(
        upload_to="betas/%Y/%m/", storage=private_storage, width_field="width", height_field="height"
    )
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return self.public_id
