"""Comments for the mobile app: one's own to change and delete, reactions, and whom one may name."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.response import Response

from core.api.pagination import CursorPages
from core.errors import Invalid, NotFound, NotSignedIn

from ..comment_serializers import (
    CommentChange,
    CommentInput,
    CommentSerializer,
    NameSerializer,
    ReactionSerializer,
    ReactionsSerializer,
)
from ..domain.commenting import comment_on, delete_comment, edit_comment
from ..domain.mentioning import propose_names
from ..domain.reacting import react, take_back
from ..models import Comment
from ..states import CommentOrder, Reaction
from ..threads import find_comment, reactions_of, threads_of
from .ideas import IdeaView

KIND = OpenApiParameter("kind", str, OpenApiParameter.PATH, enum=Reaction.values)


def _one(request, idea, comment_id: str) -> dict:
    comment = find_comment(idea, comment_id, user=request.user)
    return CommentSerializer(comment, context={"request": request}).data


class CommentsView(IdeaView):
    pagination_class = CursorPages

    @extend_schema(
        operation_id="ideas_comments_list",
        parameters=[
            OpenApiParameter("order", str, enum=CommentOrder.values, description="`best` (by reactions) unless given."),
            OpenApiParameter("comment", str, description="The id of a comment whose thread is to stand first."),
        ],
        responses=CommentSerializer(many=True),
    )
    def get(self, request, public_id):
        """Threads, each with its replies; what the bank says stands first. What was taken away leaves its place, empty."""
        order, first = request.query_params.get("order") or CommentOrder.BEST, request.query_params.get("comment", "")
        if order not in CommentOrder.values:
            known = ", ".join(CommentOrder.values)
            message = _("This order does not exist. Choose one of: %(known)s.") % {"known": known}
            raise Invalid(message, code="unknown_order", field="order")
        threads = threads_of(self.idea(public_id), request.user, order=order, first=first, traces=True)
        return self.page(threads, CommentSerializer)

    @extend_schema(operation_id="ideas_comments_create", request=CommentInput, responses={201: CommentSerializer})
    def post(self, request, public_id):
        """Comment, or reply to a comment (`parent`). Who takes part in the idea is named by « @ » and their name."""
        idea = self.idea(public_id)
        if not request.user.is_authenticated:
            raise NotSignedIn()
        asked = CommentInput(data=request.data)
        asked.is_valid(raise_exception=True)
        parent = None
        if wanted := asked.validated_data.get("parent"):
            parent = Comment.objects.visible_to(request.user).filter(idea=idea, public_id=wanted).first()
            if not parent:
                raise NotFound()
        comment = comment_on(idea, body=asked.validated_data["body"], parent=parent, by=request.user)
        return Response(_one(request, idea, comment.public_id), status=status.HTTP_201_CREATED)


class CommentView(IdeaView):
    @extend_schema(operation_id="ideas_comments_read", responses=CommentSerializer)
    def get(self, request, public_id, comment_id):
        """One comment, without the replies to it."""
        return Response(_one(request, self.idea(public_id), comment_id))

    @extend_schema(operation_id="ideas_comments_update", request=CommentChange, responses=CommentSerializer)
    def patch(self, request, public_id, comment_id):
        """Change one's own comment, until `editable_until`."""
        idea = self.idea(public_id)
        comment = find_comment(idea, comment_id, user=request.user)
        asked = CommentChange(data=request.data)
        asked.is_valid(raise_exception=True)
        edit_comment(comment, body=asked.validated_data["body"], by=request.user)
        return Response(_one(request, idea, comment_id))

    @extend_schema(operation_id="ideas_comments_delete", request=None, responses={204: None})
    def delete(self, request, public_id, comment_id):
        """Delete one's own comment; again changes nothing. A trace stays in its place, with the replies."""
        delete_comment(find_comment(self.idea(public_id), comment_id, user=request.user), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ReactionView(IdeaView):
    @extend_schema(operation_id="ideas_comments_react", parameters=[KIND], request=None, responses=ReactionsSerializer)
    def put(self, request, public_id, comment_id, kind):
        """React so; again changes nothing."""
        return self.change(react, public_id, comment_id, kind)

    @extend_schema(
        operation_id="ideas_comments_unreact", parameters=[KIND], request=None, responses={200: ReactionsSerializer}
    )
    def delete(self, request, public_id, comment_id, kind):
        """Take one's reaction back; again changes nothing."""
        return self.change(take_back, public_id, comment_id, kind)

    def change(self, verb, public_id: str, comment_id: str, kind: str) -> Response:
        idea, user = self.idea(public_id), self.request.user
        verb(find_comment(idea, comment_id, user=user), kind, by=user)
        reactions = reactions_of(find_comment(idea, comment_id, user=user))
        return Response({"reactions": ReactionSerializer(reactions, many=True).data})


class NamesView(IdeaView):
    @extend_schema(
        operation_id="ideas_names",
        parameters=[OpenApiParameter("q", str, description="How the name begins.")],
        responses=NameSerializer(many=True),
    )
    def get(self, request, public_id):
        """Whom one may name in a comment: the author and who commented, eight at most. Nobody else can be found here."""
        found = propose_names(self.idea(public_id), request.query_params.get("q", ""), by=request.user)
        return Response(NameSerializer(found, many=True).data)
