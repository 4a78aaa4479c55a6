"""Ideas for the mobile app: one module per subject, views named here."""

from .comments import CommentsView, CommentView, NamesView, ReactionView
from .ideas import CategoriesView, FollowView, IdeasView, IdeaView, OneIdeaView, SimilarView, VoteView
from .versions import VersionsView, WithdrawalView
from .votes import MyVotesView

__all__ = [
    "CategoriesView",
    "CommentView",
    "CommentsView",
    "FollowView",
    "IdeaView",
    "IdeasView",
    "MyVotesView",
    "NamesView",
    "OneIdeaView",
    "ReactionView",
    "SimilarView",
    "VersionsView",
    "VoteView",
    "WithdrawalView",
]
