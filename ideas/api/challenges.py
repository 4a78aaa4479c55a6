"""Challenges for the mobile app: the same verbs and the same reads as the pages."""

from collections import defaultdict

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.response import Response

from core.api.pagination import CursorPages
from core.errors import Invalid, NotSignedIn, require

from ..challenge_presenting import winners_of
from ..challenge_reads import entered_ideas, visible_notes
from ..challenge_serializers import (
    AcceptInput,
    ChallengeCardSerializer,
    ChallengeSerializer,
    EnteredSerializer,
    EnterInput,
    EntrySerializer,
    JuryEntrySerializer,
    NoteInput,
    NoteSerializer,
    RulesSerializer,
    SeatInput,
    SeatSerializer,
)
from ..domain.challenges.entering import enter_idea, withdraw_entry
from ..domain.challenges.judging import answer_invitation, call_up, find_seat, hand_in, note_entry
from ..domain.challenges.ruling import accept_rules
from ..listing import find_challenge, find_idea
from ..models import Challenge, ChallengeEntry, Juror
from ..phases import Criterion, Phase
from .ideas import IdeaView


class ChallengeBase(IdeaView):
    def challenge(self, public_id: str) -> Challenge:
        challenges = Challenge.objects.with_rules().with_entry_count().with_my_part(self.request.user)
        return find_challenge(public_id, user=self.request.user, challenges=challenges)

    def asked(self, serializer):
        require(self.request.user.is_authenticated, NotSignedIn())
        found = serializer(data=self.request.data)
        found.is_valid(raise_exception=True)
        return found.validated_data


class ChallengesView(ChallengeBase):
    pagination_class = CursorPages

    @extend_schema(
        operation_id="challenges_list",
        parameters=[OpenApiParameter("phase", str, enum=Phase.values)],
        responses=ChallengeCardSerializer(many=True),
    )
    def get(self, request):
        """Challenges, what opened last first."""
        challenges = Challenge.objects.visible_to(request.user).with_entry_count().with_my_part(request.user)
        if phase := request.query_params.get("phase", ""):
            unknown = Invalid("; ".join(Phase.values), code="unknown_phase", field="phase")
            require(phase in Phase.values, unknown)
            challenges = challenges.in_phase(phase)
        return self.page(challenges.exclude(opens_at=None).soonest_first(), ChallengeCardSerializer)


class ChallengeView(ChallengeBase):
    @extend_schema(operation_id="challenges_read", responses=ChallengeSerializer)
    def get(self, request, public_id):
        """One challenge: its call, prizes, dates, jury; its winners once they are public."""
        challenge = self.challenge(public_id)
        jurors = Juror.objects.filter(challenge=challenge, accepted_at__isnull=False).select_related("member")
        context = {"request": request, "jurors": list(jurors), "winners": winners_of(challenge)}
        return Response(ChallengeSerializer(challenge, context=context).data)


class ChallengeRulesView(ChallengeBase):
    @extend_schema(operation_id="challenges_rules", responses=RulesSerializer(many=True))
    def get(self, request, public_id):
        """Every version of the rules, the one in force first."""
        return Response(RulesSerializer(self.challenge(public_id).rules_versions.all(), many=True).data)


class ChallengeEntriesView(ChallengeBase):
    pagination_class = CursorPages

    @extend_schema(operation_id="challenges_entries", responses=EntrySerializer(many=True))
    def get(self, request, public_id):
        """Its ideas: in an order of the caller's own until the vote has ended, then the most supported first."""
        return self.page(entered_ideas(self.challenge(public_id), request.user), EntrySerializer)

    @extend_schema(operation_id="challenges_enter", request=EnterInput, responses={201: EnteredSerializer})
    def post(self, request, public_id):
        """Enter one of my ideas. A new one is posted into a challenge by `POST ideas/` with `challenge`."""
        challenge, asked = self.challenge(public_id), self.asked(EnterInput)
        idea = find_idea(asked["idea"].replace("\x00", ""), user=request.user)
        enter_idea(challenge, idea, accepted_rules=asked["accepted_rules"], by=request.user)
        shown = {
            "idea": idea.public_id,
            "challenge": challenge.public_id,
            "accepted_rules": challenge.rules.number,
        }
        return Response(EnteredSerializer(shown).data, status=status.HTTP_201_CREATED)


