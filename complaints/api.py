"""Complaints through the API: one's own for members; the desk's for staff, by the same verbs."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pagination import CursorPages
from core.errors import Invalid, NotFound, NotSignedIn, require

from .domain.answering import acknowledge, answer_complaint, close_complaint, house_mediator
from .domain.opening import open_complaint
from .domain.sources import KINDS, find_source
from .domain.turning_back import turn_back
from .domain.undoing import undo_complaint
from .listing import VIEWS, rows_of
from .models import Complaint
from .permissions import can_read_complaints
from .reading import find_complaint, find_for_desk
from .serializers import (
    AcknowledgeInput,
    AnswerInput,
    ComplaintSerializer,
    MyComplaintSerializer,
    OpenInput,
    TurnBackInput,
)


class ComplaintView(APIView):
    """Reads and verbs say themselves who may, so that a visitor is told to sign in."""

    permission_classes = [AllowAny]

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        require(request.user.is_authenticated, NotSignedIn())

    def page(self, rows, serializer):
        pages = CursorPages()
        items = pages.paginate_queryset(rows, self.request, self)
        return pages.get_paginated_response(serializer(items, many=True, context={"reader": self.request.user}).data)

    def file(self, complaint: Complaint, **more) -> Response:
        return Response(ComplaintSerializer(complaint, context={"reader": self.request.user}).data, **more)

    def asked(self, serializer):
        said = serializer(data=self.request.data)
        said.is_valid(raise_exception=True)
        return said.validated_data


class MyComplaintsView(ComplaintView):
    pagination_class = CursorPages

    @extend_schema(operation_id="my_complaints_list", responses=MyComplaintSerializer(many=True))
    def get(self, request):
        """One's own complaints, the newest first."""
        rows = Complaint.objects.of_member(request.user).with_source().order_by("-received_at", "-id")
        return self.page(rows, MyComplaintSerializer)


class MyComplaintView(ComplaintView):
    @extend_schema(operation_id="my_complaints_read", responses=MyComplaintSerializer)
    def get(self, request, public_id):
        """One of one's own complaints."""
        complaint = find_complaint(public_id, user=request.user)
        require(complaint.complainant_id == request.user.pk, NotFound())
        return Response(MyComplaintSerializer(complaint, context={"reader": request.user}).data)


class DeskComplaintsView(ComplaintView):
    pagination_class = CursorPages

    @extend_schema(
        operation_id="desk_complaints_list",
        parameters=[OpenApiParameter("view", str, enum=list(VIEWS), description="`open` unless said.")],
        responses=ComplaintSerializer(many=True),
    )
    def get(self, request):
        """Complaints, those due first. For who handles them, and auditors."""
        require(can_read_complaints(request.user))
        return self.page(rows_of(request.query_params.get("view", "open"), request.user), ComplaintSerializer)

    @extend_schema(operation_id="desk_complaints_open", request=OpenInput, responses={201: ComplaintSerializer})
    def post(self, request):
        """Make a complaint of an idea, a comment under one or a comment under a poll; its author is told in private."""
        require(can_read_complaints(request.user))
        said = self.asked(OpenInput)
        named = any(said.get(kind) for kind in KINDS)
        require(named, Invalid(_("Say which text it is about."), code="unknown_idea", field="idea"))
        source = find_source(said)
        require(source is not None, NotFound())
        because = {name: said[name] for name in ("reason", "hide", "statement", "ground", "rule")}
        complaint = open_complaint(source, by=request.user, **because)
        return self.file(complaint, status=status.HTTP_201_CREATED)


class DeskComplaintView(ComplaintView):
    @extend_schema(operation_id="desk_complaints_read", responses=ComplaintSerializer)
    def get(self, request, public_id):
        """One complaint's file."""
        return self.file(find_for_desk(public_id, user=request.user))


class AcknowledgeView(ComplaintView):
    @extend_schema(operation_id="desk_complaints_acknowledge", request=AcknowledgeInput, responses=ComplaintSerializer)
    def post(self, request, public_id):
        """Tell the person that it was received."""
        complaint = find_for_desk(public_id, user=request.user)
        acknowledge(complaint, text=self.asked(AcknowledgeInput)["text"], by=request.user)
        return self.file(find_for_desk(public_id, user=request.user))


class AnswerView(ComplaintView):
    @extend_schema(operation_id="desk_complaints_answer", request=AnswerInput, responses=ComplaintSerializer)
    def post(self, request, public_id):
        """Accept or refuse, with reasons. A refusal names the mediator."""
        complaint = find_for_desk(public_id, user=request.user)
        said = self.asked(AnswerInput)
        mediator = said.get("mediator", house_mediator())
        answer_complaint(complaint, outcome=said["outcome"], text=said["text"], mediator=mediator, by=request.user)
        return self.file(find_for_desk(public_id, user=request.user))


class TurnBackView(ComplaintView):
    @extend_schema(operation_id="desk_complaints_turn_back", request=TurnBackInput, responses=ComplaintSerializer)
    def post(self, request, public_id):
        """Take back a complaint that was opened by mistake, while nothing was answered: both clocks stop."""
        complaint = find_for_desk(public_id, user=request.user)
        turn_back(complaint, **self.asked(TurnBackInput), by=request.user)
        return self.file(find_for_desk(public_id, user=request.user))


class UndoView(ComplaintView):
    @extend_schema(operation_id="desk_complaints_undo", request=None, responses={204: None})
    def post(self, request, public_id):
        """Take back, within ten seconds, that one has opened it: nobody is told, and no file is left."""
        undo_complaint(find_for_desk(public_id, user=request.user), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class CloseView(ComplaintView):
    @extend_schema(operation_id="desk_complaints_close", request=None, responses=ComplaintSerializer)
    def post(self, request, public_id):
        """File an answered complaint."""
        close_complaint(find_for_desk(public_id, user=request.user), by=request.user)
        return self.file(find_for_desk(public_id, user=request.user))
