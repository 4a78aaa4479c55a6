"""The studio's addresses."""

from django.urls import path

from . import (
    checking,
    copying,
    counting,
    deciding,
    history,
    listing,
    moving,
    naming,
    previewing,
    voicing,
    watching,
    writing,
)

urlpatterns = [
    path("", listing.index, name="index"),
    path("new/", writing.write, name="new"),
    path("new/from/<str:key>/", copying.start, name="start"),
    path("<str:public_id>/", writing.write, name="write"),
    path("<str:public_id>/duplicate/", copying.duplicate, name="duplicate"),
    path("<str:public_id>/keep/", copying.keep, name="keep"),
    path("<str:public_id>/drop/", copying.drop, name="drop"),
    path("<str:public_id>/preview/", previewing.preview, name="preview"),
    path("<str:public_id>/preview/paper/", previewing.paper, name="paper"),
    path("<str:public_id>/check/", checking.check, name="check"),
    path("<str:public_id>/live/", watching.live, name="live"),
    path("<str:public_id>/figures/", watching.figures, name="figures"),
    path("<str:public_id>/decide/", deciding.decision, name="decide"),
    path("<str:public_id>/counting/", counting.show, name="counting"),
    path("<str:public_id>/counting/apart/", counting.count, name="count"),
    path("<str:public_id>/counting/weights/", counting.weigh, name="weigh"),
    path("<str:public_id>/counting/weights.csv", counting.weights_template, name="weights_template"),
    path("<str:public_id>/history/", history.history, name="history"),
    path("<str:public_id>/names/", naming.names, name="names"),
    path("<str:public_id>/names.<str:kind>", naming.export, name="names_export"),
    path("<str:public_id>/words/", voicing.words, name="words"),
    path("<str:public_id>/words.<str:kind>", voicing.export, name="words_export"),
    *[path(f"<str:public_id>/{verb}/", moving.act, {"verb": verb}, name=verb) for verb in moving.VERBS],
]
