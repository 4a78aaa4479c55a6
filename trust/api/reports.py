"""Reporting without an account or with one; one's statements of reasons, and contesting them."""

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny, IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pagination import CursorPages

from ..domain.appealing import appeal_report, appeal_statement
from ..domain.reporting import report_content
from ..limits import require_slow
from ..reading import followed_report, my_statement, statements_of
from ..serializers import (
    AppealInput,
    AppealSerializer,
    FollowedReportSerializer,
    ReportInput,
    ReportReceiptSerializer,
    StatementSerializer,
)


class ReportsView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(operation_id="reports_create", request=ReportInput, responses={201: ReportReceiptSerializer})
    def post(self, request):
        """Report content. No account is needed; without one, `name` and `email` are. The receipt is mailed too."""
        asked = ReportInput(data=request.data)
        asked.is_valid(raise_exception=True)
        require_slow(request)
        report = report_content(by=request.user, **asked.validated_data)
        return Response(ReportReceiptSerializer(report).data, status=status.HTTP_201_CREATED)


class FollowedReportView(APIView):
    """The key is in the receipt: no account is needed."""

    permission_classes = [AllowAny]

    @extend_schema(operation_id="reports_follow", responses=FollowedReportSerializer)
    def get(self, request, public_id, key):
        """Where my report stands, and the reasons of the decision."""
        return Response(FollowedReportSerializer(followed_report(public_id, key)).data)


class ReportAppealView(APIView):
    permission_classes = [AllowAny]

    @extend_schema(operation_id="reports_contest", request=AppealInput, responses={201: AppealSerializer})
    def post(self, request, public_id, key):
        """Contest that the content I reported was kept, once, within six months."""
        row = followed_report(public_id, key)
        asked = AppealInput(data=request.data)
        asked.is_valid(raise_exception=True)
        appeal = appeal_report(row, text=asked.validated_data["text"], by=request.user)
        return Response(AppealSerializer(appeal).data, status=status.HTTP_201_CREATED)


class StatementsView(APIView):
    permission_classes = [IsAuthenticated]
    pagination_class = CursorPages

    @extend_schema(operation_id="statements_list", responses=StatementSerializer(many=True))
    def get(self, request):
        """What the moderators decided about me, the newest first."""
        pages = CursorPages()
        rows = pages.paginate_queryset(statements_of(request.user), request, self)
        return pages.get_paginated_response(StatementSerializer(rows, many=True).data)


class StatementView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="statements_read", responses=StatementSerializer)
    def get(self, request, public_id):
        """One statement of reasons."""
        return Response(StatementSerializer(my_statement(public_id, member=request.user)).data)


class AppealView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="statements_contest", request=AppealInput, responses={201: AppealSerializer})
    def post(self, request, public_id):
        """Contest a decision about me, once, within six months."""
        asked = AppealInput(data=request.data)
        asked.is_valid(raise_exception=True)
        row = my_statement(public_id, member=request.user)
        appeal = appeal_statement(row, text=asked.validated_data["text"], by=request.user)
        return Response(AppealSerializer(appeal).data, status=status.HTTP_201_CREATED)
