"""A SQLite table remake drops an index made by RunSQL in silence: look for the one that keeps votes single."""

from django.core.checks import Error, Tags, register
from django.db import connections


@register(Tags.database)
def one_vote_index(app_configs, databases=None, **kwargs):
    errors = []
    for alias in databases or []:
        connection = connections[alias]
        with connection.cursor() as cursor:
            if "vote_vote" not in connection.introspection.table_names(cursor):
                continue
            constraints = connection.introspection.get_constraints(cursor, "vote_vote")
        if "vote_once_per_person" not in constraints and _migrated(connection):
            errors.append(Error("The index vote_once_per_person is missing: votes could be doubled.", id="ideas.E001"))
    return errors


def _migrated(connection) -> bool:
    from django.db.migrations.recorder import MigrationRecorder

    return ("ideas", "0002_one_vote_each") in MigrationRecorder(connection).applied_migrations()
