"""Named reads of members and of circles."""

from typing import Any

from django.apps import apps
from django.contrib.auth.base_user import BaseUserManager
from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from .states import Joining


def open_to(user: Any, field: str = "circle") -> Q:
    """What this reader may meet: things of no circle, and those of the circles they are in.

    The one condition behind every list, count, search, feed and mail. A visitor, or no user at all, has no circle.
    """
    everyone = Q(**{f"{field}__isnull": True})
    if not getattr(user, "is_authenticated", False):
        return everyone
    return everyone | Q(**{f"{field}__in": circles_of(user)})


def meets(user: Any, field: str = "circle") -> ExpressionWrapper:
    """For `annotate`: whether this reader may meet it, today. What the bank wrote in a circle is not for who has left it."""
    return ExpressionWrapper(open_to(user, field), output_field=BooleanField())


def circles_of(user: Any):
    """The keys of the circles someone is in, as a subquery."""
    return apps.get_model("members", "CircleMember").objects.filter(member=user.pk, joining=Joining.IN).values("circle")


class MemberQuerySet(models.QuerySet):
    def living(self):
        """Members who are there: neither closed nor erased, and the address is theirs."""
        return self.filter(is_active=True, erased_at__isnull=True).confirmed()

    def confirmed(self):
        """All but those who signed up and never confirmed their e-mail address: they are no members yet.

        Who has no address to confirm was brought in by the bank (an import, a command), which answers for it, as it does for
        its staff. A member whose new address still waits has an older one that was confirmed.
        """
        addresses = apps.get_model("account", "EmailAddress").objects
        shown = addresses.filter(user=OuterRef("user"), verified=True)
        waiting = addresses.filter(user=OuterRef("pk"), user__is_staff=False, verified=False).filter(~Exists(shown))
        return self.filter(~Exists(waiting))

    def staff(self):
        return self.filter(is_staff=True)

    def with_roles(self):
        """For lists: the groups of all of them in one more query."""
        return self.prefetch_related("groups")

    def community(self):
        """Everyone but the bank's employees."""
        return self.filter(is_staff=False)

    def of_circle(self, circle_id: int | None):
        """Those who are in the circle; everyone, where there is none."""
        if circle_id is None:
            return self
        memberships = apps.get_model("members", "CircleMember").objects.filter(circle=circle_id, joining=Joining.IN)
        return self.filter(pk__in=memberships.values("member"))


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):
    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class CircleQuerySet(models.QuerySet):
    def in_use(self):
        return self.filter(closed_at__isnull=True)

    def of(self, user: Any):
        """Circles the reader is in."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.filter(pk__in=circles_of(user))

    def inviting(self, user: Any):
        """Circles that wait for the reader's yes."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.in_use().filter(memberships__member=user, memberships__joining=Joining.INVITED)

    def concerning(self, user: Any):
        """Circles the reader is in or asked into; adds `standing`, which of the two."""
        memberships = apps.get_model("members", "CircleMember").objects.present().filter(member=user.pk)
        standing = memberships.filter(circle=OuterRef("pk")).values("joining")[:1]
        return self.filter(pk__in=memberships.values("circle")).annotate(standing=models.Subquery(standing))

    def with_size(self):
        """Adds `size`, how many are in it, and `invited`, how many have not answered yet."""
        return self.annotate(
            size=models.Count("memberships", filter=Q(memberships__joining=Joining.IN)),
            invited=models.Count("memberships", filter=Q(memberships__joining=Joining.INVITED)),
        )


class CircleMemberQuerySet(models.QuerySet):
    def present(self):
        """Who is in, or was asked."""
        return self.filter(joining__in=[Joining.IN, Joining.INVITED])

    def with_member(self):
        return self.select_related("member").defer("member__password")
