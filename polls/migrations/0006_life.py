"""One reminder, ballots counted in for a reason, the option that a decision goes with; participations by day."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("polls", "0005_talk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="poll",
            name="counted_in_reason",
            field=models.CharField(blank=True, editable=False, max_length=280, verbose_name="why they count after all"),
        ),
        migrations.AddField(
            model_name="poll",
            name="retained",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="polls.option",
                verbose_name="option retained",
            ),
        ),
        migrations.AddIndex(
            model_name="participation",
            index=models.Index(fields=["poll", "at"], name="poll_taken_part_when"),
        ),
    ]
