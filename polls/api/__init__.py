"""Polls for the mobile app: one GET draws a poll, one PUT answers it."""

from .charts import ChartView, GrowthView, ResultsFileView
from .drawings import DrawingView
from .reading import PollListView, PollView
from .results import ResultsView
from .tally import NamesView, ReceiptView, TallyView
from .voting import BallotView

__all__ = [
    "BallotView", "ChartView", "DrawingView", "GrowthView", "NamesView", "PollListView", "PollView", "ReceiptView",
    "ResultsFileView", "ResultsView", "TallyView",
]  # fmt: skip
