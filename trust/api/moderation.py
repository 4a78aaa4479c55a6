"""The moderation queue for staff's own tools: the same views, the same verdicts, the same reasons as at the desk."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from core.api.desk import StaffView
from core.errors import DomainError, Invalid, NotFound, require

from .. import desk_serializers as shapes
from ..casework import author_of, find_case, of_author, waiting, work_on
from ..domain.appealing import decide_appeal, release_whole_burst
from ..domain.bursts import decide_burst
from ..domain.deciding import decide
from ..domain.deciding_many import decide_many
from ..domain.undoing import undo_verdicts
from ..models import Case, Decision
from ..permissions import can_open_queue
from ..querysets import VIEWS
from ..states import Matter

OTHER = _("This case is about something else.")
CLOSED = _("A colleague has decided this case.")

AUTHOR = OpenApiParameter("author", str, description="A part of the author’s name, as the eye reads it.")


class ModerationBase(StaffView):
    opens = staticmethod(can_open_queue)

    def case(self, public_id: str) -> Case:
        case = find_case(public_id.replace("\x00", "")[:12])
        require(case is not None, NotFound())
        return case

    def case_about(self, public_id: str, matter: str) -> Case:
        case = self.case(public_id)
        if case.matter != matter:
            raise DomainError(OTHER, code="other_matter", status=409, extra={"matter": case.matter})
        return case

    def decided(self, case: Case, statement=None) -> Response:
        mine = Decision.objects.filter(case=case, by=self.request.user).order_by("pk").last()
        shown = {"case": find_case(case.public_id), "statement": statement, "undo": mine.batch if mine else None}
        return Response(shapes.DecidedSerializer(shown).data)


class CasesView(ModerationBase):
    @extend_schema(
        operation_id="desk_moderation_list", parameters=[OpenApiParameter("view", str, enum=VIEWS), AUTHOR],
        responses=shapes.CaseRowSerializer(many=True),
    )  # fmt: skip
    def get(self, request):
        """What waits: the urgent first, then what came first."""
        view = request.query_params.get("view", "all")
        require(view in VIEWS, Invalid("; ".join(VIEWS), code="unknown_view", field="view"))
        return self.page(waiting(view, author_of(request.query_params)), shapes.CaseRowSerializer)


class CaseCountsView(ModerationBase):
    @extend_schema(operation_id="desk_moderation_counts", parameters=[AUTHOR], responses=shapes.CaseCountsSerializer)
    def get(self, request):
        """How many wait in each view."""
        return Response(shapes.CaseCountsSerializer(of_author(author_of(request.query_params)).counts()).data)


class CaseView(ModerationBase):
    @extend_schema(operation_id="desk_moderation_read", responses=shapes.CaseSerializer)
    def get(self, request, public_id):
        """A case with its content, its reports, what held it, and what was decided of its author before."""
        return Response(shapes.CaseSerializer(work_on(self.case(public_id), reader=request.user)).data)


class VerdictView(ModerationBase):
    @extend_schema(
        operation_id="desk_moderation_decide", request=shapes.OneVerdictInput, responses={200: shapes.DecidedSerializer}
    )
    def post(self, request, public_id):
        """Keep, hide, remove or put back the content of a case; who reported and its author read why."""
        case = self.case_about(public_id, Matter.CONTENT)
        return self.decided(case, decide(case, **self.asked(shapes.OneVerdictInput), by=request.user))


class VerdictsView(ModerationBase):
    @extend_schema(
        operation_id="desk_moderation_decide_many", request=shapes.ManyVerdictInput,
        responses={200: shapes.ManyDecidedSerializer},
    )  # fmt: skip
    def post(self, request):
        """One verdict on up to 100 cases about content, each with its own statement. One refusal stops nothing; `undo` takes all
        of it back.
        """
        values = self.asked(shapes.ManyVerdictInput)
        seen = {case["id"]: case["seen"] for case in values.pop("cases")}
        done = decide_many(seen, **values, by=request.user, seen=seen)
        return Response(shapes.ManyDecidedSerializer(done).data)


class AppealVerdictView(ModerationBase):
    @extend_schema(
        operation_id="desk_moderation_answer_appeal", request=shapes.AppealVerdictInput,
        responses={200: shapes.DecidedSerializer},
    )  # fmt: skip
    def post(self, request, public_id):
        """Accept or refuse an appeal. Somebody else than who decided first does it."""
        case = self.case_about(public_id, Matter.APPEAL)
        values, appeal = self.asked(shapes.AppealVerdictInput), work_on(case, reader=request.user).appeal
        require(appeal is not None, DomainError(CLOSED, code="case_closed", status=409))
        decide_appeal(appeal, **values, by=request.user)
        return self.decided(case)


class WholeBurstView(ModerationBase):
    @extend_schema(
        operation_id="desk_moderation_release_burst", request=shapes.ReasonInput,
        responses={200: shapes.DecidedSerializer},
    )  # fmt: skip
    def post(self, request, public_id):
        """A member’s review shows that the whole burst counts: all its votes do, and all who asked for a review are answered."""
        case = self.case_about(public_id, Matter.APPEAL)
        values, appeal = self.asked(shapes.ReasonInput), work_on(case, reader=request.user).appeal
        require(appeal is not None, DomainError(CLOSED, code="case_closed", status=409))
        release_whole_burst(appeal, **values, by=request.user)
        return self.decided(case)


class BurstVerdictView(ModerationBase):
    @extend_schema(
        operation_id="desk_moderation_decide_votes", request=shapes.BurstVerdictInput,
        responses={200: shapes.DecidedSerializer},
    )  # fmt: skip
    def post(self, request, public_id):
        """Confirm that the votes set aside do not count, or let them count."""
        case = self.case_about(public_id, Matter.VOTES)
        values, burst = self.asked(shapes.BurstVerdictInput), work_on(case, reader=request.user).burst
        require(burst is not None, DomainError(CLOSED, code="case_closed", status=409))
        decide_burst(burst, **values, by=request.user)
        return self.decided(case)


class UndoVerdictView(ModerationBase):
    @extend_schema(
        operation_id="desk_moderation_undo", request=shapes.UndoInput, responses={200: shapes.UndoneSerializer}
    )
    def post(self, request):
        """Take one's own verdict back within its ten seconds: nobody has been told yet."""
        undone = undo_verdicts(self.asked(shapes.UndoInput)["undo"], by=request.user)
        return Response(shapes.UndoneSerializer({"undone": undone}).data)
