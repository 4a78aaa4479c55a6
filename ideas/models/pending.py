"""Pictures chosen in a form that is not sent for good yet: kept for their author alone, for a day."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from core.files import private_storage
from core.public_ids import PublicIdField


class PendingPicture(models.Model):
    """A picture already cleaned (core/images.py) that waits for its idea: after a refusal, a preview, the compare step."""

    public_id = PublicIdField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    file = models.ImageField(upload_to="pending/", storage=private_storage, width_field="width", height_field="height")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return self.public_id

    def get_absolute_url(self):
        return reverse("ideas:pending_picture", args=[self.public_id])
