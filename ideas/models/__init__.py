"""Ideas and what hangs on them: one module per subject, all names here."""

from .categories import Category
from .conversation import Comment, Follow
from .ideas import Idea, IdeaImage
from .limits import (
    BODY_MAX,
    BODY_MIN,
    COMMENT_MAX,
    COMMENT_MIN,
    COUNTERS,
    IMAGES_MAX,
    REASON_MAX,
    REASON_MIN,
    TITLE_MAX,
    TITLE_MIN,
)
from .promises import Escalation, Urgency, UrgentWord
from .quarantine import SetAsideVote
from .steps import IdeaMove, Merge, Moderation, OfficialAnswer

__all__ = [
    "BODY_MAX", "BODY_MIN", "COMMENT_MAX", "COMMENT_MIN", "COUNTERS", "IMAGES_MAX", "REASON_MAX", "REASON_MIN",
    "TITLE_MAX", "TITLE_MIN", "Category", "Comment", "Escalation", "Follow", "Idea", "IdeaImage", "IdeaMove", "Merge", "Moderation",
    "OfficialAnswer", "SetAsideVote", "Urgency", "UrgentWord",
]  # fmt: skip
