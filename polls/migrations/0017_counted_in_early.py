"""Which kinds of ballots were counted in before there was one of them: what tells them from the others was published bit by bit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("polls", "0016_made_once")]

    operations = [
        migrations.AddField(
            "poll",
            "counted_in_early",
            models.CharField(blank=True, db_default="", default="", editable=False, max_length=20),
        ),
    ]
