"""`manage.py worker`: runs events' handlers, jobs and periodic work until told to stop. Survives kill -9."""

import signal
import threading

from django.core.management.base import BaseCommand

from core.schedule import queue_due
from core.worker import Worker, take_back_lost


class Command(BaseCommand):
    help = "Run background work: event handlers, mail, periodic jobs."

    def add_arguments(self, parser):
        parser.add_argument("--batch", action="store_true", help="do what is due, then stop")
        parser.add_argument("--interval", type=float, default=0.5, help="seconds between looks at an empty queue")

    def handle(self, *, batch, interval, **options):
        worker = Worker(interval=interval, batch=batch)
        take_back_lost()
        if not batch:
            for name in (signal.SIGINT, signal.SIGTERM):
                signal.signal(name, worker.stop)
            threading.Thread(target=worker.keep_house, args=(take_back_lost, queue_due), daemon=True).start()
        worker.run()
