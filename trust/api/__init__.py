"""Reporting and contesting, for the mobile app."""

from .reports import AppealView, ReportsView, StatementsView, StatementView

__all__ = ["AppealView", "ReportsView", "StatementView", "StatementsView"]
