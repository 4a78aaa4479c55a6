"""Files in and out for staff's own tools: a view of the queue taken away, ideas of another tool taken in."""

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from core.api.desk import StaffView
from core.api.files import AnyFile
from core.errors import NotFound

from .. import exporting
from ..domain.importing import Outcome, forget_rows, import_rows, keep_rows, kept_rows, read_for_a_page
from ..domain.importing.files import MOST_BYTES
from ..listing import find_category
from ..models.imported import Source
from ..permissions import can_export, can_import
from .desk import QUEUE_PARAMETERS, asked_in

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=["csv", "xlsx"])


class ExportView(StaffView):
    opens = staticmethod(can_export)
    content_negotiation_class = AnyFile
    pagination_class = None

    @extend_schema(
        operation_id="desk_export", parameters=[*QUEUE_PARAMETERS, KIND],
        responses={(200, "text/csv"): OpenApiTypes.STR, (200, SHEET): OpenApiTypes.BINARY},
    )  # fmt: skip
    def get(self, request, kind):
        """The ideas of a view in its order, as the desk's page gives them. No cell is one that a spreadsheet would run."""
        asked = asked_in(request)
        rows = exporting.rows_in(asked, request.user, timezone.now())
        address, name = request.build_absolute_uri("/")[:-1], f"idees-{timezone.localdate():%Y-%m-%d}.{kind}"
        if kind == "csv":
            answer = StreamingHttpResponse(exporting.csv_lines(rows, address), content_type="text/csv; charset=utf-8")
            answer["Content-Disposition"] = f'attachment; filename="{name}"'
        elif kind == "xlsx":
            answer = FileResponse(exporting.xlsx_file(rows, address), as_attachment=True, filename=name)
        else:
            raise NotFound
        exporting.note(asked, kind, request.user)
        return answer


class ImportInput(serializers.Serializer):
    source = serializers.ChoiceField(choices=Source.choices)
    category = serializers.CharField(max_length=40, help_text="Slug of the theme of ideas whose theme we do not have.")
    file = serializers.FileField(help_text="CSV, 5,000 rows at most.")


class ImportLineSerializer(serializers.Serializer):
    number = serializers.IntegerField(help_text="Line of the file.")
    title = serializers.CharField(help_text="Empty where the privacy shield refused it.")
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    why = serializers.CharField()
    url = serializers.CharField()
    category = serializers.CharField(
        source="theme.slug", default="", help_text="The theme that the idea gets; empty for a row that is not taken."
    )
    state = serializers.CharField(help_text="The state that the idea gets; empty for a row that is not taken.")
    unknown = serializers.ListField(
        child=serializers.CharField(), help_text="What the file says and we do not know: `category`, `state`."
    )


class ImportReportSerializer(serializers.Serializer):
    is_dry = serializers.BooleanField()
    taken = serializers.IntegerField()
    there = serializers.IntegerField(help_text="Imported before, or twice in the file.")
    refused = serializers.IntegerField()
    of_unknown_theme = serializers.IntegerField(help_text="Taken into `category`, though the file names a theme.")
    lines = ImportLineSerializer(many=True)
    kept = serializers.CharField(
        allow_null=True, help_text="After a dry run: POST desk/imports/<kept>/ within the hour."
    )


def _told(report, kept: str | None = None) -> Response:
    names = ("is_dry", "taken", "there", "refused", "of_unknown_theme", "lines")
    shown = {name: getattr(report, name) for name in names}
    return Response(ImportReportSerializer(shown | {"kept": kept}).data)


class DryRunView(StaffView):
    opens = staticmethod(can_import)

    @extend_schema(
        operation_id="desk_imports_try", request={"multipart/form-data": ImportInput},
        responses={200: ImportReportSerializer},
    )  # fmt: skip
    def post(self, request):
        """What would become of each row of a file. Nothing is written."""
        values, user = self.asked(ImportInput), request.user
        category = find_category(values["category"])
        rows = read_for_a_page(values["file"].read(MOST_BYTES + 1), values["source"], by=user)
        report = import_rows(rows, source=values["source"], category=category, by=user, is_dry=True)
        if not report.taken:
            return _told(report)
        return _told(report, keep_rows(rows, source=values["source"], category=category.slug, by=user))


class ImportView(StaffView):
    opens = staticmethod(can_import)

    @extend_schema(operation_id="desk_imports_run", request=None, responses={200: ImportReportSerializer})
    def post(self, request, key):
        """Take in the very rows of a dry run, once. A row that is there already is not made twice."""
        kept = kept_rows(key, by=request.user)
        category = find_category(kept.category)
        report = import_rows(kept.rows, source=kept.source, category=category, by=request.user, is_dry=False)
        forget_rows(key, by=request.user)
        return _told(report)
