"""/desk/betas/: the list, and each programme's studio."""

from django.urls import path

from . import applicants, findings, missions, programmes

urlpatterns = [
    path("", programmes.index, name="index"),
    path("new/", programmes.new, name="new"),
    path("<slug:public_id>/", programmes.studio, name="studio"),
    path("<slug:public_id>/edit/", programmes.edit, name="edit"),
    path("<slug:public_id>/move/", programmes.advance, name="advance"),
    path("<slug:public_id>/close/", programmes.close, name="close"),
    path("<slug:public_id>/applicants/", applicants.index, name="applicants"),
    path("<slug:public_id>/applicants/<slug:enrolment_id>/", applicants.decide, name="decide"),
    path("<slug:public_id>/missions/", missions.index, name="missions"),
    path("<slug:public_id>/missions/<slug:mission_id>/", missions.edit, name="mission"),
    path("<slug:public_id>/findings/", findings.index, name="findings"),
    path("<slug:public_id>/findings/<slug:finding_id>/", findings.show, name="finding"),
]
