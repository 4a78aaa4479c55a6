"""Strikes, which expire, and bans, which end."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .statements import Statement


class Strike(models.Model):
    """A breach that counts for a while. It goes with the statement: an appeal that wins takes it away."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="strikes")
    statement = models.OneToOneField(Statement, on_delete=models.CASCADE, related_name="strike")
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("strike")
        indexes = [models.Index(fields=["member", "expires_at"], name="strike_of")]

    def __str__(self):
        return f"{self.member_id} {self.expires_at:%Y-%m-%d}"


class Ban(models.Model):
    """A time without taking part. What refuses is `Member.banned_until`; this is its history."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bans")
    statement = models.OneToOneField(Statement, on_delete=models.CASCADE, related_name="ban")
    since = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("ban")
        ordering = ["-since", "-id"]

    def __str__(self):
        return f"{self.member_id} → {self.until:%Y-%m-%d}"
