"""Complaints: where they come from, their two clocks, what was written, and each step with who made it."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField
from ideas.models import Comment, Idea
from polls.models import Poll, Remark

from .querysets import ComplaintQuerySet
from .states import Clock, Outcome, State

TEXT_MIN, TEXT_MAX = 20, 8_000
MEDIATOR_MAX = 500


class Complaint(models.Model):
    """A dissatisfaction that asks for an answer of the bank (ACPR 2024-R-02). Its texts are never public.

    It comes from one text: an idea, a comment under one (`idea` says which), or a comment under a poll (`remark`). The clocks start
    at `received_at`, when that was posted, not when somebody saw what it was.
    """

    public_id = PublicIdField()
    reference = models.CharField(_("reference"), max_length=20, unique=True)
    idea = models.ForeignKey(Idea, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints")
    comment = models.ForeignKey(Comment, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints")
    remark = models.ForeignKey(Remark, null=True, blank=True, on_delete=models.PROTECT, related_name="complaints")
    complainant = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="complaints")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=12, choices=State, default=State.OPENED)
    reason = models.TextField(_("why it is a complaint"), max_length=TEXT_MAX)
    is_hidden = models.BooleanField(default=False)  # the text was taken out of public sight
    received_at = models.DateTimeField()
    opened_at = models.DateTimeField(default=timezone.now)
    acknowledge_by = models.DateField()
    answer_by = models.DateField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledgement = models.TextField(max_length=TEXT_MAX, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome, blank=True)
    answer = models.TextField(max_length=TEXT_MAX, blank=True)
    mediator = models.TextField(_("mediator"), max_length=MEDIATOR_MAX, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    turned_back_at = models.DateTimeField(null=True, blank=True)  # opened by mistake: both clocks stop
    turned_back_reason = models.TextField(max_length=TEXT_MAX, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        ordering = ["answer_by", "id"]
        verbose_name = _("complaint")
        constraints = [
            models.UniqueConstraint(
                fields=["idea"], condition=Q(comment__isnull=True) & ~Q(state="turned_back"), name="idea_complains_once"
            ),
            models.UniqueConstraint(
                fields=["comment"],
                condition=Q(comment__isnull=False) & ~Q(state="turned_back"),
                name="comment_complains_once",
            ),
            models.UniqueConstraint(
                fields=["remark"],
                condition=Q(remark__isnull=False) & ~Q(state="turned_back"),
                name="remark_complains_once",
            ),
            models.CheckConstraint(
                condition=Q(idea__isnull=False, remark__isnull=True)
                | Q(idea__isnull=True, comment__isnull=True, remark__isnull=False),
                name="complaint_has_one_source",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="refused") | ~Q(mediator=""), name="refusal_names_the_mediator"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "answer_by", "id"], name="complaint_clock"),
            models.Index(fields=["complainant", "-received_at"], name="complaint_person"),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self) -> str:
        """The complainant's own page."""
        return reverse("complaints:show", args=[self.public_id])

    @property
    def source(self) -> Idea | Comment | Remark:
        """The text that is complained with."""
        return self.comment or self.remark or self.idea

    @property
    def place(self) -> Idea | Poll:
        """Where that text stands, or stood: it has a title and an address."""
        return self.remark.poll if self.remark else self.idea

    def days_left(self, clock: str, today: date) -> int | None:
        """Calendar days until a clock ends, negative when it has; None when it no longer runs."""
        if clock == Clock.ACKNOWLEDGE:
            return (self.acknowledge_by - today).days if self.state == State.OPENED else None
        return (self.answer_by - today).days if self.state in (State.OPENED, State.ACKNOWLEDGED) else None


class Step(models.Model):
    """One step of a complaint, with the text that went with it. Written once."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=12, choices=State)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by_role = models.CharField(max_length=20, blank=True, default="", db_default="")  # of older rows nobody knows it
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.complaint_id} {self.state}"

    @property
    def said(self) -> str:
        """The note as it is read: an outcome by its name, anything else as it was written."""
        return str(dict(Outcome.choices).get(self.note, self.note))


class Alert(models.Model):
    """A clock that ran out, told on one day: once, however often the job runs; or one that was near its end, told once."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="alerts")
    clock = models.CharField(max_length=11, choices=Clock)
    day = models.DateField()
    is_early = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["complaint", "clock", "day"], condition=Q(is_early=False), name="complaint_alert_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["complaint", "clock"], condition=Q(is_early=True), name="complaint_warned_once"
            ),
        ]

    def __str__(self):
        return f"{self.complaint_id} {self.clock} {self.day}"
