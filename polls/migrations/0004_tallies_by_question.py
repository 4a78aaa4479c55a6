"""Counts of what was there: each question's own count of ballots, and the clock of moves. Polls under way keep their order.

Until now each poll had one question, so that its ballots are the question's.
"""

from django.db import migrations
from django.db.models import OuterRef, Subquery

BATCH = 1000


def forwards(apps, schema_editor):
    option, tally = apps.get_model("polls", "Option"), apps.get_model("polls", "Tally")
    question = apps.get_model("polls", "Question")
    question.objects.exclude(poll__state="draft").update(shuffled=False)
    home = option.objects.filter(pk=OuterRef("option_id")).values("question_id")
    tally.objects.filter(option__isnull=False).update(question_id=Subquery(home))
    first = {}
    for poll, pk in question.objects.order_by("-position", "-id").values_list("poll_id", "id"):
        first[poll] = pk
    made = []
    for row in tally.objects.filter(option__isnull=True, question__isnull=True).iterator(chunk_size=BATCH):
        told = {"poll_id": row.poll_id, "cell": row.cell, "dimension": row.dimension, "count": row.count}
        if row.poll_id in first:
            made.append(tally(question_id=first[row.poll_id], **told))
        if row.dimension == "all":
            made.append(tally(key="moves", **told))
    tally.objects.bulk_create(made, batch_size=BATCH)


def backwards(apps, schema_editor):
    tally = apps.get_model("polls", "Tally")
    tally.objects.exclude(key="").delete()
    tally.objects.filter(option__isnull=True, question__isnull=False).delete()
    tally.objects.filter(dimension="stratum").delete()


class Migration(migrations.Migration):
    dependencies = [("polls", "0003_methods")]

    operations = [migrations.RunPython(forwards, backwards)]
