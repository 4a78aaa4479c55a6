from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "complaints"
    verbose_name = _("Complaints")

    def ready(self):
        from .domain import alerting, privacy, retention  # noqa: F401 - they register their periodic jobs
        from .queueing import add_complaints_view

        privacy.register_all()
        add_complaints_view()
