"""/desk/board/: the wall, scoring, subjects, and the steps of a quarter."""

from django.urls import path

from . import course, items, scoring, wall

urlpatterns = [
    path("", wall.show, name="index"),
    path("move/", wall.move, name="move"),
    path("scoring/", scoring.start, name="scoring"),
    path("scoring/<str:public_id>/", scoring.show, name="score"),
    path("subjects/new/", items.new, name="item_new"),
    path("subjects/from-idea/", items.from_idea, name="item_from_idea"),
    path("subjects/<str:public_id>/", items.show, name="item"),
    path("subjects/<str:public_id>/evidence/", items.add_evidence, name="add_evidence"),
    path("subjects/<str:public_id>/ask/", items.ask, name="item_ask"),
    path("subjects/<str:public_id>/evidence/<int:position>/drop/", items.drop, name="drop_evidence"),
    path("open/", course.open_new, name="open"),
    path("<str:code>/start/", course.start, name="start"),
    path("<str:code>/reveal/", course.reveal, name="reveal"),
    path("<str:code>/frame/", course.frame, name="frame"),
    path("<str:code>/freeze/", course.freeze, name="freeze"),
    path("<str:code>/publish/", course.publish, name="publish"),
    path("<str:code>/verify/", course.verify, name="verify"),
]
