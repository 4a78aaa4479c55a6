"""Answer templates for staff's own tools: written, rewritten in versions, put out of use."""

from django.db.models import Count
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.response import Response

from core.errors import NotFound, require
from members.api import PersonSerializer

from ..domain.templating import edit_template, version_in_force, write_template
from ..listing import find_category
from ..models import BODY_MAX, AnswerTemplate, TemplateVersion
from .desk_view import DeskView, colleague


class LetterInput(serializers.Serializer):
    """Fields stand in braces: {prenom}, {idee}, {theme}, {soutiens}, {echeance}, {equipe}, {trimestre}, {lien}."""

    name_fr = serializers.CharField(max_length=80)
    name_en = serializers.CharField(max_length=80)
    body_fr = serializers.CharField(max_length=BODY_MAX)
    body_en = serializers.CharField(max_length=BODY_MAX, required=False, allow_blank=True)
    category = serializers.CharField(
        max_length=40, required=False, allow_null=True, help_text="A theme’s slug; null: any."
    )
    owner = serializers.CharField(max_length=12, required=False, allow_null=True, help_text="A colleague’s id.")


class LetterChange(LetterInput):
    is_active = serializers.BooleanField(
        required=False, help_text="False puts it out of use; answers keep what they had."
    )


class LetterSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="public_id", read_only=True)
    category = serializers.SlugRelatedField("slug", read_only=True)
    owner = PersonSerializer(read_only=True, allow_null=True)
    used = serializers.IntegerField(read_only=True, help_text="How many answers came from it.")

    class Meta:
        model = AnswerTemplate
        fields = ["id", "name_fr", "name_en", "category", "owner", "version", "is_active", "used"]


class LetterVersionSerializer(serializers.ModelSerializer):
    used = serializers.IntegerField(read_only=True)

    class Meta:
        model = TemplateVersion
        fields = ["number", "body_fr", "body_en", "at", "used"]


class LetterView(DeskView):
    def letters(self):
        rows = AnswerTemplate.objects.select_related("category", "owner").defer("owner__password")
        return rows.annotate(used=Count("versions__answers"))

    def said(self, shape: type, **more) -> dict:
        """What was sent, with the theme and the colleague for their names."""
        values = self.asked(shape, **more)
        if "category" in values:
            values["category"] = find_category(values["category"]) if values["category"] else None
        if "owner" in values:
            values["owner"] = colleague(values["owner"], "owner")
        return values


class LettersView(LetterView):
    @extend_schema(operation_id="desk_letters_list", responses=LetterSerializer(many=True))
    def get(self, request):
        """All templates, those in use first. Their texts, filled for an idea, are at `desk/templates/`."""
        return self.page(self.letters().order_by("-is_active", "name_fr", "id"), LetterSerializer)

    @extend_schema(operation_id="desk_letters_create", request=LetterInput, responses={201: LetterSerializer})
    def post(self, request):
        """Write a template; who writes it owns it unless another is named."""
        template = write_template(**self.said(LetterInput), by=request.user)
        shown = LetterSerializer(self.found(self.letters(), template.public_id))
        return Response(shown.data, status=status.HTTP_201_CREATED)


class OneLetterView(LetterView):
    @extend_schema(operation_id="desk_letters_read", responses=LetterSerializer)
    def get(self, request, key):
        """One template; its texts are its versions."""
        return Response(LetterSerializer(self.found(self.letters(), key)).data)

    @extend_schema(operation_id="desk_letters_update", request=LetterChange, responses=LetterSerializer)
    def patch(self, request, key):
        """Rewrite it: another text is another version. What is not named stays."""
        template = self.found(self.letters(), key)
        version = version_in_force(template)
        values = {
            "name_fr": template.name_fr, "name_en": template.name_en, "body_fr": version.body_fr, "body_en": version.body_en,
            "category": template.category, "owner": template.owner, "is_active": template.is_active,
        } | self.said(LetterChange, partial=True)  # fmt: skip
        edit_template(template, **values, by=request.user)
        return Response(LetterSerializer(self.found(self.letters(), key)).data)


class LetterVersionsView(LetterView):
    @extend_schema(operation_id="desk_letters_versions", responses=LetterVersionSerializer(many=True))
    def get(self, request, key):
        """Its texts, the one in force first."""
        template = AnswerTemplate.objects.filter(public_id=key.replace("\x00", "")).first()
        require(template is not None, NotFound())
        return self.page(template.versions.annotate(used=Count("answers")).order_by("-number"), LetterVersionSerializer)
