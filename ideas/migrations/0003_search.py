"""Search: full text without accents and near words. Nothing of it is in Django's models."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations


def install(apps, schema_editor):
    from ideas.search import engine

    engine().install()
    engine().rebuild()


def uninstall(apps, schema_editor):
    from ideas.search import engine

    engine().uninstall()


class Migration(migrations.Migration):
    dependencies = [("ideas", "0002_one_vote_each")]
    operations = [UnaccentExtension(), TrigramExtension(), migrations.RunPython(install, uninstall)]
