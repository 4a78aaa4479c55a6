"""Beta programmes for the mobile app: the same verbs and the same reads as the pages."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api.pagination import CursorPages
from core.errors import Invalid, NotFound, NotSignedIn

from .domain.applying import apply, register_interest, withdraw_interest
from .domain.enrolling import require_tester, sign_charter, withdraw
from .domain.finding import give_details, report, withdraw_screenshot
from .domain.testing import tick_steps
from .models import Finding, Programme
from .reading import Seen, find_finding, find_mission, find_programme, missions_of, my_enrolment
from .serializers import (
    BetaCardSerializer,
    BetaSerializer,
    DetailsInput,
    EnrolmentInput,
    FindingInput,
    FindingSerializer,
    InterestSerializer,
    MissionSerializer,
    StepsInput,
)
from .serving import screenshot
from .states import PUBLIC_STATES


class BetaView(APIView):
    """Each verb says itself who may do it, so that a visitor is told to sign in, not that it is forbidden."""

    permission_classes = [AllowAny]

    def programme(self, public_id: str) -> Programme:
        return find_programme(public_id, user=self.request.user)

    def page(self, queryset, serializer, **context):
        pages = CursorPages()
        items = pages.paginate_queryset(queryset, self.request, self)
        return pages.get_paginated_response(
            serializer(items, many=True, context={"request": self.request, **context}).data
        )

    def whole(self, public_id: str) -> Response:
        """The programme read again, as the caller now sees it."""
        user = self.request.user
        programmes = Programme.objects.with_card().with_my_state(user).with_ideas()
        programme = find_programme(public_id, user=user, programmes=programmes)
        return Response(
            BetaSerializer(programme, context={"request": self.request, "seen": Seen(programme, user)}).data
        )

    def asked(self, serializer):
        if not self.request.user.is_authenticated:
            raise NotSignedIn()
        asked = serializer(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return asked.validated_data


class BetasView(BetaView):
    pagination_class = CursorPages

    @extend_schema(
        operation_id="betas_list",
        parameters=[OpenApiParameter("state", str, many=True, enum=PUBLIC_STATES)],
        responses=BetaCardSerializer(many=True),
    )
    def get(self, request):
        """Programmes that were opened, the newest first."""
        states = [state for value in request.query_params.getlist("state") for state in value.split(",") if state]
        if unknown := set(states) - set(PUBLIC_STATES):
            raise Invalid(f"{sorted(unknown)[0]}?", code="unknown_state", field="state")
        programmes = Programme.objects.listed(request.user).in_state(*(states or PUBLIC_STATES))
        return self.page(programmes.with_card().with_my_state(request.user).order_by("-id"), BetaCardSerializer)


class OneBetaView(BetaView):
    @extend_schema(operation_id="betas_read", responses=BetaSerializer)
    def get(self, request, public_id):
        """One programme: what it is, whether I can apply and if not why, my enrolment, my feature flag."""
        return self.whole(public_id)


class EnrolmentView(BetaView):
    @extend_schema(operation_id="betas_enrol", request=EnrolmentInput, responses=BetaSerializer)
    def put(self, request, public_id):
        """Apply; once accepted, sign the charter with `charter_version`. Sending it again changes nothing."""
        programme = self.programme(public_id)
        values = self.asked(EnrolmentInput)
        version = values.pop("charter_version", None)
        enrolment = apply(programme, by=request.user, **values)
        if version is not None and (enrolment.must_sign or enrolment.is_tester):
            sign_charter(enrolment, version=version, by=request.user)
        return self.whole(public_id)

    @extend_schema(operation_id="betas_leave", request=None, responses={200: BetaSerializer})
    def delete(self, request, public_id):
        """Leave, and give the seat to the next. Sending it again changes nothing."""
        programme = self.programme(public_id)
        if not request.user.is_authenticated:
            raise NotSignedIn()
        if enrolment := my_enrolment(programme, request.user):
            withdraw(enrolment, by=request.user)
        return self.whole(public_id)


class InterestView(BetaView):
    @extend_schema(operation_id="betas_interest", request=None, responses=InterestSerializer)
    def put(self, request, public_id):
        """Be told when it recruits."""
        register_interest(self.programme(public_id), by=request.user)
        return Response({"interested": True})

    @extend_schema(operation_id="betas_no_interest", request=None, responses={200: InterestSerializer})
    def delete(self, request, public_id):
        withdraw_interest(self.programme(public_id), by=request.user)
        return Response({"interested": False})


class MissionsView(BetaView):
    pagination_class = CursorPages

    @extend_schema(operation_id="betas_missions", responses=MissionSerializer(many=True))
    def get(self, request, public_id):
        """What to test, with the steps I ticked. For testers who signed the charter."""
        programme = self.programme(public_id)
        missions = missions_of(programme, require_tester(programme, request.user))
        # A programme has a handful: they come in one page, in the shape of the others.
        return Response({"next": None, "previous": None, "results": MissionSerializer(missions, many=True).data})


class MissionView(BetaView):
    @extend_schema(operation_id="betas_mission_steps", request=StepsInput, responses=MissionSerializer)
    def put(self, request, public_id, mission_id):
        """Say which steps are done; the mission is when all are."""
        programme = self.programme(public_id)
        mission = find_mission(programme, mission_id)
        progress = tick_steps(mission, steps=self.asked(StepsInput)["steps"], by=request.user)
        mission.ticked, mission.done_at = progress.steps, progress.done_at
        return Response(MissionSerializer(mission).data)


class FindingsView(BetaView):
    pagination_class = CursorPages

    @extend_schema(operation_id="betas_findings_list", responses=FindingSerializer(many=True))
    def get(self, request, public_id):
        """My findings in this programme, the newest first, and what became of them."""
        programme = self.programme(public_id)
        if not request.user.is_authenticated:
            raise NotSignedIn()
        mine = programme.findings.filed_by(request.user).with_details().order_by("-id")
        return self.page(mine, FindingSerializer, programme=programme)

    @extend_schema(operation_id="betas_findings_create", request=FindingInput, responses={201: FindingSerializer})
    def post(self, request, public_id):
        """Report what I found. With pictures: multipart, `screenshots` up to four times."""
        programme = self.programme(public_id)
        values = dict(self.asked(FindingInput))
        wanted = values.pop("mission", "")
        if wanted:
            require_tester(programme, request.user)
            try:
                values["mission"] = find_mission(programme, wanted)
            except NotFound as error:
                raise Invalid(error.message, code="unknown_mission", field="mission") from error
        finding = report(programme, by=request.user, **values)
        return Response(self.finding(programme, finding), status=status.HTTP_201_CREATED)

    def finding(self, programme, finding):
        return FindingSerializer(finding, context={"request": self.request, "programme": programme}).data


class FindingView(FindingsView):
    pagination_class = None
    http_method_names = ["get", "patch", "head", "options"]

    @extend_schema(operation_id="betas_findings_read", responses=FindingSerializer)
    def get(self, request, public_id, finding_id):
        """One of my findings."""
        programme = self.programme(public_id)
        found = find_finding(programme, finding_id, user=request.user, findings=Finding.objects.with_details())
        return Response(self.finding(programme, found))

    @extend_schema(operation_id="betas_findings_details", request=DetailsInput, responses=FindingSerializer)
    def patch(self, request, public_id, finding_id):
        """Give the detail the bank asked for (`needs_info`)."""
        programme = self.programme(public_id)
        found = find_finding(programme, finding_id, user=request.user)
        return Response(self.finding(programme, give_details(found, by=request.user, **self.asked(DetailsInput))))


class ScreenshotView(BetaView):
    @extend_schema(operation_id="betas_screenshot", responses={(200, "image/webp"): OpenApiTypes.BINARY})
    def get(self, request, public_id, finding_id, image_id):
        """A screenshot, to its author and the bank."""
        return screenshot(find_finding(self.programme(public_id), finding_id, user=request.user), image_id)

    @extend_schema(operation_id="betas_screenshot_delete", request=None, responses={204: None})
    def delete(self, request, public_id, finding_id, image_id):
        """Take a picture back for good, file included."""
        found = find_finding(self.programme(public_id), finding_id, user=request.user)
        withdraw_screenshot(found, image_id, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
