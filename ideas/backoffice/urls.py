"""/desk/triage/: the queue, an idea's moves, and the undo."""

from django.urls import path

from . import settling, templates, views, worklists

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
    path("<str:public_id>/<slug:name>/", views.act, name="act"),
]
