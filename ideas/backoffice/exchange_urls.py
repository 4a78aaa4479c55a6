"""/desk/exchange/: files in and out, and the search index."""

from django.urls import path

from . import exchanging

urlpatterns = [
    path("", exchanging.index, name="index"),
    path("import/", exchanging.take_in, name="import"),
    path("search/progress/", exchanging.index_progress, name="progress"),
    path("search/again/", exchanging.reindex, name="reindex"),
    path("queue.<str:kind>", exchanging.export, name="export"),
]
