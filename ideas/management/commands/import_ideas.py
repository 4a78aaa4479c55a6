"""`manage.py import_ideas FILE --source fider --category cartes --by produit@demo.example`: a dry run, row by row.

`--write` takes the rows in. Run twice, it makes nothing twice. The docs say which columns each source has (docs/exchange.md).
"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from ideas.domain.importing import Line, Outcome, import_rows, read_rows
from ideas.models import Category
from ideas.models.imported import Source
from members.models import Member


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", choices=Source.values, required=True)
        parser.add_argument("--category", required=True, help="the slug of the theme for what names none of ours")
        parser.add_argument("--by", required=True, help="the e-mail of the product owner who answers for it")
        parser.add_argument("--write", action="store_true", help="without it, nothing is written")
        parser.add_argument("--only", choices=Outcome.values, help="print only these rows")

    def handle(self, *, file, source, category, by, write, only, **options):
        member = Member.objects.filter(email__iexact=by).first()
        theme = Category.objects.filter(slug=category).first()
        if not member or not theme or not file.is_file():
            missing = "member" if not member else "theme" if not theme else "file"
            raise CommandError(f"There is no such {missing}.")
        try:
            rows = read_rows(file.read_bytes(), source)
            report = import_rows(rows, source=source, category=theme, by=member, is_dry=not write)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        for line in report.lines:
            if only in (None, line.outcome):
                self.stdout.write(f"{line.number:6}  {line.outcome:8} {line.title[:70]:70} {_becomes(line)} {line.why}")
        said = "Dry run, nothing written" if report.is_dry else "Done"
        self.stdout.write(f"{said}: {report.taken} imported, {report.there} already there, {report.refused} refused.")
        if report.of_unknown_theme:
            self.stdout.write(f"{report.of_unknown_theme} name a theme that is none of ours: they go to {theme.slug}.")


def _becomes(line: Line) -> str:
    """The theme and the state of the idea; "?" where they are a guess of ours."""
    said = (("category", line.theme.slug if line.theme else ""), ("state", str(line.state)))
    return " ".join(f"{value + ('?' if name in line.unknown else ''):14}" for name, value in said)
