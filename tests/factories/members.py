"""Plain factories: `a_member()`, `a_product_owner()`. Any field can be given."""

from django.contrib.auth.models import Group

from core import roles
from members.models import Member

from .naming import serials

_serials = serials()
PASSWORD = "un-mot-de-passe-long"


def a_member(**fields) -> Member:
    serial = next(_serials)
    password = fields.pop("password", None)
    fields.setdefault("email", f"membre{serial}@example.org")
    fields.setdefault("nickname", f"Membre {serial}")
    fields.setdefault("kind", "customer")
    return Member.objects.create_user(password=password, **fields)


def an_administrator(**fields) -> Member:
    return a_staff_member(roles.ADMINISTRATOR, **fields)


def a_staff_member(*role_names: str, **fields) -> Member:
    member = a_member(is_staff=True, **fields)
    member.groups.set([Group.objects.get_or_create(name=name)[0] for name in role_names])
    return member


def a_product_owner(**fields) -> Member:
    return a_staff_member(roles.PRODUCT_OWNER, **fields)


def a_moderator(**fields) -> Member:
    return a_staff_member(roles.MODERATOR, **fields)


def an_expert(**fields) -> Member:
    return a_staff_member(roles.EXPERT, **fields)


def a_board_member(**fields) -> Member:
    return a_staff_member(roles.BOARD_MEMBER, **fields)


def a_board_chair(**fields) -> Member:
    return a_staff_member(roles.BOARD_CHAIR, **fields)


def an_auditor(**fields) -> Member:
    return a_staff_member(roles.AUDITOR, **fields)
