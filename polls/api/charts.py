"""The charts of a result as files, for those its results policy lets see it."""

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.views import APIView

from core.api.files import AnyFile

from ..charting import chart_file, growth_file, results_file
from ..models import Poll
from ..paces import require_pace_of_charts
from .finding import polls_for


class _FileView(APIView):
    """Whatever a client says it accepts, it gets the file it asked for by name; no more of them in a minute than on the site."""

    content_negotiation_class = AnyFile

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        require_pace_of_charts(request)

    def poll(self, request, public_id: str) -> Poll:
        return get_object_or_404(polls_for(request), public_id=public_id)


class ChartView(_FileView):
    @extend_schema(
        operation_id="polls_chart",
        parameters=[
            OpenApiParameter(
                "name", str, "path", description="result, scores, duels, rounds, weighted, by-kind, by-segment, by-age"
            ),
            OpenApiParameter("kind", str, "path", enum=["svg", "png", "csv"]),
            OpenApiParameter("for", str, description="phone: laid out for a phone.", enum=["phone"]),
        ],
        responses={
            (200, "image/svg+xml"): OpenApiTypes.BINARY,
            (200, "image/png"): OpenApiTypes.BINARY,
            (200, "text/csv"): OpenApiTypes.BINARY,
        },
    )
    def get(self, request, public_id, question, name, kind):
        """One chart of a question. 403 `results_hidden`; 404 `unknown_chart` for what there is not, or not yet; 429 `too_many`."""
        poll = self.poll(request, public_id)
        return chart_file(request.user, poll, question, name, kind, on_phone=request.GET.get("for") == "phone")


class GrowthView(_FileView):
    @extend_schema(
        operation_id="polls_growth",
        parameters=[
            OpenApiParameter("kind", str, "path", enum=["svg", "png", "csv"]),
            OpenApiParameter("for", str, description="phone: laid out for a phone.", enum=["phone"]),
        ],
        responses={
            (200, "image/svg+xml"): OpenApiTypes.BINARY,
            (200, "image/png"): OpenApiTypes.BINARY,
            (200, "text/csv"): OpenApiTypes.BINARY,
        },
    )
    def get(self, request, public_id, kind):
        """How the turnout grew, in whole steps. 403 `results_hidden`; 404 `unknown_chart` before the first step."""
        return growth_file(
            request.user, self.poll(request, public_id), kind, on_phone=request.GET.get("for") == "phone"
        )


class ResultsFileView(_FileView):
    @extend_schema(operation_id="polls_results_file", responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def get(self, request, public_id):
        """All figures of the result as one CSV, a figure a row; 403 `results_hidden`."""
        return results_file(request.user, self.poll(request, public_id))
