from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrustConfig(AppConfig):
    name = "trust"
    verbose_name = _("Trust")

    def ready(self):
        """Judges, witnesses and jobs register by being imported."""
        from .domain import banning, bursts, holding, keeping, mailing, privacy, reviewing, stating, undoing  # noqa: F401
        from .queueing import add_reported_view

        privacy.register_all()
        add_reported_view()
