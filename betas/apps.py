from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BetasConfig(AppConfig):
    name = "betas"
    verbose_name = _("Beta programmes")

    def ready(self):
        from . import idea_links
        from .domain import enrolling, privacy  # noqa: F401 - enrolling registers its periodic job

        privacy.register_all()
        idea_links.register_all()
