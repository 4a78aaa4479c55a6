from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    default = True
    name = "members"
    verbose_name = _("Members")

    def ready(self):
        from . import adapter  # noqa: F401 (what it listens to is heard from the start)
        from .holdings import register_all

        register_all()
