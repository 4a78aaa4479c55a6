"""/beta-tests/ on the site."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "betas"
urlpatterns = [
    path("", views.index, name="list"),
    path("<slug:public_id>/", views.short, name="short"),
    path(_("<slug:public_id>/my-book/apply/"), views.ask_for_a_seat, name="apply"),
    path(_("<slug:public_id>/my-book/interest/"), views.interest, name="interest"),
    path(_("<slug:public_id>/my-book/charter/"), views.sign, name="sign"),
    path(_("<slug:public_id>/my-book/leave/"), views.leave, name="leave"),
    path(_("<slug:public_id>/missions/<slug:mission_id>/"), views.mission, name="mission"),
    path(_("<slug:public_id>/my-book/report/"), views.new_finding, name="report"),
    path(_("<slug:public_id>/findings/<slug:finding_id>/"), views.finding, name="finding"),
    path(_("<slug:public_id>/findings/<slug:finding_id>/pictures/<slug:image_id>/"), views.picture, name="picture"),
    path("<slug:public_id>/<slug:slug>/", views.detail, name="detail"),
]
