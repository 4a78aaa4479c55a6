from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    name = "polls"
    verbose_name = _("Polls")

    def ready(self):
        from . import holdings
        from .domain import closing, growing, mixing  # noqa: F401 - register their periodic jobs

        holdings.register_all()
