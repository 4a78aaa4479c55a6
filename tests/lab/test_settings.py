"""Production refuses to start half set up; the embedded database waits its turn."""

import os
import secrets
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

WHOLE = {
    "DJANGO_SETTINGS_MODULE": "lab.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(60),
    "ALLOWED_HOSTS": "lab.example",
    "DATABASE_URL": "postgres://lab@db/lab",
}


def start(**changes):
    environment = {key: value for key, value in (os.environ | WHOLE | changes).items() if value is not None}
    code = "import django; django.setup()"
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)


def test_production_starts_when_all_is_said():
    assert start().returncode == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", None),
        ("SECRET_KEY", "short"),
        ("SECRET_KEY", "development-only-not-a-secret-0000000000000000000000000"),
        ("SECRET_KEY", "a" * 80),
        ("ALLOWED_HOSTS", None),
        ("ALLOWED_HOSTS", "*"),
        ("DATABASE_URL", None),
    ],
)
def test_production_refuses_to_start_without(name, value):
    refusal = start(**{name: value})
    assert refusal.returncode != 0
    assert f"{name} must" in refusal.stderr


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="about the embedded database")
def test_sqlite_runs_in_wal_with_immediate_transactions():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone()[0] == "wal"
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
