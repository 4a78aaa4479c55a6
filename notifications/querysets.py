"""Named reads of notifications."""

from django.db import models
from django.db.models import Q

SHOWN = {  # the inbox's filters
    "unread": Q(read_at__isnull=True),
    "ideas": Q(subject_type="idea"),
    "polls": Q(subject_type__in=["poll", "remark"]),
    "betas": Q(subject_type="programme"),
}


class NotificationQuerySet(models.QuerySet):
    def inbox_of(self, member):
        """What the member reads in the Lab, the newest first."""
        return self.filter(member=member, in_inbox=True).order_by("-created_at", "-id")

    def unread(self):
        return self.filter(read_at__isnull=True)

    def shown(self, show: str):
        """One of the inbox's filters; an unknown one shows all."""
        return self.filter(SHOWN.get(show, Q()))

    def to_mail(self, rhythm: str):
        """What still has to leave by mail at this rhythm, to members who are there."""
        return self.filter(
            mail=rhythm, mailed_at__isnull=True, member__is_active=True, member__erased_at__isnull=True
        ).order_by("-created_at", "-id")
