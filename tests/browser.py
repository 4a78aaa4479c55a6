"""Chromium for the journeys: the one of CHROMIUM, the system's, Debian's package as root, or Playwright's own.

`python -m tests.browser` gets it where it is missing, and says clearly when none can be had.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


def chromium_path() -> str | None:
    """Where a Chromium is, or None."""
    named = os.environ.get("CHROMIUM")
    if named and Path(named).exists():
        return named
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    return found or _playwrights_own()


def _playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def _run(*command: str) -> bool:
    print("  " + " ".join(command))  # noqa: T201
    return subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode == 0


def get() -> str | None:
    if path := chromium_path():
        return path
    print("No Chromium here; getting one for the browser journeys:")  # noqa: T201
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        _run("apt-get", "update", "-qq")
        _run("apt-get", "install", "-y", "-qq", "chromium")
    if not chromium_path():
        _run(sys.executable, "-m", "playwright", "install", "chromium")
    return chromium_path()


if __name__ == "__main__" and not get():
    sys.exit(
        "The browser journeys need Chromium and none could be had. Install it (Debian: apt-get install chromium) or name "
        "one: CHROMIUM=/path/to/chromium make test"
    )
