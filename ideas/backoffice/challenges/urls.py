"""/desk/challenges/: the list, writing one, its rules, its jury, its results."""

from django.urls import path

from . import judging, views

urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.write, name="new"),
    path("<str:public_id>/", views.overview, name="overview"),
    path("<str:public_id>/write/", views.write, name="write"),
    path("<str:public_id>/rules/", views.rules, name="rules"),
    path("<str:public_id>/jury/", judging.jury, name="jury"),
    path("<str:public_id>/results/", judging.results, name="results"),
    path("<str:public_id>/announce/", views.announce, name="announce"),
    path("<str:public_id>/lengthen/", views.lengthen, name="lengthen"),
    path("<str:public_id>/publish/", judging.publish, name="publish"),
]
