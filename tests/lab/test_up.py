"""`make run` in earnest: the site and the worker start, answer, and stop together; a second start keeps the data."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.once  # `make run` has its own SQLite file
ROOT = Path(__file__).resolve().parents[2]


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start(place: Path, port: int):
    environment = os.environ | {
        "LAB_VAR": str(place),
        "DJANGO_SETTINGS_MODULE": "lab.settings.dev",
        "SEARCH_BY_MEANING": "false",
    }
    for name in ("DATABASE_URL", "REDIS_URL"):
        environment.pop(name, None)
    return subprocess.Popen(
        [sys.executable, "manage.py", "up", "--port", str(port)], cwd=ROOT, env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, preexec_fn=_hear_ctrl_c,
    )  # fmt: skip


def _hear_ctrl_c():
    """A test run started in the background hands "ignore Ctrl-C" down to its children; `make run` by hand does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def said_until(process, words: str, seconds: float = 600) -> str:
    said, end = "", time.monotonic() + seconds
    while words not in said and time.monotonic() < end:
        line = process.stdout.readline()
        if not line and process.poll() is not None:
            break
        said += line
    assert words in said, said
    return said


def stop(process):
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=120)


@pytest.mark.journey
def test_run_starts_site_and_worker_and_ctrl_c_stops_both(tmp_path):
    place, port = tmp_path / "a place with a space", a_free_port()
    process = start(place, port)
    try:
        said = said_until(process, "Ctrl-C stops it")
        assert f"http://127.0.0.1:{port}/" in said
        assert "cliente@demo.example" in said
        assert "lab-clients-demo" in said
        page = urlopen(f"http://127.0.0.1:{port}/idees/", timeout=30).read().decode()
        assert 'lang="fr"' in page
        children = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
        assert f"127.0.0.1:{port}" in children
    finally:
        stop(process)
    with pytest.raises(OSError):
        urlopen(f"http://127.0.0.1:{port}/healthz", timeout=3)

    process = start(place, port)
    try:
        assert "Loading the demo" not in said_until(process, "Ctrl-C stops it")
    finally:
        stop(process)


def test_run_says_when_the_port_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        process = start(tmp_path, taken.getsockname()[1])
        said, _ = process.communicate(timeout=180)
    assert process.returncode != 0
    assert "is taken" in said
