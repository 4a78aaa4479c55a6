"""Polls on the site, under /sondages/ and /en/polls/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "polls"
urlpatterns = [
    path(_("polls/"), views.index, name="list"),
    path(_("polls/<str:public_id>/ballot/"), views.ballot, name="ballot"),
    path(_("polls/<str:public_id>/"), views.short, name="short"),
    path(_("polls/<str:public_id>/<slug:slug>/"), views.show, name="show"),
]
