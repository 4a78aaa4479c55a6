"""/api/v1/desk/: circles for staff's own tools. Names begin with `api_desk_`."""

from django.urls import path

from . import api_circles_desk as circles

urlpatterns = [
    path("circles/", circles.DeskCirclesView.as_view(), name="api_desk_circles"),
    path("circles/<str:public_id>/", circles.DeskCircleView.as_view(), name="api_desk_circle"),
    path("circles/<str:public_id>/close/", circles.DeskCircleClosingView.as_view(), name="api_desk_circle_close"),
    path("circles/<str:public_id>/people/", circles.DeskCirclePeopleView.as_view(), name="api_desk_circle_people"),
    path(
        "circles/<str:public_id>/people/<str:member_id>/",
        circles.DeskCirclePersonView.as_view(),
        name="api_desk_circle_person",
    ),
]
