"""What a title means, as numbers: filled where the sentence encoder is installed, empty elsewhere."""

from django.db import models


class IdeaVector(models.Model):
    """512 half-precision numbers of length one, and their signs as bits, which are compared first."""

    idea = models.OneToOneField("ideas.Idea", on_delete=models.CASCADE, primary_key=True, related_name="vector")
    signs = models.BinaryField(max_length=64)
    numbers = models.BinaryField(max_length=1024)
    indexed_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"{self.idea_id}"
