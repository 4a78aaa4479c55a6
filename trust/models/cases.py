"""What waits at the moderation desk: cases, the reports and the appeals they gather."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField

from ..querysets import CaseQuerySet
from ..states import SUBJECT_MAX, TEXT_MAX, Kind, Matter, Outcome, Reason, ReportState
from .statements import Statement


class Case(models.Model):
    """One thing to decide, once: a subject has at most one open case per matter; what comes meanwhile joins it.

    The subject is named by kind and key, not by a foreign key: what can be reported may live in any app (subjects.py).
    """

    public_id = PublicIdField()
    matter = models.CharField(max_length=8, choices=Matter, default=Matter.CONTENT)
    kind = models.CharField(max_length=8, choices=Kind)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=SUBJECT_MAX, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_urgent = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)
    report_count = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("moderation case")
        ordering = ["-is_urgent", "opened_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "kind", "subject_id"], condition=Q(closed_at__isnull=True), name="one_open_case"
            )
        ]
        indexes = [
            models.Index(
                fields=["-is_urgent", "opened_at", "id"], name="case_waiting", condition=Q(closed_at__isnull=True)
            ),
            models.Index(fields=["kind", "subject_id"], name="case_of_subject"),
        ]

    def __str__(self):
        return self.title or self.public_id

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Report(models.Model):
    """A notice of content, by a member or by anyone. Who reported is seen by staff alone."""

    public_id = PublicIdField()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reports")
    reason = models.CharField(_("reason"), max_length=8, choices=Reason)
    explanation = models.TextField(_("explanation"), max_length=TEXT_MAX)
    url = models.CharField(_("address of the content"), max_length=500)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(max_length=2, default="fr")
    state = models.CharField(max_length=8, choices=ReportState, default=ReportState.OPEN)
    answer = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("report")
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["email", "created_at"], name="report_by_email")]

    def __str__(self):
        return self.public_id


class Appeal(models.Model):
    """Against a statement by its addressee, or against a refused report by who reported. Once each."""

    public_id = PublicIdField()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="appeals")
    statement = models.OneToOneField(Statement, null=True, blank=True, on_delete=models.CASCADE, related_name="appeal")
    report = models.OneToOneField(Report, null=True, blank=True, on_delete=models.CASCADE, related_name="appeal")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("what you contest"), max_length=TEXT_MAX)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.OPEN)
    answer = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        verbose_name = _("appeal")
        constraints = [
            models.CheckConstraint(
                condition=Q(statement__isnull=False, report__isnull=True)
                | Q(statement__isnull=True, report__isnull=False),
                name="appeal_against_one_thing",
            )
        ]

    def __str__(self):
        return self.public_id

    @property
    def first_decider_id(self) -> int | None:
        """Who decided what is contested; they do not decide again."""
        return self.statement.by_id if self.statement_id else self.report.decided_by_id
