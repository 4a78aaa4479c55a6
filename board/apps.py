from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BoardConfig(AppConfig):
    name = "board"
    verbose_name = _("Quarterly board")

    def ready(self):
        from ideas.backoffice import moves

        from . import idea_links
        from .backoffice.idea_moves import BOARD
        from .domain import feeding, privacy, taking  # noqa: F401

        moves.add(BOARD)

        privacy.register_all()
        idea_links.register_all()
