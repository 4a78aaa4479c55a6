"""`manage.py styles`: write static/lab/dist/lab.css from its parts; `--check` fails if it is not what the parts say."""

from django.core.management.base import BaseCommand, CommandError

from lab.styles import BUILT, joined


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check, **options):
        if check:
            if not BUILT.exists() or BUILT.read_text() != joined():
                raise CommandError("lab.css is behind its parts: run manage.py styles")
            return
        BUILT.parent.mkdir(exist_ok=True)
        BUILT.write_text(joined())
        self.stdout.write(f"{BUILT.name}: {BUILT.stat().st_size} bytes")
