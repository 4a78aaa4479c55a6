"""What a test that commits leaves behind is taken away, and what migrations put into the database is put back.

Django empties every table (on PostgreSQL a TRUNCATE of them all, over a second) and saves each row of migrations again through its
model, before and after each such test. Here only tables that hold something are emptied, the rows go back as they
were read, and a database that nobody has emptied is left as it is.
"""

from django.db import connections, transaction
from django.db.backends.base.creation import BaseDatabaseCreation
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.backends.postgresql.operations import DatabaseOperations

# No model's tables, so Django leaves in them what a test that commits has counted, and the words that its ideas used.
BESIDE = {"sqlite": ("lab_cache",), "postgresql": ("lab_cache", "ideas_word")}
KEPT = "the rows that migrations wrote"  # Django asks only whether there is something to put back
_kept: dict[str, dict[str, tuple[list[str], list[tuple]]]] = {}
_emptied: set[str] = set()


def install() -> None:
    """Once per process, before any test database is made."""
    truncate, execute = DatabaseOperations.sql_flush, BaseDatabaseOperations.execute_sql_flush

    def sql_flush(self, style, tables, *, reset_sequences=False, allow_cascade=False):
        if reset_sequences:  # the command `flush` itself; our search tables are no model's, so Django misses them
            return truncate(self, style, tables, reset_sequences=True, allow_cascade=True)
        filled = _filled(self.connection, tables)
        return ["SET CONSTRAINTS ALL DEFERRED", *(f"DELETE FROM {self.quote_name(table)}" for table in filled)]

    def execute_sql_flush(self, sql_list):
        execute(self, sql_list)
        _emptied.add(self.connection.alias)

    DatabaseOperations.sql_flush = sql_flush
    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush
    BaseDatabaseCreation.deserialize_db_from_string = lambda self, _data: put_back(self.connection)


def remember(connection) -> None:
    """Keep the rows that are there now: those of migrations."""
    _kept[connection.alias] = kept = {}
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    for table in _filled(connection, sorted(tables)):
        if table == "django_migrations":  # never emptied
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept[table] = [column[0] for column in cursor.description], cursor.fetchall()


def mark_kept() -> None:
    """Tell Django there is something to put back. In a browser test the connections are other objects than those the set-up saw."""
    for connection in connections.all():
        if connection.alias in _kept:
            connection._test_serialized_contents = KEPT


def put_back(connection) -> None:
    """The rows of migrations, if the database was emptied since; and nothing in the tables beside the models'."""
    if connection.alias not in _emptied or connection.alias not in _kept:
        return
    name = connection.ops.quote_name
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in BESIDE[connection.vendor]:
            cursor.execute(f"DELETE FROM {name(table)}")
        for table, (columns, rows) in _kept[connection.alias].items():
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {name(table)} ({', '.join(map(name, columns))}) VALUES ({marks})", rows)
    _emptied.discard(connection.alias)


def _filled(connection, tables) -> list[str]:
    """Of these tables, those that hold a row: one query."""
    if not tables:
        return []
    name = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {name(table)})" for table in tables)
        )
        return [table for (table,) in cursor.fetchall()]
