"""Ideas and what hangs on them: one module per subject, all names here."""

from .categories import Category
from .challenges import (
    CALL_MAX,
    NOTE_MAX,
    PRIZES_MOST,
    RULES_MAX,
    WORD_MAX,
    Challenge,
    ChallengeEntry,
    ChallengeRules,
    ChallengeWinner,
    Juror,
    JuryNote,
    RulesAcceptance,
)
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
from .pending import PendingPicture
from .promises import Escalation, Urgency, UrgentWord
from .quarantine import SetAsideVote
from .steps import IdeaMove, Merge, Moderation, OfficialAnswer
from .versions import IdeaVersion, Withdrawal

__all__ = [
    "BODY_MAX",
    "BODY_MIN",
    "CALL_MAX",
    "COMMENT_MAX",
    "COMMENT_MIN",
    "COUNTERS",
    "IMAGES_MAX",
    "NOTE_MAX",
    "PRIZES_MOST",
    "REASON_MAX",
    "REASON_MIN",
    "RULES_MAX",
    "TITLE_MAX",
    "TITLE_MIN",
    "WORD_MAX",
    "Category",
    "Challenge",
    "ChallengeEntry",
    "ChallengeRules",
    "ChallengeWinner",
    "Comment",
    "Escalation",
    "Follow",
    "Idea",
    "IdeaImage",
    "IdeaMove",
    "IdeaVersion",
    "Juror",
    "JuryNote",
    "Merge",
    "Moderation",
    "OfficialAnswer",
    "PendingPicture",
    "RulesAcceptance",
    "SetAsideVote",
    "Urgency",
    "UrgentWord",
    "Withdrawal",
]
