"""The drawings of the house that stand beside options, as files an app can show."""

from django.http import HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.views import APIView

from core.api.files import AnyFile
from core.drawings import drawing
from core.errors import NotFound, require

from ..states import Drawing

DAY = 86_400


@method_decorator(cache_control(public=True, max_age=DAY), name="dispatch")
class DrawingView(APIView):
    content_negotiation_class = AnyFile
    authentication_classes = ()  # the same for everyone
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="polls_drawing",
        parameters=[
            OpenApiParameter("name", str, "path", enum=Drawing.values),
            OpenApiParameter("for", str, description="night: in the colours of a dark ground.", enum=["night"]),
        ],
        responses={(200, "image/svg+xml"): OpenApiTypes.BINARY},
    )
    def get(self, request, name):
        """A drawing of the house as SVG with colours of its own: the `drawing_url` of an option. Kept by any cache for a day."""
        require(name in Drawing.values, NotFound())
        svg = drawing(name, at_night=request.GET.get("for") == "night")
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox"}
        return HttpResponse(svg, content_type="image/svg+xml", headers=headers)
