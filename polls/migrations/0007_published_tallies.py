"""What of the tallies is published while ballots come in. Polls that are open now have published all they had so far."""

from django.db import migrations, models
from django.db.models import F


def forwards(apps, schema_editor):
    tally = apps.get_model("polls", "Tally")
    tally.objects.filter(dimension="all", poll__state="open").update(shown=F("count"), waiting=F("count"))


class Migration(migrations.Migration):
    dependencies = [("polls", "0006_life")]

    operations = [
        migrations.AddField("poll", "reopened_at", models.DateTimeField(blank=True, editable=False, null=True)),
        migrations.AddField("poll", "runoffs", models.JSONField(blank=True, default=dict, editable=False)),
        migrations.AddField("tally", "shown", models.BigIntegerField(default=0)),
        migrations.AddField("tally", "waiting", models.BigIntegerField(default=0)),
        migrations.RemoveField("poll", "shown"),
        migrations.RemoveField("poll", "shown_moves"),
        migrations.RunPython(forwards, migrations.RunPython.noop),
    ]
