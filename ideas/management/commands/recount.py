"""`manage.py recount`: sets ideas' counters (votes, comments) from the rows. `--check` only prints the drift, and fails on any."""

from django.core.management.base import BaseCommand, CommandError

from ideas.domain.measuring import measure_all
from ideas.domain.recounting import recount_all
from ideas.domain.tallying import count_all


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true", help="change nothing; fail if a counter is not its rows'")

    def handle(self, *, check, **options):
        drift = recount_all(write=not check)
        for line in drift[:50]:
            self.stdout.write(f"  idea {line.public_id}: {line.counter} {line.shown}, rows {line.counted}")
        self.stdout.write(f"drift {len(drift)}")
        # Growth and who carries an idea age by themselves: being behind is no drift.
        self.stdout.write(f"measured anew {measure_all(write=not check)}")
        if not check:
            self.stdout.write(f"support by group counted anew for {count_all()} ideas")
        if check and drift:
            raise CommandError("Counters have drifted: run manage.py recount.")
