"""`a_circle(members=[...])`: by invitation, with these people in it."""

from members.models import Circle, CircleMember
from members.states import Joining


def a_circle(*, members=(), **fields) -> Circle:
    fields.setdefault("name_fr", "Les artisans du littoral")
    fields.setdefault("name_en", "Craftspeople of the coast")
    circle = Circle.objects.create(**fields)
    for member in members:
        CircleMember.objects.create(circle=circle, member=member, joining=Joining.IN)
    return circle
