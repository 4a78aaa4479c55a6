"""Reporting, decisions and figures, for the community site."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from .views import reporting, statements

app_name = "trust"
urlpatterns = [
    path(_("report/"), reporting.report, name="report"),
    path(_("report/<str:public_id>/<str:key>/"), reporting.followed, name="followed"),
    path(_("decisions/"), statements.my_statements, name="statements"),
    path(_("decisions/<str:public_id>/"), statements.statement, name="statement"),
    path(_("moderation/"), statements.figures, name="figures"),
]
