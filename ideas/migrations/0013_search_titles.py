"""Search: titles get an index of their own on PostgreSQL. The tables are made anew from the ideas."""

from django.db import migrations


def renew(apps, schema_editor):
    from ideas.search import engine

    engine().uninstall()
    engine().install()
    engine().rebuild()


class Migration(migrations.Migration):
    dependencies = [("ideas", "0011_set_aside_votes")]
    operations = [migrations.RunPython(renew, migrations.RunPython.noop)]
