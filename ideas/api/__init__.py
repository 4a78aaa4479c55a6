"""Ideas for the mobile app: one module per subject, views named here."""

from .ideas import CategoriesView, CommentsView, FollowView, IdeasView, IdeaView, OneIdeaView, SimilarView, VoteView
from .versions import VersionsView, WithdrawalView

__all__ = [
    "CategoriesView",
    "CommentsView",
    "FollowView",
    "IdeaView",
    "IdeasView",
    "OneIdeaView",
    "SimilarView",
    "VersionsView",
    "VoteView",
    "WithdrawalView",
]
