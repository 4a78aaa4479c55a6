"""The studio's form: parses what a product owner writes. The rules are the verbs'."""

from .poll import PollForm, initial_of, masked
from .questions import QuestionRow, rows_of, rows_sent

__all__ = ["PollForm", "QuestionRow", "initial_of", "masked", "rows_of", "rows_sent"]
