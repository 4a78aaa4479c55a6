"""/desk/promises/: the report, the themes' figures, the urgent words."""

from django.urls import path

from . import promises

urlpatterns = [
    path("", promises.index, name="index"),
    path("promises.csv", promises.sheet, name="sheet"),
    path("rules/", promises.rules, name="rules"),
    path("rules/<slug:slug>/", promises.rule, name="rule"),
    path("words/", promises.words, name="words"),
    path("words/<str:public_id>/remove/", promises.remove_word, name="remove_word"),
]
