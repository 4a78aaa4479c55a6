from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    name = "board"
    verbose_name = _("Quarterly board")

    def ready(self):
        from . import idea_links
        from .domain import privacy

        privacy.register_all()
        idea_links.register_all()
