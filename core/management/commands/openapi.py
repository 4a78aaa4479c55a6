"""`manage.py openapi`: write docs/openapi.yaml from the code; `--check` fails if it is not up to date, or if a
part of it could not be told well."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer


def made() -> bytes:
    GENERATOR_STATS.reset()
    with translation.override("en"):
        schema = SchemaGenerator(urlconf="lab.api_urls").get_schema(request=None, public=True)
        return OpenApiYamlRenderer().render(schema, renderer_context={})


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check, **options):
        path, schema = settings.BASE_DIR / "docs" / "openapi.yaml", made()
        if not check:
            path.write_bytes(schema)
        elif not path.exists() or path.read_bytes() != schema:
            raise CommandError("docs/openapi.yaml is not what the code says: run `make schema`.")
        elif GENERATOR_STATS:
            raise CommandError("The schema has warnings: name what they speak of.")
