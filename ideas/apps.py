from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class IdeasConfig(AppConfig):
    name = "ideas"
    verbose_name = _("Ideas")

    def ready(self):
        from . import checks  # noqa: F401
        from .backoffice.bulk import as_bulk_moves, undo_step
        from .domain import (  # noqa: F401
            escalating,
            grouping,
            indexing,
            measuring,
            privacy,
            promising,
            putting_back,
            recounting,
            suggesting,
            tallying,
            urgency,
        )
        from .domain.bulk_moves import provide
        from .domain.challenges import keeping_hours, personal  # noqa: F401
        from .intending import listen

        privacy.register_all()
        personal.register_all()
        provide(as_bulk_moves, undo_step)
        listen()
        post_migrate.connect(keep_search_triggers, sender=self)


def keep_search_triggers(sender, using, plan=(), **kwargs):
    """Altering a table of SQLite remakes it, and its triggers are lost: put them back after every migration."""
    from django.db import connections

    from .search import sqlite

    connection = connections[using]
    if using != "default" or connection.vendor != "sqlite":
        return
    if "ideas_idea" in connection.introspection.table_names() and not sqlite.is_installed():
        sqlite.install()
