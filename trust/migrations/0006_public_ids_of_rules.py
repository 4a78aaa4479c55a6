"""Hold rules get public ids: the API's addresses no longer count them. Nullable, so that the version before may go on writing."""

from django.db import migrations

import core.public_ids


def fill(apps, schema_editor):
    rules = apps.get_model("trust", "HoldRule").objects.using(schema_editor.connection.alias)
    for rule in rules.filter(public_id__isnull=True):
        rule.public_id = core.public_ids.new_public_id()
        rule.save(update_fields=["public_id"])


class Migration(migrations.Migration):
    dependencies = [("trust", "0005_talk")]
    operations = [
        migrations.AddField(
            model_name="holdrule",
            name="public_id",
            field=core.public_ids.PublicIdField(default=None, editable=False, max_length=12, null=True, unique=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="holdrule",
            name="public_id",
            field=core.public_ids.PublicIdField(
                default=core.public_ids.new_public_id, editable=False, max_length=12, null=True, unique=True
            ),
        ),
    ]