class ChallengeEntryView(ChallengeBase):
    @extend_schema(operation_id="challenges_withdraw", request=None, responses={204: None})
    def delete(self, request, public_id, idea_id):
        """Take my idea out, before the vote begins. The idea stays."""
        challenge = self.challenge(public_id)
        require(request.user.is_authenticated, NotSignedIn())
        withdraw_entry(challenge, find_idea(idea_id, user=request.user), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ChallengeAcceptanceView(ChallengeBase):
    @extend_schema(operation_id="challenges_accept", request=AcceptInput, responses=AcceptInput)
    def put(self, request, public_id):
        """Accept the version in force, when it changed after I entered; again changes nothing."""
        challenge, asked = self.challenge(public_id), self.asked(AcceptInput)
        accept_rules(challenge, number=asked["accepted_rules"], by=request.user)
        return Response(asked)


class JuryView(ChallengeBase):
    """The jury's own: 404 for who has no seat."""

    def sat(self, public_id: str) -> Challenge:
        require(self.request.user.is_authenticated, NotSignedIn())
        challenge = self.challenge(public_id)
        find_seat(challenge, self.request.user)
        return challenge

    def entered(self, challenge: Challenge, idea_id: str):
        return find_idea(idea_id, user=self.request.user)


class JurySeatView(JuryView):
    @extend_schema(operation_id="challenges_seat_read", responses=SeatSerializer)
    def get(self, request, public_id):
        """My seat in the jury."""
        return Response(SeatSerializer(find_seat(self.sat(public_id), request.user)).data)

    @extend_schema(operation_id="challenges_seat", request=SeatInput, responses={200: SeatSerializer, 204: None})
    def put(self, request, public_id):
        """Accept the seat, or decline it (204)."""
        challenge = self.sat(public_id)
        seat = answer_invitation(challenge, accepts=self.asked(SeatInput)["accepts"], by=request.user)
        return Response(SeatSerializer(seat).data) if seat else Response(status=status.HTTP_204_NO_CONTENT)


class JuryNotesView(JuryView):
    @extend_schema(operation_id="challenges_jury_notes", responses=JuryEntrySerializer(many=True))
    def get(self, request, public_id):
        """The shortlist in my own order, with my notes; with everyone's once mine are given."""
        challenge = self.sat(public_id)
        entries = ChallengeEntry.objects.of(challenge).standing().shortlisted().with_idea()
        entries = list(entries.in_turn_for(request.user, challenge))
        notes = defaultdict(list)
        for note in visible_notes(challenge, request.user).select_related("juror__member"):
            notes[note.entry_id].append(note)
        for entry in entries:
            entry.shown_notes = notes[entry.pk]
            entry.is_own = entry.idea.author_id == request.user.pk
        return Response(JuryEntrySerializer(entries, many=True, context={"request": request}).data)


class JuryNoteView(JuryView):
    @extend_schema(operation_id="challenges_jury_note", request=NoteInput, responses=NoteSerializer)
    def put(self, request, public_id, idea_id):
        """Note an entry, or change my note, until I give my notes."""
        challenge = self.sat(public_id)
        asked = self.asked(NoteInput)
        note = note_entry(
            challenge, self.entered(challenge, idea_id), scores={name: asked.get(name) for name in Criterion.values},
            text=asked["text"], recused=asked["recused"], by=request.user,
        )  # fmt: skip
        return Response(NoteSerializer(note).data)


class JuryCallUpView(JuryView):
    @extend_schema(operation_id="challenges_jury_call_up", request=None, responses={204: None})
    def put(self, request, public_id, idea_id):
        """Put an entry on the shortlist that the votes left out."""
        challenge = self.sat(public_id)
        call_up(challenge, self.entered(challenge, idea_id), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class JuryHandInView(JuryView):
    @extend_schema(operation_id="challenges_jury_hand_in", request=None, responses={200: SeatSerializer})
    def post(self, request, public_id):
        """Give my notes for good; I then read those that others have given."""
        return Response(SeatSerializer(hand_in(self.sat(public_id), by=request.user)).data)
