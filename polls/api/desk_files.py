"""What the studio hands out for staff's own tools: names beside answers, weights to fill in, and a poll as members will get it."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.api.files import AnyFile

from ..exporting import KINDS, XLSX, names_file, weights_file
from .desk import DeskPoll
from .reading import preview
from .shapes import PollInFullSerializer


class DeskPollNamesFileView(DeskPoll):
    content_negotiation_class = AnyFile
    pagination_class = None

    @extend_schema(
        operation_id="desk_polls_names_file",
        parameters=[OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=list(KINDS))],
        responses={(200, "text/csv"): OpenApiTypes.STR, (200, XLSX): OpenApiTypes.BINARY},
    )
    def get(self, request, public_id, kind):
        """Names beside answers as a file, of open polls alone; noted in the audit. No cell is one that a spreadsheet would run.

        404 for a confidential poll, and `unknown_format`; 403 `results_hidden` while a sealed one runs; 409 `too_many_rows` where
        an XLSX would have more than 20,000: take CSV.
        """
        return names_file(self.poll(public_id), kind, by=request.user)


class DeskPollWeightsFileView(DeskPoll):
    content_negotiation_class = AnyFile
    pagination_class = None

    @extend_schema(operation_id="desk_polls_weights_file", responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request, public_id):
        """A file of weights to fill in, in the caller's language: a line for each age and product. Put it back to `weights/`."""
        return weights_file(self.poll(public_id), by=request.user)


class DeskPollPreviewView(DeskPoll):
    @extend_schema(operation_id="desk_polls_preview", responses=PollInFullSerializer)
    def get(self, request, public_id):
        """The poll, a draft too, as a member it invites would get it (`polls/ID/`), were it open now. Nothing is changed by it.

        Options come in the order they were written; members read them in one of their own where they are shuffled.
        """
        return Response(preview(self.poll(public_id), request))
