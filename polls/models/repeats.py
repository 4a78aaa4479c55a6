"""What a request that may be sent again has made, so that it makes it once."""

from django.db import models
from django.utils import timezone

from .poll import Poll


class Made(models.Model):
    """The poll that a request with an Idempotency-Key made. `place` stands for who sent it under which key, `mark` for what was
    asked; both are a `sealed_mark`, which says neither. Forgotten after a day (`domain/repeating.py`)."""

    place = models.CharField(max_length=64, unique=True)
    mark = models.CharField(max_length=64)
    poll = models.ForeignKey(Poll, null=True, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "request that made a poll"

    def __str__(self):
        return self.place[:8]
