"""The triage queue as a question: its views, filters, orders and figures. Asked alike by desk, saved views and API."""

from .asked import SORTS, Asked, first_sort
from .figures import CAP, Figure, figures_of, totals
from .views import RISK_DAYS, View, add_view, known_views

__all__ = [
    "CAP",
    "RISK_DAYS",
    "SORTS",
    "Asked",
    "Figure",
    "View",
    "add_view",
    "figures_of",
    "first_sort",
    "known_views",
    "totals",
]
