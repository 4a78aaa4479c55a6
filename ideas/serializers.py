"""Ideas as JSON. `id` is always the public one; lengths come from the models, and the verbs check again."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.text import render_markdown
from members.api import PersonSerializer
from members.api_circles import CircleNameSerializer

from .beside import tags_of
from .models import (
    BODY_MAX,
    BODY_MIN,
    IMAGES_MAX,
    TITLE_MAX,
    TITLE_MIN,
    Category,
    Idea,
    IdeaImage,
    IdeaMove,
    OfficialAnswer,
)
from .permissions import can_edit, can_withdraw
from .states import State
from .timeline import past_of, rows_of


class CategorySerializer(serializers.ModelSerializer):
    name = serializers.CharField(read_only=True)
    description = serializers.CharField(read_only=True)

    class Meta:
        model = Category
        fields = ["slug", "name", "description", "icon"]


class CategoryName(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()


class SimilarIdeaSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    state_label = serializers.CharField(source="get_state_display", read_only=True)
    vote_count = serializers.IntegerField(source="vote_score", read_only=True)
    category = CategoryName(read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Idea
        fields = ["id", "title", "category", "state", "state_label", "vote_count", "language", "url"]


class FoundSerializer(serializers.Serializer):
    """Escaped HTML with the words of the search in `<mark>`: the title, and the words of the text around the first found."""

    title = serializers.CharField()
    text = serializers.CharField()


class IdeaCardSerializer(SimilarIdeaSerializer):
    author = PersonSerializer(read_only=True)
    my_vote = serializers.BooleanField(read_only=True)
    is_open_to_votes = serializers.BooleanField(read_only=True)
    circle = CircleNameSerializer(read_only=True, allow_null=True)
    answer_due_at = serializers.DateTimeField(source="promise_due_at", read_only=True)
    found = serializers.SerializerMethodField()
    staff_vote_count = serializers.IntegerField(
        source="staff_votes", read_only=True, help_text="Of `vote_count`, those of people who work at the bank."
    )
    votes_on_behalf = serializers.IntegerField(
        source="votes_on_behalf_count",
        read_only=True,
        help_text="Recorded for people who asked elsewhere; not in `vote_count`.",
    )

    @extend_schema_field(FoundSerializer(allow_null=True))
    def get_found(self, idea):
        marker = self.context.get("marker")
        return marker.card(idea.title, idea.body) if marker else None

    class Meta:
        model = Idea
        fields = [
            *SimilarIdeaSerializer.Meta.fields, "body", "author", "created_at", "edited_at", "comment_count", "my_vote",
            "is_open_to_votes", "answered_at", "answer_due_at", "found", "circle", "staff_vote_count", "votes_on_behalf",
        ]  # fmt: skip


class ImageSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    url = serializers.SerializerMethodField()
    small_url = serializers.SerializerMethodField()

    class Meta:
        model = IdeaImage
        fields = ["id", "url", "small_url", "alt", "width", "height"]

    def get_url(self, image) -> str:
        return self.context["request"].build_absolute_uri(image.get_absolute_url())

    def get_small_url(self, image) -> str:
        return self.context["request"].build_absolute_uri(image.small_url)


class StepSerializer(serializers.ModelSerializer):
    """One step of the path: where it went, why, decided in which role."""

    class Meta:
        model = IdeaMove
        fields = ["from_state", "to_state", "reason", "by_role", "at"]


class TimelineSerializer(serializers.Serializer):
    """One thing that befell the idea; `state` on a move of its course, `url` where there is more to read."""

    kind = serializers.CharField()
    at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=State.choices, required=False)
    title = serializers.CharField(required=False)
    text = serializers.CharField(required=False)
    by_role = serializers.CharField(source="role", required=False)
    url = serializers.CharField(required=False)


class AnswerSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)

    class Meta:
        model = OfficialAnswer
        fields = ["id", "body", "signature", "at"]


class MergedIntoSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    title = serializers.CharField()


class TagSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()


class IdeaSerializer(IdeaCardSerializer):
    tags = serializers.SerializerMethodField()
    body_html = serializers.SerializerMethodField()
    images = ImageSerializer(many=True, read_only=True)
    path = serializers.SerializerMethodField()
    official_answer = serializers.SerializerMethodField()
    merged_into = MergedIntoSerializer(
        source="stays",
        read_only=True,
        allow_null=True,
        help_text="The idea that stays; null too while it is not shown.",
    )
    following = serializers.SerializerMethodField()
    can_edit = serializers.SerializerMethodField()
    can_withdraw = serializers.SerializerMethodField()
    timeline = serializers.SerializerMethodField()
    withdrawn_at = serializers.SerializerMethodField()

    class Meta:
        model = Idea
        fields = [
            *IdeaCardSerializer.Meta.fields, "body_html", "images", "path", "official_answer", "merged_into", "following",
            "can_edit", "can_withdraw", "withdrawn_at", "timeline", "tags",
        ]  # fmt: skip

    @extend_schema_field(TimelineSerializer(many=True))
    def get_timeline(self, idea):
        return TimelineSerializer(past_of(idea, rows_of(idea, self.context["request"].user)), many=True).data

    @extend_schema_field(TagSerializer(many=True))
    def get_tags(self, idea):
        return TagSerializer(tags_of(idea), many=True).data

    def get_can_withdraw(self, idea) -> bool:
        return can_withdraw(self.context["request"].user, idea)

    @extend_schema_field(serializers.DateTimeField(allow_null=True))
    def get_withdrawn_at(self, idea):
        return idea.withdrawal.at if idea.is_withdrawn else None

    def get_body_html(self, idea) -> str:
        return render_markdown(idea.body)

    @extend_schema_field(StepSerializer(many=True))
    def get_path(self, idea):
        return StepSerializer(idea.moves.filter(undone_at__isnull=True), many=True).data

    @extend_schema_field(AnswerSerializer(allow_null=True))
    def get_official_answer(self, idea):
        answer = idea.answers.filter(undone_at__isnull=True).first()
        return AnswerSerializer(answer).data if answer else None

    def get_following(self, idea) -> bool:
        return self.context["following"]

    def get_can_edit(self, idea) -> bool:
        return can_edit(self.context["request"].user, idea)


class IdeaInput(serializers.Serializer):
    title = serializers.CharField(min_length=TITLE_MIN, max_length=TITLE_MAX)
    body = serializers.CharField(min_length=BODY_MIN, max_length=BODY_MAX, help_text="Markdown.")
    category = serializers.CharField(max_length=40, help_text="The slug of a theme.")
    # The verb says how many are taken, and why; this cap only bounds the work.
    images = serializers.ListField(child=serializers.FileField(), required=False, max_length=IMAGES_MAX * 5)
    circle = serializers.CharField(
        max_length=12, required=False, allow_blank=True, help_text="Id of a circle I am in; left out: for everybody."
    )
    alts = serializers.ListField(
        child=serializers.CharField(max_length=200, allow_blank=True), required=False, max_length=IMAGES_MAX * 5,
        help_text="What each picture shows, for who does not see it: one for each picture.",
    )  # fmt: skip
    challenge = serializers.CharField(max_length=12, required=False, help_text="The id of a challenge to enter.")
    accepted_rules = serializers.IntegerField(
        min_value=1, max_value=32_767, required=False, help_text="The version of its rules that the author accepts."
    )


class EditInput(serializers.Serializer):
    title = serializers.CharField(min_length=TITLE_MIN, max_length=TITLE_MAX, required=False)
    body = serializers.CharField(min_length=BODY_MIN, max_length=BODY_MAX, required=False)
    category = serializers.CharField(max_length=40, required=False)
    images = serializers.ListField(
        child=serializers.FileField(), required=False, max_length=IMAGES_MAX * 5, help_text="Pictures to add."
    )
    alts = serializers.ListField(
        child=serializers.CharField(max_length=200, allow_blank=True), required=False, max_length=IMAGES_MAX * 5,
        help_text="What each picture added shows: one for each.",
    )  # fmt: skip
    image_alts = serializers.DictField(
        child=serializers.CharField(max_length=200, allow_blank=True), required=False,
        help_text="What a picture that it has shows, by the picture's id; in multipart, image_alts.ID.",
    )  # fmt: skip
    remove_images = serializers.ListField(
        child=serializers.CharField(max_length=12), required=False, max_length=IMAGES_MAX * 5,
        help_text="Ids of pictures to take away.",
    )  # fmt: skip


class VoteSerializer(serializers.Serializer):
    vote_count = serializers.IntegerField()
    my_vote = serializers.BooleanField()


class FollowSerializer(serializers.Serializer):
    following = serializers.BooleanField()
