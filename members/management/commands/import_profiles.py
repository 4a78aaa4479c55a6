"""`manage.py import_profiles FILE --by admin@demo.example`: what the bank knows of its members, a dry run line by line.

Columns: email, and any of kind, segment, age_band, region; an empty cell leaves the field alone. `--write` takes them in.
"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from members.domain.certifying import take_in_profiles
from members.models import Member


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--by", required=True, help="the e-mail of the administrator who answers for it")
        parser.add_argument("--write", action="store_true", help="without it, nothing is written")

    def handle(self, *, file, by, write, **options):
        member = Member.objects.filter(email__iexact=by).first()
        if not member or not file.is_file():
            raise CommandError(f"There is no such {'file' if member else 'member'}.")
        try:
            report = take_in_profiles(file.read_bytes(), by=member, is_dry=not write)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        for number, why in report.refused:
            self.stdout.write(f"{number:6}  {why}")
        said = "Done" if write else "Dry run, nothing written"
        self.stdout.write(f"{said}: {report.changed} changed, {report.same} the same, {len(report.refused)} refused.")
