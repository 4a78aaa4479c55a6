"""`manage.py drills`: R1 and R2 on the database that is given, through the real verbs; what they made is taken away again.

`--operations 100000` is R2's size, `--threads` how many connections. Fails on a lost, doubled or broken vote.
"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from ideas import drills


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--operations", type=int, default=100_000)
        parser.add_argument("--threads", type=int, default=drills.THREADS)

    def handle(self, *, operations, threads, **options):
        if not settings.DEMO_ALLOWED:
            raise CommandError("Drills write fictional members: not on a site where the demo is not allowed.")
        drills.THREADS = threads
        self.stdout.write(f"{connection.vendor}, {threads} connections")
        try:
            first = drills.hot_idea()
            self.say("R1: 500 people × 4 votes on one idea", first)
            second = drills.mixed(operations=operations)
            self.say(f"R2: {operations:,} votes and withdrawals on 50 ideas", second)
        finally:
            drills.clear()
        if (first.rows, first.counter) != (500, 500) or first.drift or first.broken:
            raise CommandError("R1 failed.")
        if second.rows != second.counter or second.drift or second.broken:
            raise CommandError("R2 failed.")

    def say(self, name: str, outcome: drills.Outcome):
        self.stdout.write(
            f"{name}: {outcome.seconds:.1f} s, {outcome.per_second}/s; rows {outcome.rows}, counter {outcome.counter}, "
            f"drift {len(outcome.drift)}, refused {sum(outcome.refused.values())}, broken {len(outcome.broken)}"
        )
        for line in outcome.broken[:5]:
            self.stdout.write(f"  {line}")
