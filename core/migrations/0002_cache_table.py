"""The table of the database cache, there whether or not Redis is used: a switch back never meets a missing table."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    call_command("createcachetable", "lab_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop), migrations.RunSQL(migrations.RunSQL.noop, "DROP TABLE lab_cache")]
