"""`manage.py messages`: keeps the French catalogs complete without needing gettext's programs.

Each app has its own catalog `<app>/locale/fr/LC_MESSAGES/django.po`; a template under `templates/<app>/` belongs to that app,
every other template to `lab`. Plain `messages` adds new texts and drops unused ones; `--compile` writes the .mo files
(not kept in git); `--check` fails on a text that is missing, empty or fuzzy, or that two
apps put in French differently.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import templatize

APPS = ("lab", "core", "members", "ideas", "polls", "betas", "board", "complaints", "trust", "notifications", "cms")
# Templates that stand for a package's own belong to the app that answers for the package.
ADOPTED = {
    "account": "members",
    "allauth": "members",
    "mfa": "members",
    "socialaccount": "members",
    "usersessions": "members",
}
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}  # fmt: skip


def catalog_path(app: str) -> Path:
    return settings.BASE_DIR / app / "locale" / "fr" / "LC_MESSAGES" / "django.po"


def sources(app: str):
    """The files whose texts belong to the app's catalog."""
    root = settings.BASE_DIR
    yield from (path for path in sorted((root / app).rglob("*.py")) if "migrations" not in path.parts)
    yield from sorted((root / app / "templates").rglob("*.*"))
    templates = root / "templates"
    for path in sorted(templates.rglob("*.*")):
        top = path.relative_to(templates).parts[0]
        if ADOPTED.get(top, top if top in APPS else "lab") == app:
            yield path


def texts_of(path: Path):
    source = path.read_text()
    if path.suffix != ".py":
        source = templatize(source, origin=str(path))
    for _line, message, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
        yield message, context, path.relative_to(settings.BASE_DIR).as_posix()


def read(app: str) -> Catalog:
    path = catalog_path(app)
    if not path.exists():
        return Catalog(locale="fr", domain="django")
    with path.open("rb") as file:
        return read_po(file, locale="fr", domain="django")


def template_of(app: str) -> Catalog:
    catalog = Catalog(locale="fr", domain="django")
    for path in sources(app):
        for message, context, place in texts_of(path):
            if any(message if isinstance(message, (list, tuple)) else [message]):
                catalog.add(message, locations=[(place, 0)], context=context)
    return catalog


def faults(app: str) -> list[str]:
    """Texts of the sources without a French one, in the reader's order."""
    known, missing = read(app), []
    for message in template_of(app):
        found = known.get(message.id, message.context) if message.id else None
        if message.id and (not found or found.fuzzy or not _filled(found.string)):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def quarrels() -> list[str]:
    """Texts that two apps put in French differently: Django has one catalog, so the reader would get either at random."""
    said: dict[tuple, dict[str, object]] = {}
    for app in APPS:
        for message in read(app):
            if message.id:
                is_plural = isinstance(message.id, tuple)
                key = (message.id[0] if is_plural else message.id, message.context, is_plural)
                said.setdefault(key, {})[app] = message.string
    return [
        f"{key[0]!r} reads {by_app}: say the same, or give one of them a context"
        for key, by_app in said.items()
        if len({str(text) for text in by_app.values()}) > 1
    ]


def _filled(string) -> bool:
    return all(string) if isinstance(string, (list, tuple)) else bool(string)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("apps", nargs="*", help="only these apps")
        parser.add_argument("--compile", action="store_true")
        parser.add_argument("--check", action="store_true")

    def handle(self, *, apps, check, **options):
        apps = apps or APPS
        if check:
            self.check_all(apps)
        elif options["compile"]:
            for app in apps:
                self.compile(app)
        else:
            for app in apps:
                self.update(app)

    def check_all(self, apps):
        bad = {app: found for app in apps if (found := faults(app))}
        for app, found in bad.items():
            for text in found:
                self.stderr.write(f"{app}: {text!r} has no French text")
        twice = quarrels()
        for line in twice:
            self.stderr.write(line)
        if bad or twice:
            raise CommandError(f"{sum(map(len, bad.values()))} texts without French, {len(twice)} with two")

    def compile(self, app):
        path = catalog_path(app)
        if path.exists():
            with path.with_suffix(".mo").open("wb") as file:
                write_mo(file, read(app))

    def update(self, app):
        catalog, template = read(app), template_of(app)
        if not len(template):
            return
        made = catalog.creation_date  # kept: a new date each time would touch every catalog where nothing has changed
        catalog.update(template, no_fuzzy_matching=True)
        catalog.creation_date = made
        catalog.obsolete.clear()
        path = catalog_path(app)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(
                file, catalog, width=120, sort_by_file=True, omit_header=False, no_location=True, ignore_obsolete=True
            )
        self.compile(app)
        self.stdout.write(f"{app}: {len(faults(app))} without French")
