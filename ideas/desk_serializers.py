"""What staff send to an idea and get back, as JSON. Verbs check again; lengths here only bound the work."""

from rest_framework import serializers

from core.api.schema import Problem
from core.grounds import RULE_MAX, Ground
from core.language import CHOICES

from .conflicts import WHAT
from .history import KINDS, code_of, words_of
from .models import BODY_MAX, COMMENT_MAX, ON_BEHALF_MAX, QUESTION_MAX, REASON_MAX, REFERENCE_MAX
from .states import Source, State, Suggested, Visibility


class DeskSeen(serializers.Serializer):
    """`seen` is the `version` of the idea as it was read: where it has changed since, nothing is done (409)."""

    seen = serializers.CharField(max_length=60, required=False, help_text="The `version` that was read.")


class DeskChangeSerializer(serializers.Serializer):
    """One thing that is no more as it was read. `words` say how it is now, in the reader's language."""

    what = serializers.ChoiceField(choices=WHAT)
    words = serializers.CharField()
    before = serializers.CharField(help_text="A state or a visibility; empty where it is not kept.")
    after = serializers.CharField(help_text="A state, a visibility, a colleague’s id or a theme’s slug.")
    who = serializers.CharField(help_text="By whom, as the desk names them; empty where a step was taken back.")
    by_role = serializers.CharField(source="role", help_text="Under which it was done, where that is kept.")
    at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField()


class DeskProblem(Problem):
    """With the code `changed_meanwhile`: what is different since `seen`, as the desk's page tells it, and what to send next."""

    changes = DeskChangeSerializer(many=True, required=False, help_text="Empty where `seen` cannot be read.")
    version = serializers.CharField(required=False, help_text="The idea’s own now: the next `seen`, once read again.")


class DeskReasoned(DeskSeen):
    reason = serializers.CharField(max_length=REASON_MAX, required=False, allow_blank=True, default="")


class DeskTelling(DeskReasoned):
    silent = serializers.BooleanField(required=False, default=False, help_text="Tell nobody.")


class DeskMoveInput(DeskTelling):
    to = serializers.ChoiceField(choices=[state for state in State.choices if state[0] != State.MERGED])


class DeskAssignInput(DeskTelling):
    assignee = serializers.CharField(max_length=12, allow_null=True, help_text="A colleague’s id, or null for nobody.")


class DeskFileInput(DeskTelling):
    category = serializers.CharField(max_length=40, help_text="The slug of a theme.")


class DeskTagsInput(DeskReasoned):
    add = serializers.ListField(child=serializers.CharField(max_length=40), required=False, default=list, max_length=20)
    remove = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, default=list, max_length=20
    )


class DeskNoteInput(DeskSeen):
    body = serializers.CharField(max_length=COMMENT_MAX)


class DeskAnswerInput(DeskSeen):
    body = serializers.CharField(
        max_length=BODY_MAX,
        required=False,
        allow_blank=True,
        default="",
        help_text="Empty: the template’s text, filled.",
    )
    template = serializers.CharField(max_length=12, required=False, allow_blank=True, default="")
    language = serializers.ChoiceField(choices=CHOICES, required=False, help_text="The author’s, if none is given.")
    fields = serializers.DictField(
        child=serializers.CharField(max_length=200, allow_blank=True), required=False, default=dict,
        help_text="Values of the template’s fields that the idea does not fill.",
    )  # fmt: skip
    silent = serializers.BooleanField(required=False, default=False)


class DeskQuestionInput(DeskSeen):
    """It cannot be silent: the expert alone is told, whom it has to reach."""

    expert = serializers.CharField(max_length=12)
    question = serializers.CharField(max_length=QUESTION_MAX)
    due_on = serializers.DateField()


class DeskAdviceInput(serializers.Serializer):
    body = serializers.CharField(max_length=BODY_MAX)
    official = serializers.BooleanField(required=False, default=False)
    silent = serializers.BooleanField(required=False, default=False)


class DeskMergeInput(DeskTelling):
    into = serializers.CharField(max_length=12, help_text="The id of the idea that stays.")


class DeskGrounded(DeskReasoned):
    """What takes a text away says on what ground: its author reads it in the statement of reasons. Showing again asks for none."""

    ground = serializers.ChoiceField(choices=Ground.choices, required=False, default=Ground.CHARTER)
    rule = serializers.CharField(
        max_length=RULE_MAX, required=False, allow_blank=True, default="",
        help_text="The article of the charter, or of the law.",
    )  # fmt: skip


class DeskVisibilityInput(DeskGrounded):
    to = serializers.ChoiceField(choices=[Visibility.PUBLIC, Visibility.HIDDEN, Visibility.REMOVED])


class DeskSightInput(DeskGrounded):
    to = serializers.ChoiceField(choices=[Visibility.PUBLIC, Visibility.HIDDEN])


class DeskOnBehalfInput(DeskSeen):
    source = serializers.ChoiceField(choices=Source.choices)
    people = serializers.IntegerField(min_value=1, max_value=ON_BEHALF_MAX)
    reference = serializers.CharField(max_length=REFERENCE_MAX)


