"""Who I am, for the mobile app; and how other people are shown, for every API."""

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from core.language import CHOICES

from .domain.describing import describe_oneself
from .models import Member
from .states import REGIONS, AgeBand, Kind, Segment


class BadgeSerializer(serializers.Serializer):
    code = serializers.ChoiceField(choices=["official", "ambassador"])
    label = serializers.CharField()


def badges_of(member: Member) -> list[dict]:
    """Badges are the server's: nobody gives one to themselves."""
    found = []
    if member.is_staff:
        found.append({"code": "official", "label": member.job_title or _("Bank staff")})
    if member.is_ambassador:
        found.append({"code": "ambassador", "label": _("Ambassador")})
    return found


class PersonSerializer(serializers.ModelSerializer):
    """A person as others see them: never an e-mail, a segment or a key."""

    id = serializers.CharField(source="public_id", read_only=True)
    nickname = serializers.CharField(source="display_name", read_only=True)
    badges = serializers.SerializerMethodField()

    class Meta:
        model = Member
        fields = ["id", "nickname", "badges"]

    @extend_schema_field(BadgeSerializer(many=True))
    def get_badges(self, member):
        return badges_of(member)


class SegmentsSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Kind.choices, required=False)
    activity = serializers.ChoiceField(choices=Segment.choices, source="segment", required=False)
    age_band = serializers.ChoiceField(choices=AgeBand.choices, allow_blank=True, required=False)
    region = serializers.ChoiceField(choices=[(name, name) for name in REGIONS], allow_blank=True, required=False)


class MeSerializer(PersonSerializer):
    """The caller: what they may change, and what only the bank sets."""

    nickname = serializers.CharField(max_length=30, required=False)
    bio = serializers.CharField(max_length=280, required=False, allow_blank=True)
    language = serializers.ChoiceField(choices=CHOICES, required=False)
    segments = SegmentsSerializer(source="*", required=False)
    set_by_bank = serializers.SerializerMethodField(
        help_text="The segments that the bank has set itself: they cannot be changed here."
    )
    email = serializers.EmailField(read_only=True)
    roles = serializers.SerializerMethodField()
    member_since = serializers.DateTimeField(source="date_joined", read_only=True)

    class Meta:
        model = Member
        fields = [
            "id",
            "nickname",
            "email",
            "bio",
            "language",
            "segments",
            "set_by_bank",
            "badges",
            "roles",
            "member_since",
        ]

    def get_set_by_bank(self, member) -> list[str]:
        names = {"segment": "activity"}
        return sorted(names.get(name, name) for name in member.set_by_bank)

    def get_roles(self, member) -> list[str]:
        return sorted(member.role_names)


class MeView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="me_read", responses=MeSerializer)
    def get(self, request):
        """The caller's own account."""
        return Response(MeSerializer(request.user).data)

    @extend_schema(operation_id="me_update", request=MeSerializer, responses=MeSerializer)
    def patch(self, request):
        """Change the name, a few words about oneself, the language, the segments; all else is the server's."""
        asked = MeSerializer(request.user, data=request.data, partial=True)
        asked.is_valid(raise_exception=True)
        member = describe_oneself(request.user, by=request.user, **asked.validated_data)
        return Response(MeSerializer(member).data)
