"""The order in which a member reads the options: shuffled for them, and theirs for good.

Who reads first in a list is chosen more often (J. A. Krosnick & D. F. Alwin, "An Evaluation of a Cognitive Theory of Response-Order
Effects in Survey Measurement", *Public Opinion Quarterly* 51, 1987, 201–219); over many members a shuffle evens that out.
"""

import hashlib
from typing import Any

from ..models import Option, Question


def in_order_for(user: Any, question: Question) -> list[Option]:
    """The question's options (`options.all()`) as this user reads them; “other” stays last.

    The order follows from the ids of question and member, so that nothing is stored and every device shows the same one.
    Visitors, and everyone where the poll says so, read them as they were written.
    """
    options = list(question.options.all())
    if not question.shuffled or not getattr(user, "is_authenticated", False):
        return options
    return sorted(options, key=lambda option: (option.is_other, _place(user, question, option)))


def _place(user: Any, question: Question, option: Option) -> bytes:
    return hashlib.sha256(f"{question.public_id}:{user.public_id}:{option.public_id}".encode()).digest()
