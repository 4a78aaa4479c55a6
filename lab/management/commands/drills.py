"""`manage.py drills`: R1, R2 and R12 on the database that is given, through the real verbs; what they made is taken away again.

`--operations 100000` is R2's size, `--threads` how many connections, `--ballots 10000` those put in across a poll's close by
`--clients 32`, in a poll of five questions, one by method, or of one by `--method`. `--only votes` or `--only polls` runs a
part; `--only rate` R12, `--rate 200` ballots a second for `--seconds 12` from `--processes 2`, across the poll's hour. Fails on a
lost, doubled, late or broken vote, and where the rate was not reached.
"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from ideas import drills
from polls import drills as poll_drills
from polls import drills_at_a_rate as at_a_rate
from polls.states import Method


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--operations", type=int, default=100_000)
        parser.add_argument("--threads", type=int, default=drills.THREADS)
        parser.add_argument("--ballots", type=int, default=10_000)
        parser.add_argument("--clients", type=int, default=poll_drills.CLIENTS)
        parser.add_argument("--method", choices=Method.values)
        parser.add_argument("--only", choices=("votes", "polls", "rate"))
        parser.add_argument("--rate", type=int, default=at_a_rate.RATE)
        parser.add_argument("--seconds", type=int, default=at_a_rate.SECONDS)
        parser.add_argument("--processes", type=int, default=at_a_rate.PROCESSES)

    def handle(self, *, operations, threads, ballots, clients, method, only, rate, seconds, processes, **options):
        if not settings.DEMO_ALLOWED:
            raise CommandError("Drills write fictional members: not on a site where the demo is not allowed.")
        if only in (None, "votes"):
            self.votes(operations, threads)
        if only in (None, "polls"):
            self.polls(ballots, clients, [method] if method else Method.values)
        if only in (None, "rate"):
            self.at_a_rate(rate, seconds, clients, processes, method or Method.SINGLE)

    def polls(self, ballots: int, clients: int, methods: list[str]):
        try:
            outcome = poll_drills.across_a_close(ballots=ballots, clients=clients, methods=methods)
        finally:
            poll_drills.clear()
        self.stdout.write(
            f"{connection.vendor}, {clients} clients: {ballots:,} ballots across a close: {outcome.seconds:.1f} s, "
            f"{outcome.per_second}/s, {outcome.at_the_close} in the second around the close; taken {outcome.taken}, "
            f"late {outcome.late}"
        )
        for name, found in outcome.wrong.items():
            self.stdout.write(f"  {name}: {len(found)} {found[:3] if found else ''}")
        if not outcome.is_good:
            raise CommandError("The ballots across a close failed.")

    def at_a_rate(self, rate: int, seconds: int, clients: int, processes: int, method: str):
        try:
            outcome = at_a_rate.across_the_hour(
                rate=rate, seconds=seconds, clients=clients, processes=processes, methods=(method,)
            )
        finally:
            poll_drills.clear()
        self.stdout.write(
            f"{connection.vendor}, {clients} clients in {processes} processes. R12: {rate} ballots/s asked for, "
            f"{outcome.reached:.0f}/s came, {outcome.around:.0f}/s about the close; answered {outcome.answered:.0f}/s, "
            f"{outcome.answered_around:.0f}/s about the close, after {outcome.longest:.1f} s at most; attempted {outcome.ballots}, "
            f"accepted {outcome.taken}, refused {outcome.late}, accepted late {len(outcome.wrong['late'])}, "
            f"doubled {len(outcome.wrong['doubled'])}, lost {len(outcome.wrong['lost'])}"
        )
        for name, found in outcome.wrong.items():
            self.stdout.write(f"  {name}: {len(found)} {found[:3] if found else ''}")
        if not outcome.is_good:
            raise CommandError(
                "R12 failed: see above; where fewer ballots came than asked for, this machine needs more processes."
            )

    def votes(self, operations: int, threads: int):
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
