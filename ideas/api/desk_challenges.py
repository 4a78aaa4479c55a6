"""Challenges for staff's own tools: written, ruled, announced, put later, judged, won."""

from collections import defaultdict

from django.db.models import Q
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.response import Response

from core.api.desk import StaffView
from core.errors import Invalid, NotFound, require
from members.models import Circle, Member

from .. import challenge_desk_serializers as shapes
from ..challenge_reads import visible_notes
from ..challenge_serializers import JuryEntrySerializer
from ..domain.challenges.announcing import announce, faults_of, lengthen
from ..domain.challenges.awarding import Pick, jurors_awaited, propose_winners, publish_results
from ..domain.challenges.counting import jurors_of, live_figures, standings
from ..domain.challenges.judging import invite_juror, remove_juror
from ..domain.challenges.ruling import publish_rules
from ..domain.challenges.telling import eligible_members
from ..domain.challenges.writing import write_challenge
from ..models import Challenge, ChallengeEntry, Juror
from ..permissions import can_read_challenges
from ..phases import OVER, Phase


class ChallengeDeskView(StaffView):
    """Who reads the desk's challenges reads these; the verbs take changes from who runs them alone."""

    opens = staticmethod(can_read_challenges)

    def challenge(self, public_id: str) -> Challenge:
        challenges = Challenge.objects.with_rules().with_entry_count().with_jury_count()
        return self.found(challenges.select_related("circle"), public_id)

    def whole(self, public_id: str, code: int = status.HTTP_200_OK) -> Response:
        challenge = self.challenge(public_id)
        context = {
            "faults": faults_of(challenge) if challenge.phase == Phase.DRAFT else [], "figures": live_figures(challenge),
            "called": eligible_members(challenge).count(),
        }  # fmt: skip
        return Response(shapes.DeskChallengeSerializer(challenge, context=context).data, status=code)

    def written(self, **more) -> dict:
        """What was sent, with the circle itself for its id."""
        values = self.asked(shapes.ChallengeInput, **more)
        if key := values.get("circle"):
            values["circle"] = Circle.objects.in_use().filter(public_id=key).first()
            require(values["circle"] is not None, Invalid(code="unknown_circle", field="circle"))
        elif "circle" in values:
            values["circle"] = None
        return values


class DeskChallengesView(ChallengeDeskView):
    @extend_schema(
        operation_id="desk_challenges_list", parameters=[OpenApiParameter("phase", str, enum=Phase.values)],
        responses=shapes.DeskChallengeRowSerializer(many=True),
    )  # fmt: skip
    def get(self, request):
        """All challenges, drafts too, the newest first."""
        challenges = Challenge.objects.with_entry_count().with_jury_count().order_by("-id")
        if phase := request.query_params.get("phase", ""):
            require(phase in Phase.values, Invalid("; ".join(Phase.values), code="unknown_phase", field="phase"))
            challenges = challenges.in_phase(phase)
        return self.page(challenges, shapes.DeskChallengeRowSerializer)

    @extend_schema(
        operation_id="desk_challenges_create", request=shapes.ChallengeInput,
        responses={201: shapes.DeskChallengeSerializer},
    )  # fmt: skip
    def post(self, request):
        """Make a draft: staff alone see it until it is announced."""
        challenge = write_challenge(**self.written(), by=request.user)
        return self.whole(challenge.public_id, status.HTTP_201_CREATED)


class DeskChallengeView(ChallengeDeskView):
    @extend_schema(operation_id="desk_challenges_read", responses=shapes.DeskChallengeSerializer)
    def get(self, request, public_id):
        """One challenge in both languages, what a draft still lacks, and its figures."""
        return self.whole(public_id)

    @extend_schema(
        operation_id="desk_challenges_update", request=shapes.ChallengeInput, responses=shapes.DeskChallengeSerializer
    )
    def patch(self, request, public_id):
        """Change what may still change: once it is open, prizes, conditions and weights no longer do."""
        write_challenge(self.challenge(public_id), **self.written(partial=True), by=request.user)
        return self.whole(public_id)


class DeskAnnounceView(ChallengeDeskView):
    @extend_schema(
        operation_id="desk_challenges_announce", request=None, responses={200: shapes.DeskChallengeSerializer}
    )
    def post(self, request, public_id):
        """Make it public. It then opens, closes and goes to the jury by its dates."""
        announce(self.challenge(public_id), by=request.user)
        return self.whole(public_id)


class DeskDatesView(ChallengeDeskView):
    @extend_schema(
        operation_id="desk_challenges_lengthen", request=shapes.DatesInput, responses=shapes.DeskChallengeSerializer
    )
    def patch(self, request, public_id):
        """Put dates of an announced challenge later. One that has come stays as it was."""
        lengthen(self.challenge(public_id), **self.asked(shapes.DatesInput), by=request.user)
        return self.whole(public_id)


