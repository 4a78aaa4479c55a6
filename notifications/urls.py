"""The inbox and the preferences; the link of a mail that stops its kind."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "notifications"
urlpatterns = [
    path(_("notifications/"), views.inbox, name="inbox"),
    path(_("notifications/read/"), views.read_all, name="read_all"),
    path(_("notifications/preferences/"), views.preferences, name="preferences"),
    path(_("notifications/stop/<str:token>/"), views.stop, name="stop"),
    path(_("notifications/<str:public_id>/"), views.follow, name="open"),
]
