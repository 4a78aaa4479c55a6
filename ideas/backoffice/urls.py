"""/desk/triage/: the queue, an idea's moves, and the undo."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="index"),
    path("undo/", views.undo, name="undo"),
    path("<str:public_id>/<slug:name>/", views.act, name="act"),
]
