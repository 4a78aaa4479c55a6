"""What staff send to an idea and get back, as JSON. Verbs check again; lengths here only bound the work."""

from rest_framework import serializers

from .models import BODY_MAX, COMMENT_MAX, ON_BEHALF_MAX, QUESTION_MAX, REASON_MAX, REFERENCE_MAX
from .states import Source, State, Suggested, Visibility


class Seen(serializers.Serializer):
    """`seen` is the `version` of the idea as it was read: where it has changed since, nothing is done (409)."""

    seen = serializers.CharField(max_length=60, required=False, help_text="The `version` that was read.")


class Reasoned(Seen):
    reason = serializers.CharField(max_length=REASON_MAX, required=False, allow_blank=True, default="")


class Telling(Reasoned):
    silent = serializers.BooleanField(required=False, default=False, help_text="Tell nobody.")


class MoveInput(Telling):
    to = serializers.ChoiceField(choices=[state for state in State.choices if state[0] != State.MERGED])


class AssignInput(Reasoned):
    assignee = serializers.CharField(max_length=12, allow_null=True, help_text="A colleague’s id, or null for nobody.")


class FileInput(Telling):
    category = serializers.CharField(max_length=40, help_text="The slug of a theme.")


class TagsInput(Reasoned):
    add = serializers.ListField(child=serializers.CharField(max_length=40), required=False, default=list, max_length=20)
    remove = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, default=list, max_length=20
    )


class NoteInput(Seen):
    body = serializers.CharField(max_length=COMMENT_MAX)


class AnswerInput(Seen):
    body = serializers.CharField(
        max_length=BODY_MAX,
        required=False,
        allow_blank=True,
        default="",
        help_text="Empty: the template’s text, filled.",
    )
    template = serializers.CharField(max_length=12, required=False, allow_blank=True, default="")
    language = serializers.ChoiceField(
        choices=["fr", "en"], required=False, help_text="The author’s, if none is given."
    )
    fields = serializers.DictField(
        child=serializers.CharField(max_length=200, allow_blank=True), required=False, default=dict,
        help_text="Values of the template’s fields that the idea does not fill.",
    )  # fmt: skip
    silent = serializers.BooleanField(required=False, default=False)


class QuestionInput(Seen):
    expert = serializers.CharField(max_length=12)
    question = serializers.CharField(max_length=QUESTION_MAX)
    due_on = serializers.DateField()


class AdviceInput(serializers.Serializer):
    body = serializers.CharField(max_length=BODY_MAX)
    official = serializers.BooleanField(required=False, default=False)
    silent = serializers.BooleanField(required=False, default=False)


class MergeInput(Telling):
    into = serializers.CharField(max_length=12, help_text="The id of the idea that stays.")


class VisibilityInput(Reasoned):
    to = serializers.ChoiceField(choices=[Visibility.PUBLIC, Visibility.HIDDEN, Visibility.REMOVED])


class OnBehalfInput(Seen):
    source = serializers.ChoiceField(choices=Source.choices)
    people = serializers.IntegerField(min_value=1, max_value=ON_BEHALF_MAX)
    reference = serializers.CharField(max_length=REFERENCE_MAX)


class UndoInput(serializers.Serializer):
    kind = serializers.CharField(max_length=20)
    key = serializers.CharField(max_length=40)


class UndoSerializer(serializers.Serializer):
    kind = serializers.CharField()
    key = serializers.CharField()
    seconds = serializers.IntegerField(help_text="How long it can be taken back: POST it to desk/undo/.")


class StandingSerializer(serializers.Serializer):
    """Where the idea stands now; `version` goes into the next request as `seen`."""

    id = serializers.CharField()
    state = serializers.CharField()
    visibility = serializers.CharField()
    version = serializers.CharField()


class DoneSerializer(serializers.Serializer):
    idea = StandingSerializer()
    told = serializers.IntegerField(help_text="How many people will hear of it, once the seconds of undo are over.")
    undo = UndoSerializer(allow_null=True)


class DeskTagSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    is_public = serializers.BooleanField()


class TagInput(serializers.Serializer):
    name_fr = serializers.CharField(max_length=40)
    name_en = serializers.CharField(max_length=40)
    is_public = serializers.BooleanField(required=False, default=False)


class QuestionSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    idea = serializers.CharField(source="idea.public_id")
    idea_title = serializers.CharField(source="idea.title")
    expert = serializers.CharField(source="expert.display_name")
    asked_by = serializers.CharField(source="asked_by.display_name", default="", allow_null=True)
    question = serializers.CharField()
    due_on = serializers.DateField()
    is_overdue = serializers.BooleanField()


class PairIdeaSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    state = serializers.CharField()
    vote_count = serializers.IntegerField(source="vote_score")


class SuggestionSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    score = serializers.IntegerField(help_text="How alike, out of 100.")
    state = serializers.ChoiceField(choices=Suggested.choices)
    duplicate = PairIdeaSerializer()
    canonical = PairIdeaSerializer()
    expires_at = serializers.DateTimeField()


class MergePreviewSerializer(serializers.Serializer):
    canonical_votes = serializers.IntegerField()
    duplicate_votes = serializers.IntegerField()
    both = serializers.IntegerField()
    together = serializers.IntegerField()
    told = serializers.IntegerField()


class TemplateSerializer(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()
    version = serializers.IntegerField()
    text = serializers.CharField(help_text="Filled for the idea, where one was named.")
    asked = serializers.ListField(child=serializers.CharField(), help_text="Fields that are still to be filled.")


class OnBehalfSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    source = serializers.CharField()
    people = serializers.IntegerField()
    reference = serializers.CharField()
    at = serializers.DateTimeField()


class DeedSerializer(serializers.Serializer):
    kind = serializers.CharField()
    words = serializers.CharField()
    reason = serializers.CharField()
    by_role = serializers.CharField()
    at = serializers.DateTimeField()


class DeskFactsSerializer(StandingSerializer):
    title = serializers.CharField()
    category = serializers.CharField()
    assignee = serializers.CharField(allow_null=True)
    audience = serializers.IntegerField(help_text="How many would hear of a move that is not silent.")
    vote_count = serializers.IntegerField()
    staff_vote_count = serializers.IntegerField()
    votes_on_behalf = serializers.IntegerField()
    tags = DeskTagSerializer(many=True)
    questions = QuestionSerializer(many=True)
    on_behalf = OnBehalfSerializer(many=True)
    suggestions = SuggestionSerializer(many=True)
    history = DeedSerializer(many=True, help_text="What staff did beside the path, newest first, 50 at most.")
