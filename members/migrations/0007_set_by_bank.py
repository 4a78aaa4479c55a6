"""What the bank has set of a profile, and whether a circle counts only that. Circles made before go on as they were."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0006_main_product")]

    operations = [
        migrations.AddField(
            "member", "bank_set", models.CharField(blank=True, default="", editable=False, max_length=60)
        ),
        migrations.AddField("circle", "bank_set_only", models.BooleanField(default=False)),
        migrations.AlterField(
            "circle",
            "bank_set_only",
            models.BooleanField(default=True, verbose_name="only what the bank has set counts"),
        ),
    ]
