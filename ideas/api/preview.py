"""A text as it would be read, before it is sent: Markdown made safe HTML, masked as it would be published."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from core.shield import for_public, refuse_private
from core.text import render_markdown

from ..models import BODY_MAX, TITLE_MAX


class PreviewInput(serializers.Serializer):
    title = serializers.CharField(max_length=TITLE_MAX, required=False, allow_blank=True, default="")
    body = serializers.CharField(max_length=BODY_MAX, help_text="Markdown.")


class PreviewSerializer(serializers.Serializer):
    title = serializers.CharField()
    body_html = serializers.CharField(help_text="Safe HTML: no image, no raw HTML, headings from level 3.")


class PreviewView(APIView):
    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="ideas_preview", request=PreviewInput, responses={200: PreviewSerializer})
    def post(self, request):
        """An idea or a comment as it would be read. What posting would refuse (a card number …) is refused here. Nothing is
        kept."""
        said = PreviewInput(data=request.data)
        said.is_valid(raise_exception=True)
        texts = said.validated_data
        refuse_private(title=texts["title"], body=texts["body"])
        shown = {"title": for_public(texts["title"]), "body_html": render_markdown(for_public(texts["body"]))}
        return Response(PreviewSerializer(shown).data)
