"""Pictures of a poll for staff's own tools: sent as a file, made anew of their pixels, kept under a name of chance."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.response import Response

from ..domain.picturing import drop_picture, drop_visual, put_picture, put_visual
from .desk import DeskPoll
from .desk_shapes import DeskPollSerializer


class PictureInput(serializers.Serializer):
    image = serializers.FileField(help_text="JPEG, PNG or WebP, 10 MB and 40 megapixels at most.")


class VisualInput(PictureInput):
    image_alt = serializers.CharField(
        allow_blank=True, required=False, default="", help_text="What it shows, for who does not see it."
    )


class DeskVisualView(DeskPoll):
    @extend_schema(
        operation_id="desk_polls_visual_put", request={"multipart/form-data": VisualInput}, responses=DeskPollSerializer
    )
    def put(self, request, public_id, question_id):
        """Show a picture above a question: a visual to react to, in a consultation.

        Refused with 400 `no_alternative_text`, `not_an_image`, `image_too_large`, `private_data`; 409 `poll_frozen`.
        """
        poll, asked = self.poll(public_id), self.asked(VisualInput)
        put_visual(poll, question_id, asked["image"], alt=asked["image_alt"], by=request.user)
        return self.whole(public_id)

    @extend_schema(operation_id="desk_polls_visual_drop", request=None, responses={200: DeskPollSerializer})
    def delete(self, request, public_id, question_id) -> Response:
        """Take it away, with its words; again changes nothing."""
        drop_visual(self.poll(public_id), question_id, by=request.user)
        return self.whole(public_id)


class DeskPictureView(DeskPoll):
    @extend_schema(
        operation_id="desk_polls_picture_put", request={"multipart/form-data": PictureInput},
        responses=DeskPollSerializer,
    )  # fmt: skip
    def put(self, request, public_id, option_id):
        """Show a picture beside an option. Refused with 400 `not_an_image`, `image_too_large`; 409 `poll_frozen`."""
        poll, asked = self.poll(public_id), self.asked(PictureInput)
        put_picture(poll, option_id, asked["image"], by=request.user)
        return self.whole(public_id)

    @extend_schema(operation_id="desk_polls_picture_drop", request=None, responses={200: DeskPollSerializer})
    def delete(self, request, public_id, option_id) -> Response:
        """Take it away; again changes nothing."""
        drop_picture(self.poll(public_id), option_id, by=request.user)
        return self.whole(public_id)
