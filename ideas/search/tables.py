"""The database's own tables for looking words up: one module for each kind of database, with the same functions."""

from django.db import connection

from . import postgres, sqlite


def engine():
    return postgres if connection.vendor == "postgresql" else sqlite
