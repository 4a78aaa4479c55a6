"""`make test` says clearly when no Chromium can be had."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]


def test_missing_browser_is_named_with_the_way_to_get_one(tmp_path):
    nowhere = {
        "PATH": str(tmp_path),
        "PLAYWRIGHT_BROWSERS_PATH": str(tmp_path),
        "PLAYWRIGHT_DOWNLOAD_HOST": "http://127.0.0.1:9",
    }
    environment = {key: value for key, value in os.environ.items() if key != "CHROMIUM"} | nowhere
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser"], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300,
        check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "CHROMIUM=/path/to/chromium make test" in done.stderr
