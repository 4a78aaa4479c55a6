"""A person's own complaints, under /reclamations/ and /en/complaints/."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from . import views

app_name = "complaints"
urlpatterns = [
    path(_("complaints/"), views.mine, name="mine"),
    path(_("complaints/<str:public_id>/"), views.show, name="show"),
]
