from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = _("Notifications")

    def ready(self):
        """Handlers, jobs and sentences register by being imported."""
        from .domain import digesting, mailing, previewing, privacy, reading  # noqa: F401
        from .domain.wording import betas as beta_words  # noqa: F401
        from .domain.wording import board as board_words  # noqa: F401
        from .domain.wording import challenges as challenge_words  # noqa: F401
        from .domain.wording import circles as circle_words  # noqa: F401
        from .domain.wording import complaints as complaint_words  # noqa: F401
        from .domain.wording import desk as desk_words  # noqa: F401
        from .domain.wording import ideas as idea_words  # noqa: F401
        from .domain.wording import polls as poll_words  # noqa: F401
        from .domain.wording import promises as promise_words  # noqa: F401
        from .domain.wording import remarks as remark_words  # noqa: F401
        from .domain.wording import trust as trust_words  # noqa: F401
        from .handlers import betas, board, circles, ideas, polls, promises, showing_again, talk, withdrawing  # noqa: F401
        from .handlers import challenges as challenge_handlers  # noqa: F401
        from .handlers import complaints as complaint_handlers  # noqa: F401
        from .handlers import desk as desk_handlers  # noqa: F401
        from .handlers import remarks as remark_handlers  # noqa: F401
        from .handlers import trust as trust_handlers  # noqa: F401

        privacy.register_all()
