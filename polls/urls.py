"""Polls on the site, under /sondages/ and /en/polls/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views, views_charts, views_talk, views_tally

app_name = "polls"
urlpatterns = [
    path(_("polls/"), views.index, name="list"),
    path(_("polls/recount_alone.py"), views_tally.program, name="program"),
    path(_("polls/<str:public_id>/ballot/"), views.ballot, name="ballot"),
    path(_("polls/<str:public_id>/receipt/"), views_tally.receipt, name="receipt"),
    path(_("polls/<str:public_id>/tally.json"), views_tally.tally, name="tally"),
    path(_("polls/<str:public_id>/results.csv"), views_charts.results, name="results"),
    path(_("polls/<str:public_id>/charts/growth.<str:kind>"), views_charts.growth, name="growth"),
    path(_("polls/<str:public_id>/charts/<str:question>/<str:name>.<str:kind>"), views_charts.chart, name="chart"),
    path(_("polls/<str:public_id>/names/"), views_tally.names, name="names"),
    path(_("polls/<str:public_id>/visuals/<str:visual_id>/"), views_talk.visual_react, name="visual_react"),
    path(_("polls/<str:public_id>/comments/"), views_talk.remarks, name="remarks"),
    path(_("polls/<str:public_id>/comments/<str:remark_id>/edit/"), views_talk.remark_edit, name="remark_edit"),
    path(_("polls/<str:public_id>/comments/<str:remark_id>/delete/"), views_talk.remark_delete, name="remark_delete"),
    path(_("polls/<str:public_id>/"), views.short, name="short"),
    path(_("polls/<str:public_id>/<slug:slug>/"), views.show, name="show"),
]
