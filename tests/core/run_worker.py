"""`python -m tests.core.run_worker`: the worker, knowing the tests' own jobs."""

import sys

import django
from django.core.management import call_command

if __name__ == "__main__":
    django.setup()
    import tests.core.jobs  # noqa: F401

    call_command("worker", *sys.argv[1:])