class DeskUndoInput(serializers.Serializer):
    kind = serializers.CharField(max_length=20)
    key = serializers.CharField(max_length=40)


class DeskUndoSerializer(serializers.Serializer):
    kind = serializers.CharField()
    key = serializers.CharField()
    seconds = serializers.IntegerField(help_text="How long it can be taken back: POST it to desk/undo/.")


class DeskStandingSerializer(serializers.Serializer):
    """Where the idea stands now; `version` goes into the next request as `seen`."""

    id = serializers.CharField()
    state = serializers.CharField()
    visibility = serializers.CharField()
    version = serializers.CharField()


class DeskDoneSerializer(serializers.Serializer):
    idea = DeskStandingSerializer()
    told = serializers.IntegerField(
        help_text="How many people will hear of it, who wish to, once the seconds of undo are over."
    )
    undo = DeskUndoSerializer(allow_null=True)


class DeskTagSerializer(serializers.Serializer):
    slug = serializers.CharField()
    name = serializers.CharField()
    is_public = serializers.BooleanField()


class DeskTagInput(serializers.Serializer):
    name_fr = serializers.CharField(max_length=40)
    name_en = serializers.CharField(max_length=40)
    is_public = serializers.BooleanField(required=False, default=False)


class DeskQuestionSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    idea = serializers.CharField(source="idea.public_id")
    idea_title = serializers.CharField(source="idea.title")
    expert = serializers.CharField(source="expert.display_name")
    asked_by = serializers.CharField(source="asked_by.display_name", default="", allow_null=True)
    question = serializers.CharField()
    due_on = serializers.DateField()
    is_overdue = serializers.BooleanField()


class DeskPairIdeaSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    title = serializers.CharField()
    state = serializers.CharField()
    vote_count = serializers.IntegerField(source="vote_score")


class DeskSuggestionSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    score = serializers.IntegerField(help_text="How alike, out of 100.")
    state = serializers.ChoiceField(choices=Suggested.choices)
    duplicate = DeskPairIdeaSerializer()
    canonical = DeskPairIdeaSerializer()
    expires_at = serializers.DateTimeField()


class DeskMergePreviewSerializer(serializers.Serializer):
    canonical_votes = serializers.IntegerField()
    duplicate_votes = serializers.IntegerField()
    both = serializers.IntegerField()
    together = serializers.IntegerField()
    due_at = serializers.DateTimeField(
        allow_null=True,
        help_text="By when the idea that stays is then owed an answer; the earlier of two clocks runs on.",
    )
    told = serializers.IntegerField()


class DeskTemplateSerializer(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()
    version = serializers.IntegerField()
    text = serializers.CharField(help_text="Filled for the idea, where one was named.")
    asked = serializers.ListField(child=serializers.CharField(), help_text="Fields that are still to be filled.")


class DeskOnBehalfSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    source = serializers.CharField()
    people = serializers.IntegerField()
    reference = serializers.CharField()
    at = serializers.DateTimeField()


class DeskEntrySerializer(serializers.Serializer):
    """One line of an idea's history, as the desk's page shows it. `words` say it in the reader's language."""

    kind = serializers.SerializerMethodField(help_text=f"One of: {', '.join(KINDS)}.")
    at = serializers.DateTimeField()
    words = serializers.SerializerMethodField()
    text = serializers.CharField(help_text="The reason, or what was written.")
    who = serializers.CharField(help_text="By whom, for the desk alone; empty where nobody is named.")
    by_role = serializers.CharField(source="role", help_text="Under which it was done, where that is kept.")
    silent = serializers.BooleanField(source="is_silent", help_text="Nobody was told of the step.")
    before = serializers.SerializerMethodField(help_text="State, visibility or number of the text before a step.")
    after = serializers.SerializerMethodField(help_text="The same since; of a comment, its visibility.")

    def get_kind(self, entry) -> str:
        return code_of(entry)

    def get_words(self, entry) -> str:
        return words_of(entry)

    def get_before(self, entry) -> str:
        return entry.before if entry.kind in ("move", "moderation", "edit") else ""

    def get_after(self, entry) -> str:
        return entry.after if entry.kind in ("move", "moderation", "edit", "comment", "note") else ""


class DeskFactsSerializer(DeskStandingSerializer):
    title = serializers.CharField()
    category = serializers.CharField()
    assignee = serializers.CharField(allow_null=True)
    audience = serializers.IntegerField(help_text="How many would hear of a move that is not silent.")
    vote_count = serializers.IntegerField()
    staff_vote_count = serializers.IntegerField()
    votes_on_behalf = serializers.IntegerField()
    tags = DeskTagSerializer(many=True)
    questions = DeskQuestionSerializer(many=True)
    on_behalf = DeskOnBehalfSerializer(many=True)
    suggestions = DeskSuggestionSerializer(many=True)
    history = DeskEntrySerializer(many=True, help_text="Newest first, 50 at most; whole at history/.")
