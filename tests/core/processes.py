"""Real workers as processes of their own, on the tests' database."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import quote

from django.conf import settings
from django.db import connection


def database_url() -> str:
    """The tests' database as DATABASE_URL."""
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{here['NAME']}"
    user, password = quote(here["USER"] or ""), quote(here["PASSWORD"] or "")
    host, port = quote(here["HOST"] or "", safe=""), here["PORT"] or 5432
    return f"postgres://{user}:{password}@{host}:{port}/{here['NAME']}"


def start_worker(*arguments: str, **environment: str) -> subprocess.Popen:
    env = os.environ | {
        "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "lab.settings.test", "PYTHONUNBUFFERED": "1",
    } | environment  # fmt: skip
    command = [sys.executable, "-m", "tests.core.run_worker", "--interval", "0.05", *arguments]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=env)


@contextmanager
def workers(count: int = 1, **environment: str):
    """Workers that are certainly gone afterwards."""
    found = [start_worker(**environment) for _number in range(count)]
    try:
        yield found
    finally:
        for process in found:
            process.kill()
            process.wait()


def wait_until(condition, seconds: float = 150, every: float = 0.05) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(every)
