"""`manage.py demo`: load the demo. `--scale 100000` adds as many ideas and members, and twenty votes an idea, in bulk."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lab.demo import Demo, load, load_scale
from members.models import Member


class Command(BaseCommand):
    help = "Load the demo: a fictional bank, its members and what they did."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=2026)
        parser.add_argument("--scale", type=int, default=0, help="also fill so many ideas and members in bulk")
        parser.add_argument("--once", action="store_true", help="do nothing if the demo is there")
        parser.add_argument("--force", action="store_true", help="even where DEBUG is off")

    def handle(self, *, seed, scale, once, force, **options):
        if not settings.DEBUG and not force:
            raise CommandError("The demo has known passwords: it loads where DEBUG is on, or with --force.")
        demo = Demo(seed=seed, say=self.stdout.write if options["verbosity"] else lambda *_: None)
        started = time.monotonic()
        there = Member.objects.filter(email="cliente@demo.example").exists()
        if there and not scale:
            if once:
                return
            raise CommandError("The demo is loaded already. Start from an empty database to load it again.")
        if not there:
            demo.say("Loading the demo …")
            load(demo)
        if scale:
            demo.say(f"Filling {scale:,} of each …")
            load_scale(demo, scale)
        demo.say(f"Done in {time.monotonic() - started:.0f} s.")
