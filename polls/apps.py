from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PollsConfig(AppConfig):
    name = "polls"
    verbose_name = _("Polls")

    def ready(self):
        from . import holdings
        from .domain import closing  # noqa: F401 - registers its periodic job

        holdings.register_all()
