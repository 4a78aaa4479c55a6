from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("polls", "0008_tally_file"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="poll",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_template", False), ("state", "draft"), _connector="OR"),
                name="poll_template_stays_draft",
            ),
        ),
    ]
