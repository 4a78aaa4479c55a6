"""A poll as an app reads it: all there is to draw it and to check a ballot before it is sent."""

from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from members.api_circles import CircleNameSerializer

from ..domain.filling import LONGEST_COMMENT, LONGEST_OTHER
from ..domain.ordering import in_order_for
from ..states import HIGHEST_SCORE, LOWEST_SCORE, POINTS, Drawing, Method, ResultsPolicy, State
from .answers import PollAnswerSerializer
from .drawing import ChartSerializer, ReceiptsSerializer
from .results import ResultsSerializer
from .talking import VisualSerializer

SIDE = "Of the picture, in pixels; null for none, or where it is not known."


@extend_schema_field(serializers.URLField(allow_null=True))
class PictureField(serializers.Field):
    """A picture's whole address; null for none."""

    def __init__(self, **kwargs):
        super().__init__(read_only=True, **kwargs)

    def get_attribute(self, instance):
        return getattr(instance, self.source) or None

    def to_representation(self, picture) -> str:
        return self.context["request"].build_absolute_uri(picture.url)


class OptionSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    text = serializers.CharField()
    description = serializers.CharField(allow_blank=True)
    image = PictureField()
    image_width = serializers.IntegerField(allow_null=True, help_text=SIDE)
    image_height = serializers.IntegerField(allow_null=True, help_text=SIDE)
    image_alt = serializers.SerializerMethodField(
        help_text="Always empty: the text says what the picture shows, so it is passed over when read aloud."
    )
    drawing = serializers.ChoiceField(
        choices=Drawing.choices,
        allow_blank=True,
        help_text="A drawing of the house, by name, where there is no picture.",
    )
    drawing_url = serializers.SerializerMethodField(
        help_text="The drawing as an SVG; `?for=night` has it in the colours of a dark ground. Null for none."
    )
    is_other = serializers.BooleanField(help_text="Answered in one’s own words: send them as `other`.")

    def get_image_alt(self, option) -> str:
        return ""

    @extend_schema_field(serializers.URLField(allow_null=True))
    def get_drawing_url(self, option) -> str | None:
        if not option.drawing:
            return None
        return self.context["request"].build_absolute_uri(reverse("api_poll_drawing", args=[option.drawing]))


class QuestionSerializer(serializers.Serializer):
    """All there is to draw a question and to check an answer before it is sent."""

    id = serializers.CharField(source="public_id")
    text = serializers.SerializerMethodField()
    method = serializers.ChoiceField(choices=Method.choices)
    required = serializers.BooleanField(help_text="Where false, the question may be left out.")
    max_choices = serializers.IntegerField(source="most", allow_null=True, help_text="How many options at most.")
    ties = serializers.BooleanField(help_text="Ranking: options may share a rank.")
    blanks = serializers.BooleanField(help_text="Ranking, score: options may be left out.")
    comments = serializers.BooleanField(help_text="A free comment may be sent.")
    longest_comment = serializers.SerializerMethodField(help_text="In characters; null where no comment may be sent.")
    longest_other = serializers.SerializerMethodField(
        help_text="Of the words of “other”; null where there is no such option."
    )
    only_if = serializers.ListField(
        source="conditions", child=serializers.CharField(),
        help_text="Options of earlier questions: the question is put to those who chose one of them. Empty: to all.",
    )  # fmt: skip
    image = PictureField()
    image_alt = serializers.CharField(allow_blank=True, help_text="What it shows, for those who do not see it.")
    image_width = serializers.IntegerField(allow_null=True, help_text=SIDE)
    image_height = serializers.IntegerField(allow_null=True, help_text=SIDE)
    points = serializers.SerializerMethodField(
        help_text="What the points of an answer add up to; null for other methods."
    )
    lowest_score = serializers.SerializerMethodField()
    highest_score = serializers.SerializerMethodField()
    lowest_label = serializers.SerializerMethodField(help_text="What the lowest score means; empty for other methods.")
    highest_label = serializers.SerializerMethodField(
        help_text="What the highest score means; empty for other methods."
    )
    options = serializers.SerializerMethodField(help_text="In the caller’s own order, which stays theirs.")

    def get_text(self, question) -> str:
        return question.text or self.context["poll"].title

    def get_longest_comment(self, question) -> int | None:
        return LONGEST_COMMENT if question.comments else None

    def get_longest_other(self, question) -> int | None:
        return LONGEST_OTHER if any(option.is_other for option in question.options.all()) else None

    def get_points(self, question) -> int | None:
        return POINTS if question.method == Method.POINTS else None

    def get_lowest_score(self, question) -> int | None:
        return LOWEST_SCORE if question.method == Method.SCORE else None

    def get_highest_score(self, question) -> int | None:
        return HIGHEST_SCORE if question.method == Method.SCORE else None

    def get_lowest_label(self, question) -> str:
        return _("not at all") if question.method == Method.SCORE else ""

    def get_highest_label(self, question) -> str:
        return _("very much") if question.method == Method.SCORE else ""

    @extend_schema_field(OptionSerializer(many=True))
    def get_options(self, question) -> list:
        options = in_order_for(self.context["reader"], question)
        return OptionSerializer(options, many=True, context=self.context).data


