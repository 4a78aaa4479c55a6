"""The public pages of the board."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "board"
urlpatterns = [
    path(_("roadmap/"), views.show_roadmap, name="roadmap"),
    path(_("boards/"), views.quarters, name="quarters"),
    path(_("boards/<str:code>/"), views.minutes, name="minutes"),
    path(_("boards/<str:code>/notes.json"), views.notes, name="notes"),
]
