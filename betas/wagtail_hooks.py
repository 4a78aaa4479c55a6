"""The beta studio's place in the desk."""

from django.utils.translation import gettext_lazy as _

from core.desk import add_place

from .permissions import can_read_desk

add_place(
    "betas_desk", prefix="betas/", urls="betas.backoffice.urls", label=_("Beta tests"), icon="flask-conical", order=40,
    opens=can_read_desk,
)  # fmt: skip