class AudienceSerializer(serializers.Serializer):
    kinds = serializers.ListField(child=serializers.CharField(), help_text="Empty: all.")
    segments = serializers.ListField(child=serializers.CharField(), help_text="Empty: all.")
    description = serializers.CharField()
    circle = CircleNameSerializer(allow_null=True, help_text="The poll is this circle’s alone; null: everybody’s.")
    size = serializers.IntegerField()


class ReasonSerializer(serializers.Serializer):
    code = serializers.CharField()
    detail = serializers.CharField()


class MyBallotSerializer(serializers.Serializer):
    at = serializers.DateTimeField()
    receipt = serializers.CharField(allow_blank=True)
    options = serializers.ListField(
        child=serializers.CharField(), help_text="All options the ballot speaks of. Empty while a sealed poll is open."
    )
    answers = serializers.DictField(
        child=PollAnswerSerializer(), help_text="By question, as they can be sent. Empty while a sealed poll is open."
    )
    can_change_until = serializers.DateTimeField(allow_null=True, help_text="Null: it cannot be changed, or no longer.")


class RetainedSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    text = serializers.CharField()


class DecisionSerializer(serializers.Serializer):
    text = serializers.CharField(help_text="Markdown.")
    html = serializers.CharField(help_text="The same, as safe HTML.")
    at = serializers.DateTimeField()
    signed_by = serializers.CharField(allow_blank=True)
    signed_as = serializers.CharField(allow_blank=True, help_text="What the signer does at the bank.")
    retained = RetainedSerializer(allow_null=True, help_text="The option the bank goes with, if it is one.")


class HiddenResultSerializer(serializers.Serializer):
    detail = serializers.CharField()
    appears = serializers.ChoiceField(choices=["after_vote", "after_close", "never"])
    appears_at = serializers.DateTimeField(allow_null=True, help_text="Where a date decides.")


class CountedInSerializer(serializers.Serializer):
    """The bank changed which ballots of young accounts are counted, for a reason that everyone reads."""

    kinds = serializers.ListField(child=serializers.CharField(), help_text="`new`, `burst`; empty: apart again.")
    detail = serializers.CharField()
    reason = serializers.CharField()


class NextPollSerializer(serializers.Serializer):
    id = serializers.CharField()
    title = serializers.CharField()


class PollSerializer(serializers.Serializer):
    """A poll as this caller sees it."""

    id = serializers.CharField()
    title = serializers.CharField()
    intro = serializers.CharField()
    language = serializers.CharField(help_text="Of the poll’s own texts: fr or en.")
    state = serializers.ChoiceField(choices=State.choices)
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    results_policy = serializers.ChoiceField(choices=ResultsPolicy.choices)
    confidential = serializers.BooleanField()
    secrecy = serializers.CharField(help_text="To be said before the vote: whether names stand beside answers.")
    results_rule = serializers.CharField(help_text="To be said before the vote: when the result appears, and to whom.")
    sealed = serializers.BooleanField(help_text="A ballot cannot be changed.")
    consultation = serializers.BooleanField()
    min_account_days = serializers.IntegerField(help_text="How long before the opening the account was opened. 0: any.")
    ballots = serializers.IntegerField()
    audience = AudienceSerializer()
    questions = QuestionSerializer(many=True)
    answered_at = serializers.DateTimeField(allow_null=True)
    unanswered = serializers.BooleanField(help_text="It waits for my answer.")
    can_vote = serializers.BooleanField()
    cannot_vote = ReasonSerializer(allow_null=True)
    results_visible = serializers.BooleanField()
    results_hidden = HiddenResultSerializer(allow_null=True, help_text="Why not yet, and when they appear.")
    counted_in = CountedInSerializer(allow_null=True, help_text="Where results are visible; null: nothing was changed.")
    decision = DecisionSerializer(allow_null=True)
    url = serializers.URLField()


class PollInFullSerializer(PollSerializer):
    my_ballot = MyBallotSerializer(allow_null=True)
    receipts = ReceiptsSerializer()
    results = ResultsSerializer(
        allow_null=True, help_text="As `results/` gives them, where `results_visible`; null: `results_hidden` says why."
    )
    charts = ChartSerializer(
        many=True, help_text="Of the results, as the server draws them; empty where there are none."
    )
    visuals = VisualSerializer(many=True, help_text="Of a consultation, with how members react; else empty.")
    cannot_react = ReasonSerializer(
        allow_null=True, help_text="Null: the caller may react to visuals. Of a consultation alone."
    )
    cannot_comment = ReasonSerializer(
        allow_null=True, help_text="Null: the caller may comment. Of a consultation alone."
    )
    comments = serializers.IntegerField(help_text="How many may be read under a consultation: `comments/`.")
    next = NextPollSerializer(
        allow_null=True, help_text="The poll that waits for the caller’s answer and closes first, this one apart."
    )
