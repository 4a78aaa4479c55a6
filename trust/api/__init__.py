"""Reporting and contesting, for the mobile app."""

from .reports import AppealView, FollowedReportView, ReportAppealView, ReportsView, StatementsView, StatementView

__all__ = ["AppealView", "FollowedReportView", "ReportAppealView", "ReportsView", "StatementView", "StatementsView"]
