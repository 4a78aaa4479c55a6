"""`python -m tests.deploy_check`: `check --deploy` must print nothing with production's settings."""

import os
import secrets
import subprocess
import sys

if __name__ == "__main__":
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lab.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "lab.example",
        "SECURITY_CONTACT": "security@lab.example",
        "DATABASE_URL": os.environ.get("DATABASE_URL", "sqlite:///var/deploy-check.sqlite3"),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "DEBUG"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    clean = done.returncode == 0 and "no issues" in done.stdout + done.stderr
    sys.exit(0 if clean else done.stdout + done.stderr)
