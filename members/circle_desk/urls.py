"""/desk/circles/…"""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.index, name="index"),
    path("new/", views.new, name="new"),
    path("<slug:public_id>/", views.edit, name="edit"),
    path("<slug:public_id>/people/", views.people, name="people"),
    path("<slug:public_id>/invite/", views.invite, name="invite"),
    path("<slug:public_id>/remove/", views.remove, name="remove"),
    path("<slug:public_id>/close/", views.close, name="close"),
]
