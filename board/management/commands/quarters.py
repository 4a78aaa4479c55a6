"""`manage.py quarters`: recompute the hash of every frozen quarter and hold it against the tables. Fails if one is broken."""

from django.core.management.base import BaseCommand, CommandError

from board.domain.freezing import verify_quarter
from board.models import Quarter
from board.states import KEPT


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options):
        broken = 0
        for quarter in Quarter.objects.filter(state__in=KEPT).order_by("code"):
            found = verify_quarter(quarter)
            broken += not found.holds
            verdict = "holds" if found.holds else "BROKEN: " + ", ".join(found.drift or ["hash"])
            self.stdout.write(f"{quarter.code} {quarter.hash[:16]} {verdict}")
        if broken:
            raise CommandError(f"{broken} quarters no longer match what was frozen")
