"""Ideas for the mobile app: one module per subject, views named here."""

from .challenges import (
    ChallengeAcceptanceView,
    ChallengeEntriesView,
    ChallengeEntryView,
    ChallengeRulesView,
    ChallengesView,
    ChallengeView,
    JuryCallUpView,
    JuryHandInView,
    JuryNotesView,
    JuryNoteView,
    JurySeatView,
)
from .comments import CommentsView, CommentView, NamesView, ReactionView
from .ideas import CategoriesView, FollowView, IdeasView, IdeaView, OneIdeaView, SimilarView, TagsView, VoteView
from .left import LeftView, OneLeftView
from .preview import PreviewView
from .versions import VersionsView, WithdrawalView
from .votes import MyVotesView

__all__ = [
    "CategoriesView",
    "ChallengeAcceptanceView",
    "ChallengeEntriesView",
    "ChallengeEntryView",
    "ChallengeRulesView",
    "ChallengeView",
    "ChallengesView",
    "CommentView",
    "CommentsView",
    "FollowView",
    "IdeaView",
    "IdeasView",
    "JuryCallUpView",
    "JuryHandInView",
    "JuryNoteView",
    "JuryNotesView",
    "JurySeatView",
    "LeftView",
    "MyVotesView",
    "NamesView",
    "OneIdeaView",
    "OneLeftView",
    "PreviewView",
    "ReactionView",
    "SimilarView",
    "TagsView",
    "VersionsView",
    "VoteView",
    "WithdrawalView",
]
