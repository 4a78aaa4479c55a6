"""Ideas for the mobile app: the same verbs and the same reads as the pages."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pagination import CursorPages
from core.errors import DomainError, NotAllowed, NotFound, NotSignedIn, require
from members.domain.circling import circle_to_write_in

from ..domain.editing import edit_idea
from ..domain.following import follow, is_following, unfollow
from ..domain.picturing import keep_picture, require_so_many, require_words
from ..domain.posting import post_idea
from ..domain.voting import cast_vote, withdraw_vote
from ..listing import Wanted, find_category, find_challenge, find_idea, find_withdrawn
from ..models import Category, Idea, Tag
from ..search import Marker, similar
from ..serializers import (
    CategorySerializer,
    EditInput,
    FollowSerializer,
    IdeaCardSerializer,
    IdeaInput,
    IdeaSerializer,
    SimilarIdeaSerializer,
    TagSerializer,
    VoteSerializer,
)
from ..states import Order, State

LIST_PARAMETERS = [
    OpenApiParameter(
        "search",
        str,
        description="Words; accents and typing errors are forgiven. Best first, unless `order`. `found` marks them.",
    ),
    OpenApiParameter("category", str, many=True, description="Slugs of themes, repeated or with commas."),
    OpenApiParameter(
        "tag", str, many=True, description="Slugs of public tags, repeated or with commas: one of them is enough."
    ),
    OpenApiParameter("state", str, many=True, enum=State.values, description="Repeated or with commas."),
    OpenApiParameter("order", str, enum=Order.values, description="`trending` unless there is a `search`."),
    OpenApiParameter("challenge", str, description="The id of a challenge: only the ideas that entered it."),
    OpenApiParameter("mine", bool, description="Only what I wrote."),
    OpenApiParameter(
        "followed", bool, description="Only what I follow: mine, supported, commented or followed by hand."
    ),
    OpenApiParameter("circle", str, description="Id of a circle I am in: only its ideas."),
    OpenApiParameter("unanswered", bool, description="Only those without an official answer yet."),
]


class IdeaView(APIView):
    """Reads are open; each verb says itself who may do it, so that a visitor is told to sign in, not that it is forbidden."""

    permission_classes = [AllowAny]

    def idea(self, public_id: str) -> Idea:
        return find_idea(public_id, user=self.request.user)

    def page(self, queryset, serializer, **context):
        pages = CursorPages()
        items = pages.paginate_queryset(queryset, self.request, self)
        context["request"] = self.request
        return pages.get_paginated_response(serializer(items, many=True, context=context).data)

    def whole(self, public_id: str, **kwargs) -> Response:
        """The idea read with all that its page shows."""
        user = self.request.user
        ideas = Idea.objects.with_card().with_my_vote(user).select_related("merged_into", "withdrawal").with_tags()
        ideas = ideas.with_edit_facts()
        idea = find_idea(public_id, user=user, ideas=ideas)
        context = {"request": self.request, "following": is_following(idea, user)}
        return Response(IdeaSerializer(idea, context=context).data, **kwargs)


class IdeasView(IdeaView):
    pagination_class = CursorPages

    @extend_schema(operation_id="ideas_list", parameters=LIST_PARAMETERS, responses=IdeaCardSerializer(many=True))
    def get(self, request):
        """Ideas, a page at a time. Searches give the best hundred."""
        wanted = Wanted.read(
            request.query_params, known=Category.objects.values_list("slug", flat=True), user=request.user
        )
        wanted.require_known()
        ideas = wanted.ideas(request.user).with_card().with_my_vote(request.user)
        return self.page(ideas, IdeaCardSerializer, marker=Marker(wanted.text) if wanted.text else None)

    @extend_schema(operation_id="ideas_create", request=IdeaInput, responses={201: IdeaSerializer})
    def post(self, request):
        """Post an idea. With pictures: multipart, `images` up to four times, `alts` in the same order, one for each.

        A picture without words is refused: 400 `no_alternative_text`, with `missing`, the places of such pictures from 0.
        """
        if not request.user.is_authenticated:
            raise NotSignedIn()
        asked = IdeaInput(data=request.data)
        asked.is_valid(raise_exception=True)
        values = asked.validated_data
        idea = post_idea(
            title=values["title"], body=values["body"], category=find_category(values["category"]), by=request.user,
            images=values.get("images", ()), alts=values.get("alts", ()),
            circle=circle_to_write_in(values.get("circle", ""), by=request.user),
            challenge=find_challenge(values["challenge"], user=request.user) if values.get("challenge") else None,
            accepted_rules=values.get("accepted_rules"),
        )  # fmt: skip
        return self.whole(idea.public_id, status=status.HTTP_201_CREATED)


class Withdrawn(DomainError):
    """The author took the idea back: it is gone for others (410)."""

    code, status = "idea_withdrawn", 410
    message = _("Its author has withdrawn this idea.")

    def __init__(self, at):
        super().__init__(extra={"withdrawn_at": at})


class OneIdeaView(IdeaView):
    @extend_schema(operation_id="ideas_read", responses=IdeaSerializer)
    def get(self, request, public_id):
        """One idea, its path, its official answer, its pictures. 410 once its author took it back."""
        try:
            return self.whole(public_id)
        except NotFound:
            if gone := find_withdrawn(public_id, user=request.user):
                raise Withdrawn(gone.withdrawal.at) from None
            raise

    @extend_schema(operation_id="ideas_update", request=EditInput, responses=IdeaSerializer)
    def patch(self, request, public_id):
        """Change one's own idea until staff take it up (409 `already_taken_up`). Each text is kept: `versions/`.

        With pictures: multipart.

        Where the pictures change, each needs words, an old one too: `alts` of those added, `image_alts` of those it has;
        else 400 `no_alternative_text`, with `missing`, the places from 0, those it has before those added.
        """
        idea = self.idea(public_id)
        asked = EditInput(data=request.data)
        asked.is_valid(raise_exception=True)
        values = dict(asked.validated_data)
        if "category" in values:
            values["category"] = find_category(values["category"])
        files, alts = values.pop("images", ()), values.pop("alts", ())
        removed, renamed = values.pop("remove_images", ()), values.pop("image_alts", {})
        with transaction.atomic():
            pictures = self.pictures(idea, files, alts, removed, renamed) if files or removed or renamed else None
            return self.whole(edit_idea(idea, by=request.user, pictures=pictures, **values).public_id)

    def pictures(self, idea: Idea, files, alts, removed, renamed) -> list[tuple]:
        """What the idea will have: those it has but the removed ones, then the new ones, each with its description."""
        user = self.request.user
        require(idea.author_id == user.pk, NotAllowed(_("Only its author can change an idea.")))
        kept = [image for image in idea.images.all() if image.public_id not in removed]
        stay = [(image, renamed.get(image.public_id, image.alt)) for image in kept]
        require_so_many(len(stay) + len(files))
        alts = [*alts, *[""] * len(files)][: len(files)]
        require_words([*(alt for _image, alt in stay), *alts])  # before any file is decoded
        return stay + [(keep_picture(file, by=user), alt) for file, alt in zip(files, alts, strict=True)]


class VoteView(IdeaView):
    @extend_schema(operation_id="ideas_vote", request=None, responses=VoteSerializer)
    def put(self, request, public_id):
        """Support it; again changes nothing."""
        return Response(VoteSerializer(cast_vote(self.idea(public_id), by=request.user)).data)

    @extend_schema(operation_id="ideas_unvote", request=None, responses={200: VoteSerializer})
    def delete(self, request, public_id):
        """Take one's support back; again changes nothing."""
        return Response(VoteSerializer(withdraw_vote(self.idea(public_id), by=request.user)).data)


