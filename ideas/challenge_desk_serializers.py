"""Challenges as staff's own tools read and write them, in both languages. Every rule is a verb's."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from members.api import PersonSerializer
from members.states import Kind, Segment

from .domain.challenges.writing import DATES
from .models import Challenge, ChallengeRules, Juror
from .models.challenges import CALL_MAX, PRIZES_MAX, PRIZES_MOST, RULES_MAX, WORD_MAX
from .phases import Phase
from .serializers import SimilarIdeaSerializer


def _text(longest: int, **more) -> serializers.CharField:
    return serializers.CharField(max_length=longest, required=False, allow_blank=True, **more)


def _moment() -> serializers.DateTimeField:
    return serializers.DateTimeField(required=False, allow_null=True)


class DatesInput(serializers.Serializer):
    """Opening, end of the entries, end of the vote, results: each after the one before."""

    opens_at = _moment()
    posting_ends_at = _moment()
    voting_ends_at = _moment()
    results_at = _moment()


class ChallengeInput(DatesInput):
    """What is not named stays as it is."""

    title_fr = serializers.CharField(max_length=90)
    title_en = _text(90)
    lede_fr = _text(200)
    lede_en = _text(200)
    call_fr = _text(CALL_MAX)
    call_en = _text(CALL_MAX)
    prizes_fr = _text(PRIZES_MAX, help_text="One prize a line, the first prize first.")
    prizes_en = _text(PRIZES_MAX, help_text="In the same order; empty: as in French.")
    sponsor = _text(120)
    circle = serializers.CharField(
        max_length=12, required=False, allow_null=True, help_text="A circle’s id; null: everybody."
    )
    eligible_kinds = serializers.ListField(child=serializers.ChoiceField(choices=Kind.choices), required=False)
    eligible_segments = serializers.ListField(child=serializers.ChoiceField(choices=Segment.choices), required=False)
    adults_only = serializers.BooleanField(required=False)
    entries_per_member = serializers.IntegerField(min_value=1, max_value=20, required=False)
    vote_share = serializers.IntegerField(min_value=0, max_value=100, required=False)
    shortlist_size = serializers.IntegerField(min_value=1, max_value=100, required=False)


class DeskChallengeRowSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    phase = serializers.ChoiceField(choices=Phase.choices, read_only=True)
    entry_count = serializers.IntegerField(read_only=True)
    juror_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Challenge
        fields = [
            "id",
            "title_fr",
            "title_en",
            "phase",
            *DATES,
            "announced_at",
            "published_at",
            "entry_count",
            "juror_count",
        ]


class FaultSerializer(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()


class FiguresSerializer(serializers.Serializer):
    entries = serializers.IntegerField()
    entrants = serializers.IntegerField()
    voters = serializers.IntegerField()
    votes = serializers.IntegerField()


class DeskChallengeSerializer(DeskChallengeRowSerializer):
    circle = serializers.SlugRelatedField("public_id", read_only=True)
    rules_version = serializers.IntegerField(source="rules.number", read_only=True, default=None, allow_null=True)
    faults = serializers.SerializerMethodField(help_text="What keeps a draft from being announced.")
    figures = serializers.SerializerMethodField()
    called = serializers.SerializerMethodField(help_text="How many members may enter.")

    class Meta:
        model = Challenge
        fields = [
            *DeskChallengeRowSerializer.Meta.fields, "lede_fr", "lede_en", "call_fr", "call_en", "prizes_fr", "prizes_en",
            "sponsor", "circle", "eligible_kinds", "eligible_segments", "adults_only", "entries_per_member", "vote_share",
            "shortlist_size", "rules_version", "faults", "figures", "called",
        ]  # fmt: skip

    @extend_schema_field(FaultSerializer(many=True))
    def get_faults(self, challenge):
        return [{"code": code, "detail": str(detail)} for code, detail in self.context["faults"]]

    @extend_schema_field(FiguresSerializer)
    def get_figures(self, challenge):
        return FiguresSerializer(self.context["figures"]).data

    def get_called(self, challenge) -> int:
        return self.context["called"]


class RulesInput(serializers.Serializer):
    body_fr = serializers.CharField(max_length=RULES_MAX)
    body_en = _text(RULES_MAX)
    changes_fr = _text(500, help_text="Needed once the challenge is open: entrants read it and are asked to accept.")
    changes_en = _text(500)


class DeskRulesSerializer(serializers.ModelSerializer):
    published_at = serializers.DateTimeField(source="at", read_only=True)

    class Meta:
        model = ChallengeRules
        fields = ["number", "body_fr", "body_en", "changes_fr", "changes_en", "published_at"]


class SeatGiven(serializers.Serializer):
    member = serializers.CharField(
        max_length=254, help_text="Id, e-mail or name. A colleague sits at once; a member is asked."
    )
    title = _text(80, help_text="Public: who they are, in a few words.")


class DeskSeatSerializer(serializers.ModelSerializer):
    member = PersonSerializer(read_only=True)
    note_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Juror
        fields = ["member", "title", "invited_at", "accepted_at", "handed_in_at", "note_count"]


class PickInput(serializers.Serializer):
    idea = serializers.CharField(max_length=12)
    reason = serializers.CharField(max_length=WORD_MAX)


class WinnersInput(serializers.Serializer):
    """The first has the first prize. A new proposal replaces the last one."""

    winners = PickInput(many=True, max_length=PRIZES_MOST)
    jury_word = _text(WORD_MAX)


class StandingRowSerializer(serializers.Serializer):
    idea = SimilarIdeaSerializer(source="entry.idea")
    votes = serializers.IntegerField()
    mean = serializers.FloatField(allow_null=True, help_text="The jury’s, from 1 to 5.")
    noted_by = serializers.IntegerField()
    score = serializers.FloatField(help_text="Out of 100.")
    accepts_rules = serializers.BooleanField(
        source="entry.accepts_rules", help_text="Its author accepted the rules in force."
    )


class ProposedSerializer(serializers.Serializer):
    rank = serializers.IntegerField()
    reason = serializers.CharField()
    idea = SimilarIdeaSerializer(source="entry.idea")


class ChallengeResultsSerializer(serializers.Serializer):
    """`standing` is empty until every juror who sits has given notes. Winners are public once `published_at` is set."""

    phase = serializers.ChoiceField(choices=Phase.choices)
    awaited = serializers.IntegerField(help_text="Jurors whose notes are still to come.")
    standing = StandingRowSerializer(many=True)
    winners = ProposedSerializer(many=True)
    jury_word = serializers.CharField()
    proposed_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
