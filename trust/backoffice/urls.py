"""/desk/moderation/: the queue, a member's file, and the rate of removals."""

from django.urls import path

from . import bulk, undoing, views

urlpatterns = [
    path("", views.index, name="index"),
    path("bulk/", bulk.many, name="bulk"),
    path("undo/", undoing.undo, name="undo"),
    path("removals/", views.removals, name="removals"),
    path("members/<str:public_id>/", views.member, name="member"),
    path("<str:public_id>/<slug:name>/", views.act, name="act"),
]
