"""The bell in the header: how many notifications are unread. One query, only for who is signed in, only if it is shown."""

from functools import cache

from .models import Notification

MOST = 100


def bell(request):
    user = getattr(request, "user", None)

    @cache
    def unread_count() -> int:
        if user is None or not user.is_authenticated:
            return 0
        return Notification.objects.inbox_of(user).unread().order_by()[:MOST].count()

    return {"unread_count": unread_count}
