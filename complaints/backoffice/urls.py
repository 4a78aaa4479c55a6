"""/desk/complaints/: the list, opening one, its file and its moves."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="index"),
    path("open/", views.new, name="open"),
    path("<str:public_id>/", views.show, name="show"),
    path("<str:public_id>/<slug:name>/", views.act, name="act"),
]
