"""`manage.py up`: what `make run` starts. Prepares the database, loads the demo once, runs the site and the worker.

Both are separate processes, as in production; Ctrl-C stops both. DEBUG is off for the site, so that a newcomer sees
the pages members see, errors included.
"""

import os
import signal
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

ACCOUNTS = (
    ("cliente@demo.example", "customer"),
    ("prospect@demo.example", "prospect"),
    ("ambassadeur@demo.example", "ambassador"),
    ("moderation@demo.example", "moderator"),
    ("expert@demo.example", "expert"),
    ("produit@demo.example", "product owner"),
    ("comite@demo.example", "board member"),
    ("presidence@demo.example", "board chair"),
    ("audit@demo.example", "auditor"),
    ("admin@demo.example", "administrator"),
)
PASSWORD = "lab-clients-demo"  # noqa: S105 - the demo's, printed for all to see


class Command(BaseCommand):
    help = "Prepare the database, load the demo once, start the site and the worker."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *, port, host, **options):
        if not settings.DEBUG:
            raise CommandError("`up` is for a laptop. Production: docs/production.md.")
        self.require_free(host, port)
        self.prepare()
        self.run(host, port)

    @staticmethod
    def require_free(host, port):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                raise CommandError(f"Port {port} is taken. Choose another: make run PORT={port + 1}") from None

    def prepare(self):
        self.stdout.write("Preparing the database (a minute, the first time) …")
        call_command("messages", compile=True)
        call_command("migrate", interactive=False, verbosity=0)
        call_command("demo", once=True)

    def run(self, host, port):
        environment = os.environ | {"DEBUG": "0", "DJANGO_SETTINGS_MODULE": "lab.settings.dev", "PYTHONUNBUFFERED": "1"}
        environment.setdefault("SITE_URL", f"http://{host}:{port}")
        site = [sys.executable, "-m", "gunicorn", "lab.wsgi", "--bind", f"{host}:{port}", "--worker-class", "gthread",
                "--workers", "2", "--threads", "8", "--log-level", "warning"]  # fmt: skip
        worker = [sys.executable, "manage.py", "worker"]
        # Their own session: Ctrl-C reaches this process alone, which stops both in order.
        children = [
            subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, start_new_session=True)  # noqa: S603
            for command in (site, worker)
        ]
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        try:
            self.wait_until_ready(f"http://{host}:{port}", children)
            self.welcome(f"http://{host}:{port}")
            while all(child.poll() is None for child in children):
                time.sleep(0.5)
            raise CommandError("The site or the worker stopped by itself; its message is above.")
        except KeyboardInterrupt:
            self.stdout.write("\nStopping …")
        finally:
            self.stop(children)

    @staticmethod
    def wait_until_ready(address, children):
        for _ in range(120):
            if any(child.poll() is not None for child in children):
                raise CommandError("The site or the worker could not start; its message is above.")
            try:
                urlopen(f"{address}/readyz", timeout=2).close()  # noqa: S310 - our own address
                return
            except (URLError, OSError):
                time.sleep(0.5)
        raise CommandError("The site did not answer within a minute.")

    def welcome(self, address):
        write = self.stdout.write
        write("")
        write(self.style.SUCCESS(f"  Customer Lab is ready: {address}/   (English: {address}/en/)"))
        write(f"  The desk: {address}/desk/   API: {address}/api/v1/docs/   Mail it sends: {address}/courrier/")
        write("")
        write(f"  Accounts of the demo, password {PASSWORD}")
        for email, role in ACCOUNTS:
            write(f"    {email:<28} {role}")
        write("")
        write("  Ctrl-C stops it; `make run` starts it again with the same data.")

    @staticmethod
    def stop(children):
        for child in children:
            if child.poll() is None:
                child.terminate()
        for child in children:
            try:
                child.wait(timeout=8)
            except subprocess.TimeoutExpired:
                child.kill()
