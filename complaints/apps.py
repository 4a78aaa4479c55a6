from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "complaints"
    verbose_name = _("Complaints")

    def ready(self):
        from .domain import alerting, privacy  # noqa: F401 - alerting registers its periodic job

        privacy.register_all()
