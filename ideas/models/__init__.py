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
from .deeds import Deed
from .desk import BulkLine, BulkRun, SavedView
from .ideas import Idea, IdeaImage
from .imported import ImportedIdea
from .letters import AnswerTemplate, TemplateVersion
from .limits import (
    BODY_MAX,
    BODY_MIN,
    BULK_MAX,
    COMMENT_MAX,
    COMMENT_MIN,
    COUNTERS,
    IMAGES_MAX,
    ON_BEHALF_MAX,
    QUESTION_MAX,
    QUESTION_MIN,
    REASON_MAX,
    REASON_MIN,
    REFERENCE_MAX,
    REFERENCE_MIN,
    TITLE_MAX,
    TITLE_MIN,
    VIEW_NAME_MAX,
    VIEWS_MAX,
)
from .on_behalf import VoteOnBehalf
from .pending import PendingPicture
from .promises import Escalation, Urgency, UrgentWord
from .quarantine import SetAsideVote
from .referrals import Referral
from .routing import Routing
from .steps import IdeaMove, Merge, Moderation, OfficialAnswer
from .suggestions import MergeSuggestion
from .tags import IdeaTag, Tag
from .talk import CommentReaction, CommentVersion, Mention
from .tallies import SupportTally
from .vectors import IdeaVector
from .versions import IdeaVersion, Withdrawal

__all__ = [
    "BODY_MAX",
    "BODY_MIN",
    "BULK_MAX",
    "CALL_MAX",
    "COMMENT_MAX",
    "COMMENT_MIN",
    "COUNTERS",
    "IMAGES_MAX",
    "NOTE_MAX",
    "ON_BEHALF_MAX",
    "PRIZES_MOST",
    "QUESTION_MAX",
    "QUESTION_MIN",
    "REASON_MAX",
    "REASON_MIN",
    "REFERENCE_MAX",
    "REFERENCE_MIN",
    "RULES_MAX",
    "TITLE_MAX",
    "TITLE_MIN",
    "VIEWS_MAX",
    "VIEW_NAME_MAX",
    "WORD_MAX",
    "AnswerTemplate",
    "BulkLine",
    "BulkRun",
    "Category",
    "Challenge",
    "ChallengeEntry",
    "ChallengeRules",
    "ChallengeWinner",
    "Comment",
    "CommentReaction",
    "CommentVersion",
    "Deed",
    "Escalation",
    "Follow",
    "Idea",
    "IdeaImage",
    "IdeaMove",
    "IdeaTag",
    "IdeaVector",
    "IdeaVersion",
    "ImportedIdea",
    "Juror",
    "JuryNote",
    "Mention",
    "Merge",
    "MergeSuggestion",
    "Moderation",
    "OfficialAnswer",
    "PendingPicture",
    "Referral",
    "Routing",
    "RulesAcceptance",
    "SavedView",
    "SetAsideVote",
    "SupportTally",
    "Tag",
    "TemplateVersion",
    "Urgency",
    "UrgentWord",
    "VoteOnBehalf",
    "Withdrawal",
]
