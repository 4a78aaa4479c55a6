from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "complaints"
    verbose_name = _("Complaints")

    def ready(self):
        from ideas.taking_up import taken_up_by

        from .backoffice import move  # noqa: F401 - the worker makes it in bulk, without the desk's pages
        from .domain import alerting, privacy, retention, turning_back, undoing  # noqa: F401 - they register jobs and ways back
        from .models import Complaint
        from .queueing import add_complaints_view

        taken_up_by(lambda: Complaint.objects.standing().filter(comment__isnull=True))
        privacy.register_all()
        add_complaints_view()