class DeskRulesView(ChallengeDeskView):
    @extend_schema(operation_id="desk_challenges_rules", responses=shapes.DeskRulesSerializer(many=True))
    def get(self, request, public_id):
        """Every version of the rules, the one in force first."""
        rows = self.challenge(public_id).rules_versions.order_by("-number")
        return self.page(rows, shapes.DeskRulesSerializer)

    @extend_schema(
        operation_id="desk_challenges_publish_rules", request=shapes.RulesInput,
        responses={201: shapes.DeskRulesSerializer},
    )  # fmt: skip
    def post(self, request, public_id):
        """Publish a version, in force at once; entrants are asked to accept it."""
        made = publish_rules(self.challenge(public_id), **self.asked(shapes.RulesInput), by=request.user)
        return Response(shapes.DeskRulesSerializer(made).data, status=status.HTTP_201_CREATED)


class DeskJuryView(ChallengeDeskView):
    @extend_schema(operation_id="desk_challenges_jury", responses=shapes.DeskSeatSerializer(many=True))
    def get(self, request, public_id):
        """The seats, with how far each has come."""
        return self.page(jurors_of(self.challenge(public_id)), shapes.DeskSeatSerializer)

    @extend_schema(operation_id="desk_challenges_seat", request=shapes.SeatGiven, responses={204: None})
    def post(self, request, public_id):
        """Give a seat."""
        challenge, values = self.challenge(public_id), self.asked(shapes.SeatGiven)
        said = values["member"].strip()
        known = Q(public_id=said) | Q(email__iexact=said) | Q(nickname__iexact=said)
        member = Member.objects.living().filter(known).first()
        require(member is not None, Invalid(code="unknown_member", field="member"))
        invite_juror(challenge, member=member, title=values.get("title", ""), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class DeskSeatView(ChallengeDeskView):
    @extend_schema(operation_id="desk_challenges_free_seat", request=None, responses={204: None})
    def delete(self, request, public_id, member_id):
        """Free a seat whose notes are not given yet."""
        seats = Juror.objects.filter(
            challenge=self.challenge(public_id), member__public_id=member_id.replace("\x00", "")
        )
        seat = seats.select_related("challenge").first()
        require(seat is not None, NotFound())
        remove_juror(seat, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class DeskNotesOfJuryView(ChallengeDeskView):
    @extend_schema(operation_id="desk_challenges_notes", responses=JuryEntrySerializer(many=True))
    def get(self, request, public_id):
        """The shortlist with the jury's notes, once they may be read."""
        challenge = self.challenge(public_id)
        pages = self.pagination_class()
        rows = ChallengeEntry.objects.of(challenge).standing().shortlisted().with_idea().order_by("id")
        entries, notes = pages.paginate_queryset(rows, request, self), defaultdict(list)
        for note in visible_notes(challenge, request.user).filter(entry__in=entries).select_related("juror__member"):
            notes[note.entry_id].append(note)
        for entry in entries:
            entry.shown_notes, entry.is_own = notes[entry.pk], entry.idea.author_id == request.user.pk
        return pages.get_paginated_response(JuryEntrySerializer(entries, many=True, context={"request": request}).data)


class DeskResultsView(ChallengeDeskView):
    def results(self, public_id: str) -> Response:
        challenge = self.challenge(public_id)
        awaited = jurors_awaited(challenge)
        is_told = challenge.phase in (Phase.JURY, *OVER) and not awaited
        winners = challenge.winners.select_related("entry__idea__category").order_by("rank")
        shown = {
            "phase": challenge.phase, "awaited": awaited, "standing": standings(challenge) if is_told else [],
            "winners": winners, "jury_word": challenge.jury_word, "proposed_at": challenge.proposed_at,
            "published_at": challenge.published_at,
        }  # fmt: skip
        return Response(shapes.ChallengeResultsSerializer(shown).data)

    @extend_schema(operation_id="desk_challenges_results", responses=shapes.ChallengeResultsSerializer)
    def get(self, request, public_id):
        """The standing once every juror has given notes, and the winners proposed or published."""
        return self.results(public_id)

    @extend_schema(
        operation_id="desk_challenges_propose", request=shapes.WinnersInput, responses=shapes.ChallengeResultsSerializer
    )
    def put(self, request, public_id):
        """Propose the winners, each with a reason. Nothing is public yet."""
        challenge, values = self.challenge(public_id), self.asked(shapes.WinnersInput)
        picks = [Pick(pick["idea"], pick["reason"]) for pick in values["winners"]]
        propose_winners(challenge, picks, jury_word=values.get("jury_word", ""), by=request.user)
        return self.results(public_id)

    @extend_schema(
        operation_id="desk_challenges_publish", request=None, responses={200: shapes.ChallengeResultsSerializer}
    )
    def post(self, request, public_id):
        """Publish what a colleague proposed: two people decide. Everyone concerned is told."""
        publish_results(self.challenge(public_id), by=request.user)
        return self.results(public_id)
