"""Moderation as staff's own tools read and write it. Verbs check again; lengths here only bound the work."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.errors import NotFound
from core.words import instant
from ideas.models import REASON_MAX
from members.api import PersonSerializer
from members.permissions import FOR_GOOD

from .domain.banning import LONGEST_DAYS
from .domain.deciding_many import Outcome
from .models import Ban, Case, Hold, HoldRule, Report, Statement
from .states import Ground, Kind, Verdict
from .subjects import Subject


class ReasonInput(serializers.Serializer):
    reason = serializers.CharField(max_length=REASON_MAX, help_text="The author and who reported read it.")


class VerdictInput(ReasonInput):
    verdict = serializers.ChoiceField(choices=Verdict.choices)
    ground = serializers.ChoiceField(choices=Ground.choices, required=False, default=Ground.CHARTER)
    rule = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default="", help_text="Article of the charter, or of the law."
    )
    with_strike = serializers.BooleanField(
        required=False, default=False, help_text="Count a strike against its author."
    )


class OneVerdictInput(VerdictInput):
    seen = serializers.CharField(
        max_length=80, required=False, allow_blank=True, default="",
        help_text="`subject.version` as it was read: 409 `changed_meanwhile` if its author changed it since.",
    )  # fmt: skip


class ChosenCase(serializers.Serializer):
    id = serializers.CharField(max_length=12)
    seen = serializers.CharField(
        max_length=80, required=False, allow_blank=True, default="", help_text="`subject.version` as it was read."
    )


class ManyVerdictInput(VerdictInput):
    cases = ChosenCase(many=True, max_length=1_000, help_text="1 to 100 cases about content.")


class AppealVerdictInput(ReasonInput):
    upheld = serializers.BooleanField()
    verdict = serializers.ChoiceField(
        choices=[Verdict.HIDE, Verdict.REMOVE], required=False, default=Verdict.HIDE,
        help_text="A reporter’s appeal that wins: what happens to the content.",
    )  # fmt: skip


class BurstVerdictInput(ReasonInput):
    confirmed = serializers.BooleanField(help_text="True: these votes do not count. False: let them count.")


class BanInput(ReasonInput):
    days = serializers.IntegerField(
        min_value=1, max_value=LONGEST_DAYS, allow_null=True, help_text="Null: until it is lifted."
    )
    ground = serializers.ChoiceField(choices=Ground.choices, required=False, default=Ground.CHARTER)
    rule = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")


class CaseRowSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    matter_label = serializers.CharField(source="get_matter_display", read_only=True)
    kind_label = serializers.CharField(source="get_kind_display", read_only=True)
    author = PersonSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Case
        fields = [
            "id", "matter", "matter_label", "kind", "kind_label", "title", "author", "is_urgent", "is_held", "report_count",
            "opened_at", "closed_at",
        ]  # fmt: skip


class CaseCountsSerializer(serializers.Serializer):
    all = serializers.IntegerField()
    urgent = serializers.IntegerField()
    reported = serializers.IntegerField()
    held = serializers.IntegerField()
    appeals = serializers.IntegerField()
    votes = serializers.IntegerField()


class CaseReportSerializer(serializers.ModelSerializer):
    """Who reported is seen by staff alone, and by none of them of what they wrote: a member, or the name and e-mail they gave."""

    id = serializers.CharField(source="public_id", read_only=True)
    reason_label = serializers.CharField(source="get_reason_display", read_only=True)
    reporter = PersonSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Report
        fields = ["id", "reason", "reason_label", "explanation", "reporter", "name", "email", "state", "created_at"]


class CaseHoldSerializer(serializers.ModelSerializer):
    rule = serializers.CharField(source="rule_name", read_only=True)

    class Meta:
        model = Hold
        fields = ["rule", "saw", "at"]


class PastStatementSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    measure_label = serializers.CharField(source="get_measure_display", read_only=True)
    has_strike = serializers.SerializerMethodField(help_text="A strike that no appeal took away.")

    class Meta:
        model = Statement
        fields = ["id", "kind", "title", "measure", "measure_label", "facts", "at", "has_strike"]

    def get_has_strike(self, statement) -> bool:
        strike = getattr(statement, "strike", None)
        return bool(strike and not strike.withdrawn_at)


class CaseAppealSerializer(serializers.Serializer):
    id = serializers.CharField(source="public_id")
    text = serializers.CharField()
    created_at = serializers.DateTimeField()
    by_reporter = serializers.SerializerMethodField(help_text="Who reported contests that the content was kept.")
    contested = serializers.SerializerMethodField(help_text="The reasons that were given first.")

    def get_by_reporter(self, appeal) -> bool:
        return appeal.report_id is not None

    def get_contested(self, appeal) -> str:
        return appeal.report.answer if appeal.report_id else appeal.statement.facts


class CaseBurstSerializer(serializers.Serializer):
    votes = serializers.IntegerField(help_text="In the hours that were looked at.")
    young = serializers.IntegerField(help_text="Of them, from new accounts: set aside.")
    first_vote_at = serializers.DateTimeField()
    last_vote_at = serializers.DateTimeField()
    state = serializers.CharField()


class CaseSubjectSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Kind.choices)
    title = serializers.CharField()
    text = serializers.CharField()
    visibility = serializers.CharField()
    url = serializers.CharField()
    version = serializers.CharField(help_text="Which text this is: send it with the verdict as `seen`.")
    idea = serializers.SerializerMethodField(help_text="The idea under which it stands.")
    poll = serializers.SerializerMethodField(help_text="The poll under which it stands.")

    def get_idea(self, subject: Subject) -> str | None:
        return subject.idea.public_id if subject.idea else None

    def get_poll(self, subject: Subject) -> str | None:
        return subject.poll.public_id if subject.poll else None


class CaseSerializer(serializers.Serializer):
    """All that the desk shows of a case. `subject` is null once its content is gone."""

    case = CaseRowSerializer()
    subject = CaseSubjectSerializer(allow_null=True)
    reports = CaseReportSerializer(many=True)
    holds = CaseHoldSerializer(many=True)
    past = PastStatementSerializer(many=True, help_text="What was decided of its author before, the newest first.")
    strikes = serializers.IntegerField()
    proposes_ban = serializers.BooleanField()
    appeal = CaseAppealSerializer(allow_null=True)
    burst = CaseBurstSerializer(allow_null=True)
    appeal_burst = CaseBurstSerializer(
        allow_null=True,
        help_text="The confirmed burst that the appeal is about: appeal/whole-burst/ releases all of it.",
    )
    votes_without = serializers.SerializerMethodField()
    votes_with = serializers.SerializerMethodField()

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_votes_without(self, work):
        return work.votes_without if work.burst else None

    @extend_schema_field(serializers.IntegerField(allow_null=True))
    def get_votes_with(self, work):
        return work.votes_with if work.burst else None


class DecidedSerializer(serializers.Serializer):
    """The case as it stands now, and the statement of reasons if one was written."""

    case = CaseRowSerializer()
    statement = PastStatementSerializer(allow_null=True)
    undo = serializers.CharField(
        allow_null=True, help_text="POST it to desk/moderation/undo/ to take the verdict back."
    )


class RefusedCaseSerializer(serializers.Serializer):
    id = serializers.CharField()
    code = serializers.CharField(help_text="As the verdict on it alone says: `case_closed`, `own_content` …")
    detail = serializers.CharField()


class ManyDecidedSerializer(serializers.Serializer):
    """What became of each: `refused` says why. `undo` takes back all that was decided; null where nothing was."""

    decided = CaseRowSerializer(many=True)
    refused = serializers.SerializerMethodField()
    undo = serializers.SerializerMethodField(help_text="POST it to desk/moderation/undo/.")

    def get_refused(self, done: Outcome) -> RefusedCaseSerializer(many=True):
        rows = [{"id": case.public_id, "code": why.code, "detail": str(why)} for case, why in done.refused]
        gone = NotFound()
        rows += [{"id": one, "code": gone.code, "detail": str(gone)} for one in done.unknown]
        return RefusedCaseSerializer(rows, many=True).data

    def get_undo(self, done: Outcome) -> str | None:
        return done.batch if done.decided else None


class UndoInput(serializers.Serializer):
    undo = serializers.CharField(max_length=40)


class UndoneSerializer(serializers.Serializer):
    undone = serializers.IntegerField()


def until_of(value) -> str | None:
    return instant(value) if value and value < FOR_GOOD else None


class BanSerializer(serializers.ModelSerializer):
    until = serializers.SerializerMethodField(help_text="Null: until it is lifted.")
    reason = serializers.CharField(source="statement.facts", read_only=True)

    class Meta:
        model = Ban
        fields = ["since", "until", "lifted_at", "reason"]

    def get_until(self, row) -> str | None:
        return until_of(row.until)


class FileSerializer(serializers.Serializer):
    """A member's file: where they stand, what was decided, suspensions."""

    member = PersonSerializer()
    is_suspended = serializers.BooleanField()
    suspended_until = serializers.DateTimeField(
        allow_null=True, help_text="Null with `is_suspended`: until it is lifted."
    )
    strikes = serializers.IntegerField(help_text="Those that still count.")
    strikes_to_ban = serializers.IntegerField()
    statements = PastStatementSerializer(many=True, help_text="The newest first, 50 at most.")
    bans = BanSerializer(many=True, help_text="The newest first, 20 at most.")


class HoldRuleSerializer(serializers.ModelSerializer):
    """`number`, `minutes` and `days` are read by the kinds that need them."""

    id = serializers.CharField(source="public_id", read_only=True)

    class Meta:
        model = HoldRule
        fields = [
            "id", "kind", "name_fr", "name_en", "is_active", "number", "minutes", "days", "words_fr", "words_en",
        ]  # fmt: skip
        extra_kwargs = {
            "number": {"max_value": 1_000},
            "minutes": {"max_value": 525_600},
            "days": {"max_value": 3_650},
            "words_fr": {"max_length": 20_000},
            "words_en": {"max_length": 20_000},
        }
