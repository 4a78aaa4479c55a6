"""How many took part, by day: counted once each by the worker, from the participations there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("polls", "0014_waiting_by_default")]

    operations = [
        migrations.AddField("poll", "arrivals", models.JSONField(blank=True, default=dict, editable=False)),
        migrations.AddField("poll", "counted_until", models.DateTimeField(blank=True, editable=False, null=True)),
    ]
