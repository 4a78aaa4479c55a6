"""What members are told, and what they wish to be told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField

from .querysets import NotificationQuerySet
from .states import Rhythm, Topic


class Notification(models.Model):
    """One thing told to one member, once: `dedupe_key` names the thing.

    No sentence, title or name is kept: they are made when it is read, in the reader's language, of what the subject is
    then. So what was hidden, renamed or erased since is not shown.
    """

    public_id = PublicIdField()
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=30)
    topic = models.CharField(max_length=20, choices=Topic)
    subject_type = models.CharField(max_length=12, blank=True)
    subject_id = models.BigIntegerField(default=0)
    payload = models.JSONField(default=dict)
    dedupe_key = models.CharField(max_length=80)
    event_id = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    in_inbox = models.BooleanField(default=True)
    read_at = models.DateTimeField(null=True, blank=True)
    mail = models.CharField(max_length=6, choices=Rhythm, default=Rhythm.NEVER)
    mailed_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("notification")
        ordering = ["-created_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["member", "dedupe_key"], name="told_once")]
        indexes = [
            models.Index(fields=["member", "-created_at", "-id"], name="inbox_newest"),
            models.Index(fields=["member"], name="inbox_unread", condition=Q(read_at__isnull=True, in_inbox=True)),
            models.Index(fields=["dedupe_key"], name="told_of"),
            models.Index(
                fields=["mail", "created_at"],
                name="mail_waiting",
                condition=Q(mailed_at__isnull=True) & ~Q(mail="never"),
            ),
            models.Index(fields=["created_at"], name="told_when"),
        ]

    def __str__(self):
        return f"{self.kind} → {self.member_id}"

    @property
    def is_unread(self) -> bool:
        return self.read_at is None


class Preference(models.Model):
    """A member's own wish for a topic; without a row the default holds (states.DEFAULTS)."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="told_of")
    topic = models.CharField(max_length=20, choices=Topic)
    inbox = models.BooleanField(default=True)
    mail = models.CharField(max_length=6, choices=Rhythm)
    # What `mail` was before the link of a mail stopped it, so that the same page can undo it; "" if none did.
    mail_before = models.CharField(max_length=6, choices=Rhythm, blank=True, default="", db_default="")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("preference")
        constraints = [models.UniqueConstraint(fields=["member", "topic"], name="preference_once")]

    def __str__(self):
        return f"{self.topic}: {self.inbox} {self.mail}"
