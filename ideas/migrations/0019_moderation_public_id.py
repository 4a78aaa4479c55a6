import core.public_ids
from django.db import migrations


class Migration(migrations.Migration):
    """Two steps: a column that is empty for the rows there are, then ids for those to come. The old code leaves it empty."""

    dependencies = [
        ("ideas", "0018_auditors_are_not_the_bank"),
    ]

    operations = [
        migrations.AddField(
            model_name="moderation",
            name="public_id",
            field=core.public_ids.PublicIdField(default=None, null=True),
        ),
        migrations.AlterField(
            model_name="moderation",
            name="public_id",
            field=core.public_ids.PublicIdField(null=True),
        ),
    ]
