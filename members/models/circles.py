"""Circles: private groups, whose ideas, polls and beta programmes only they see."""

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField

from ..querysets import CircleMemberQuerySet, CircleQuerySet
from ..states import CircleEntry, Joining

RULED_BY = ("kind", "segment", "age_band", "region")


class Circle(models.Model):
    """A group by rule (everyone whose profile fits) or by invitation. Named in both languages, read by its people alone.

    A rule lists the values that fit, by field of the profile: `{"segment": ["professional"], "region": [...]}`; a field that
    is not named fits everybody. An empty rule fits nobody: a circle is never open by an oversight. What members say of
    themselves counts only where `bank_set_only` is taken off: else anyone could write themselves into the circle.
    """

    public_id = PublicIdField()
    name_fr = models.CharField(_("name in French"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    description_fr = models.CharField(_("description in French"), max_length=280, blank=True)
    description_en = models.CharField(_("description in English"), max_length=280, blank=True)
    entry = models.CharField(_("who is in it"), max_length=10, choices=CircleEntry, default=CircleEntry.INVITATION)
    rule = models.JSONField(_("rule"), default=dict, blank=True)
    bank_set_only = models.BooleanField(_("only what the bank has set counts"), default=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CircleQuerySet.as_manager()

    class Meta:
        verbose_name = _("circle")
        verbose_name_plural = _("circles")
        ordering = ["-id"]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("circle", args=[self.public_id])

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_fr

    @property
    def description(self) -> str:
        return self.description_en if get_language() == "en" else self.description_fr

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None

    def fits(self, member: Any) -> bool:
        """Whether the rule takes this member; never for a circle by invitation, nor for the bank's staff."""
        if self.entry != CircleEntry.RULE or not self.rule or member.is_staff:
            return False
        asked = [field for field in RULED_BY if self.rule.get(field)]
        if self.bank_set_only and not member.set_by_bank.issuperset(asked):
            return False
        return all(getattr(member, field) in self.rule[field] for field in asked)


class CircleMember(models.Model):
    """Someone and a circle: invited, in it, gone by choice, or put out. One row each, so that a choice is remembered."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="circle_memberships")
    joining = models.CharField(max_length=8, choices=Joining, default=Joining.INVITED)
    by_rule = models.BooleanField(default=False)
    at = models.DateTimeField(default=timezone.now)

    objects = CircleMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("circle membership")
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["circle", "member"], name="circle_member_once")]
        indexes = [models.Index(fields=["member", "joining", "circle"], name="circle_of_member")]

    def __str__(self):
        return f"{self.circle_id} {self.member_id} {self.joining}"
