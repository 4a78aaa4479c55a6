"""Themes, and what is promised in each."""

from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Promise(NamedTuple):
    """Past `votes`, an answer within `days`; its owner is told at a share of that time, the manager at another (in %)."""

    votes: int
    days: int
    owner_percent: int
    manager_percent: int


def house_promise() -> Promise:
    """The figures of a theme that has none of its own."""
    names = ("PROMISE_VOTES", "PROMISE_DAYS", "ESCALATE_OWNER_PERCENT", "ESCALATE_MANAGER_PERCENT")
    return Promise(*(settings.LAB[name] for name in names))


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
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("owner’s manager"),
    )
    # The theme's own promise; empty: the house's (settings.LAB). Read them through `promise`.
    promise_votes = models.PositiveIntegerField(_("votes that start the clock"), null=True, blank=True)
    promise_days = models.PositiveSmallIntegerField(_("days to answer"), null=True, blank=True)
    owner_percent = models.PositiveSmallIntegerField(_("owner told at, % of the time"), null=True, blank=True)
    manager_percent = models.PositiveSmallIntegerField(_("manager told at, % of the time"), null=True, blank=True)
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

    @property
    def promise(self) -> Promise:
        """The figures in force here: the theme's own, the house's where it has none."""
        house = house_promise()
        own = (self.promise_votes, self.promise_days, self.owner_percent, self.manager_percent)
        return Promise(*(default if value is None else value for value, default in zip(own, house, strict=True)))