class FollowView(IdeaView):
    @extend_schema(operation_id="ideas_follow", request=None, responses=FollowSerializer)
    def put(self, request, public_id):
        """Hear of each step of the idea."""
        follow(self.idea(public_id), by=request.user)
        return Response({"following": True})

    @extend_schema(operation_id="ideas_unfollow", request=None, responses={200: FollowSerializer})
    def delete(self, request, public_id):
        """Hear no more of it."""
        unfollow(self.idea(public_id), by=request.user)
        return Response({"following": False})


class SimilarView(IdeaView):
    @extend_schema(
        operation_id="ideas_similar",
        parameters=[OpenApiParameter("title", str, required=True, description="The title being typed.")],
        responses=SimilarIdeaSerializer(many=True),
    )
    def get(self, request):
        """The five ideas that look most like a title, while it is typed. Fewer when few do."""
        found = similar(
            request.query_params.get("title", "").replace("\x00", "")[:200], among=Idea.objects.listed(request.user)
        )
        return Response(SimilarIdeaSerializer(found, many=True).data)


class CategoriesView(IdeaView):
    pagination_class = CursorPages

    @extend_schema(operation_id="categories_list", responses=CategorySerializer(many=True))
    def get(self, request):
        """The themes, in their order."""
        return self.page(Category.objects.filter(is_active=True).order_by("position", "id"), CategorySerializer)


class TagsView(IdeaView):
    pagination_class = CursorPages

    @extend_schema(operation_id="tags_list", responses=TagSerializer(many=True))
    def get(self, request):
        """The public tags, for the list's `tag`."""
        return self.page(Tag.objects.filter(is_active=True, is_public=True).order_by("name_fr", "id"), TagSerializer)
