"""Challenges as JSON. `id` is always the public one; texts are in the caller's language."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from members.api import PersonSerializer

from .domain.challenges.entering import refusal_to_enter, who_may_enter
from .models import NOTE_MAX, Challenge, ChallengeEntry, ChallengeRules, Idea, JuryNote
from .phases import HIGHEST, LOWEST, Phase
from .serializers import IdeaCardSerializer, SimilarIdeaSerializer


class ChallengeCardSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    title = serializers.CharField(read_only=True)
    lede = serializers.CharField(read_only=True)
    phase = serializers.ChoiceField(choices=Phase.choices, read_only=True)
    phase_label = serializers.CharField(source="phase.label", read_only=True)
    entry_count = serializers.IntegerField(read_only=True)
    my_entries = serializers.IntegerField(read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Challenge
        fields = [
            "id", "title", "lede", "phase", "phase_label", "opens_at", "posting_ends_at", "voting_ends_at", "results_at",
            "published_at", "entry_count", "my_entries", "url",
        ]  # fmt: skip


class JurorSerializer(serializers.Serializer):
    member = PersonSerializer()
    title = serializers.CharField()


class WinnerSerializer(serializers.Serializer):
    rank = serializers.IntegerField()
    prize = serializers.CharField()
    reason = serializers.CharField()
    idea = SimilarIdeaSerializer(source="entry.idea")


class ChallengeSerializer(ChallengeCardSerializer):
    call = serializers.CharField(read_only=True)
    prizes = serializers.ListField(child=serializers.CharField(), read_only=True)
    who_may_enter = serializers.SerializerMethodField()
    rules_version = serializers.SerializerMethodField()
    accepts_rules = serializers.BooleanField(read_only=True, help_text="I accepted the version in force.")
    may_enter = serializers.SerializerMethodField()
    jury = serializers.SerializerMethodField()
    winners = serializers.SerializerMethodField()

    class Meta:
        model = Challenge
        fields = [
            *ChallengeCardSerializer.Meta.fields, "call", "prizes", "sponsor", "who_may_enter", "adults_only",
            "entries_per_member", "vote_share", "rules_version", "accepts_rules", "may_enter", "jury", "winners", "jury_word",
        ]  # fmt: skip

    def to_representation(self, challenge):
        shown = super().to_representation(challenge)
        if not self.context["winners"]:
            shown["jury_word"] = ""  # written with the proposal, public with the results
        return shown

    def get_who_may_enter(self, challenge) -> str:
        return who_may_enter(challenge)

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_rules_version(self, challenge):
        return challenge.rules.number if challenge.rules else None

    def get_may_enter(self, challenge) -> bool:
        return refusal_to_enter(self.context["request"].user, challenge) is None

    @extend_schema_field(JurorSerializer(many=True))
    def get_jury(self, challenge):
        return JurorSerializer(self.context["jurors"], many=True).data

    @extend_schema_field(WinnerSerializer(many=True))
    def get_winners(self, challenge):
        return WinnerSerializer(self.context["winners"], many=True).data


class RulesSerializer(serializers.ModelSerializer):
    body = serializers.CharField(read_only=True)
    changes = serializers.CharField(read_only=True)
    published_at = serializers.DateTimeField(source="at", read_only=True)

    class Meta:
        model = ChallengeRules
        fields = ["number", "body", "changes", "published_at"]


class EntrySerializer(IdeaCardSerializer):
    votes_counted = serializers.IntegerField(
        read_only=True, allow_null=True, help_text="What counted when the vote ended; null before."
    )

    class Meta:
        model = Idea
        fields = [*IdeaCardSerializer.Meta.fields, "votes_counted"]


class EnterInput(serializers.Serializer):
    idea = serializers.CharField(max_length=12, help_text="The id of one of my ideas.")
    accepted_rules = serializers.IntegerField(
        min_value=1, max_value=32_767, help_text="The version of the rules I accept."
    )


class AcceptInput(serializers.Serializer):
    accepted_rules = serializers.IntegerField(min_value=1, max_value=32_767)


class EnteredSerializer(serializers.Serializer):
    idea = serializers.CharField()
    challenge = serializers.CharField()
    accepted_rules = serializers.IntegerField()


class NoteInput(serializers.Serializer):
    usefulness = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, required=False)
    simplicity = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, required=False)
    novelty = serializers.IntegerField(min_value=LOWEST, max_value=HIGHEST, required=False)
    text = serializers.CharField(max_length=NOTE_MAX, required=False, allow_blank=True, default="")
    recused = serializers.BooleanField(required=False, default=False, help_text="I know the author: I do not note.")


class NoteSerializer(serializers.ModelSerializer):
    juror = PersonSerializer(source="juror.member", read_only=True)
    mean = serializers.FloatField(read_only=True, allow_null=True)

    class Meta:
        model = JuryNote
        fields = ["juror", "usefulness", "simplicity", "novelty", "mean", "text", "is_recused"]


class JuryEntrySerializer(serializers.ModelSerializer):
    """An entry of the shortlist with the notes that the caller may read: one's own first, all once one's own are given."""

    idea = SimilarIdeaSerializer(read_only=True)
    body = serializers.CharField(source="idea.body", read_only=True)
    is_own = serializers.BooleanField(read_only=True)
    notes = NoteSerializer(source="shown_notes", many=True, read_only=True)

    class Meta:
        model = ChallengeEntry
        fields = ["idea", "body", "shortlisted", "votes_counted", "is_own", "notes"]


class SeatSerializer(serializers.Serializer):
    accepted_at = serializers.DateTimeField(allow_null=True)
    handed_in_at = serializers.DateTimeField(allow_null=True)


class SeatInput(serializers.Serializer):
    accepts = serializers.BooleanField()
