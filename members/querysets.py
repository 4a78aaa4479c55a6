"""Named reads of members."""

from django.contrib.auth.base_user import BaseUserManager
from django.db import models


class MemberQuerySet(models.QuerySet):
    def living(self):
        """Members who are there: neither closed nor erased."""
        return self.filter(is_active=True, erased_at__isnull=True)

    def staff(self):
        return self.filter(is_staff=True)

    def with_roles(self):
        """For lists: the groups of all of them in one more query."""
        return self.prefetch_related("groups")

    def community(self):
        """Everyone but the bank's employees."""
        return self.filter(is_staff=False)


class MemberManager(BaseUserManager.from_queryset(MemberQuerySet)):
    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        member = self.model(email=self.normalize_email(email).lower(), **fields)
        member.set_password(password)
        member.save(using=self._db)
        return member

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
