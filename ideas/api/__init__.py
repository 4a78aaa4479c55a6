"""Ideas for the mobile app: one module per subject, views named here."""

from .ideas import CategoriesView, CommentsView, FollowView, IdeasView, IdeaView, OneIdeaView, SimilarView, VoteView

__all__ = [
    "CategoriesView",
    "CommentsView",
    "FollowView",
    "IdeaView",
    "IdeasView",
    "OneIdeaView",
    "SimilarView",
    "VoteView",
]
