from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    name = "board"
    verbose_name = _("Quarterly board")

    def ready(self):
        from .domain import feeding, privacy  # noqa: F401 - feeding tells ideas what they feed

        privacy.register_all()
