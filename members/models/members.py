"""Member: a person with an account; customer or prospect, maybe staff. And what they consented to."""

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.public_ids import PublicIdField

from ..querysets import MemberManager
from ..states import AgeBand, Channel, Joining, Kind, Product, Purpose, Segment


class Member(AbstractBaseUser, PermissionsMixin):
    """E-mail is the sign-in and is never shown; `nickname` is what others see.

    Erasure empties the row and keeps it, so that votes and tallies stay (`members/domain/erasing.py`).
    """

    public_id = PublicIdField()
    email = models.EmailField(_("e-mail"), unique=True)
    nickname = models.CharField(_("name others see"), max_length=30)
    kind = models.CharField(_("customer or not"), max_length=10, choices=Kind, default=Kind.PROSPECT)
    segment = models.CharField(_("segment"), max_length=12, choices=Segment, default=Segment.PRIVATE)
    age_band = models.CharField(_("age"), max_length=5, choices=AgeBand, blank=True)
    region = models.CharField(_("region"), max_length=40, blank=True)
    product = models.CharField(_("main product"), max_length=12, choices=Product, blank=True)  # set by the bank alone
    bank_set = models.CharField(
        max_length=60, blank=True, default="", editable=False
    )  # " kind region ": see `set_by_bank`
    bio = models.CharField(_("about me"), max_length=280, blank=True)
    job_title = models.CharField(_("role at the bank"), max_length=80, blank=True)
    is_ambassador = models.BooleanField(_("ambassador"), default=False)
    language = models.CharField(
        _("language"), max_length=2, choices=[("fr", "Français"), ("en", "English")], default="fr"
    )
    shows_ideas = models.BooleanField(_("show my ideas on my public page"), default=True)
    shows_details = models.BooleanField(_("show whether I am a customer, and my region"), default=False)
    is_staff = models.BooleanField(_("works at the bank"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    adult_confirmed_at = models.DateTimeField(null=True, blank=True)
    date_joined = models.DateTimeField(_("member since"), default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    banned_until = models.DateTimeField(_("reads only until"), null=True, blank=True, editable=False)

    objects = MemberManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["nickname"]

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                Lower("nickname"),
                name="member_nickname_once",
                violation_error_message=_("This name is taken. Try another."),
            )
        ]

    def __str__(self):
        return self.display_name

    @property
    def display_name(self) -> str:
        """What others read: the nickname, or that the person has left."""
        return gettext("Former member") if self.erased_at else self.nickname

    def get_absolute_url(self) -> str:
        """The public page; nothing once the member is erased."""
        return "" if self.erased_at else reverse("member_page", args=[self.public_id])

    @cached_property
    def role_names(self) -> frozenset[str]:
        """The roles held, read once per request."""
        held = set(self.groups.values_list("name", flat=True))
        return frozenset(held | {"administrator"} if self.is_superuser else held)

    @cached_property
    def circle_ids(self) -> frozenset[int]:
        """The circles the member is in, read once per request."""
        rows = self.circle_memberships.filter(joining=Joining.IN)
        return frozenset(rows.values_list("circle_id", flat=True))

    @property
    def set_by_bank(self) -> frozenset[str]:
        """The fields of the profile that the bank has set itself; the others are what the member says of themselves."""
        return frozenset(self.bank_set.split())

    @property
    def is_customer(self) -> bool:
        return self.kind == Kind.CUSTOMER

    @property
    def initials(self) -> str:
        words = [word for word in self.display_name.replace("-", " ").replace(".", " ").split() if word]
        return "".join(word[0] for word in words[:2]).upper() or "?"

    @property
    def first_name(self) -> str:
        """What Wagtail's sidebar shows: without it, the e-mail."""
        return self.display_name

    def get_full_name(self):
        return self.display_name

    def get_short_name(self):
        return self.display_name


class Consent(models.Model):
    """One line of the append-only consent log: given or withdrawn, for which text version, when, through what.

    A line is written once and never changed or deleted: it is the member's proof as much as the bank's.
    """

    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=20, choices=Purpose)
    given = models.BooleanField()
    text_version = models.PositiveSmallIntegerField(default=1)
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.SETTINGS)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        verbose_name = _("consent")

    def __str__(self):
        return f"{self.purpose} {'+' if self.given else '-'}"

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("the consent log is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("the consent log is append-only")
