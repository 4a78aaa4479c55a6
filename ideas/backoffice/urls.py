"""/desk/triage/: the queue, named views, bulk moves, an idea's evidence and moves, and the undo."""

from django.urls import path

from . import bulk, evidence, naming, presence, settling, templates, views, worklists

urlpatterns = [
    path("", views.index, name="index"),
    path("undo/", views.undo, name="undo"),
    path("questions/", worklists.questions, name="questions"),
    path("questions/<str:key>/back/", settling.take_question_back, name="question_back"),
    path("suggestions/", worklists.suggestions, name="suggestions"),
    path("suggestions/<str:key>/dismiss/", settling.dismiss, name="dismiss"),
    path("on-behalf/<str:key>/back/", settling.take_votes_back, name="votes_back"),
    path("templates/", templates.index, name="templates"),
    path("templates/new/", templates.new, name="template_new"),
    path("templates/<str:key>/", templates.edit, name="template"),
    path("views/", naming.index, name="views"),
    path("views/<str:public_id>/<slug:what>/", naming.change, name="view"),
    path("bulk/", bulk.prepare, name="bulk"),
    path("bulk/<str:public_id>/", bulk.show, name="run"),
    path("bulk/<str:public_id>/stop/", bulk.stop, name="stop_run"),
    path("bulk/<str:public_id>/put-back/", bulk.put_back, name="put_back_run"),
    path("bulk/<str:public_id>/undo/", bulk.take_back, name="undo_run"),
    path("<str:public_id>/evidence/", views.evidence, name="evidence"),
    path("<str:public_id>/here/", presence.here, name="here"),
    path("<str:public_id>/evidence/all/", evidence.show, name="all_evidence"),
    path("<str:public_id>/<slug:name>/", views.act, name="act"),
]
