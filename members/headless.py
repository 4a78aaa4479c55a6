"""What allauth's own API says of a member, in the rules of the house."""

import dataclasses

from allauth.headless.adapter import DefaultHeadlessAdapter


class HeadlessAdapter(DefaultHeadlessAdapter):
    """The member's `id` is the public one, as everywhere: the integer key never leaves the server."""

    def user_as_dataclass(self, user):
        told = super().user_as_dataclass(user)
        return dataclasses.replace(told, id=user.public_id if user.pk else None)

    def get_user_dataclass(self):
        told = dataclasses.fields(super().get_user_dataclass())
        fields = [(field.name, field.type, dataclasses.field(metadata=field.metadata)) for field in told]
        about = {"description": "The member's public id.", "example": "k7m2p9w4x3vq"}
        return dataclasses.make_dataclass(
            "User",
            [("id", str | None, dataclasses.field(metadata=about)) if field[0] == "id" else field for field in fields],
        )
