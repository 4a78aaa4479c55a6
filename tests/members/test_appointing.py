import pytest

from core.errors import DomainError, NotAllowed
from core.roles import ADMINISTRATOR, ALL, EXPERT, MODERATOR
from members.domain.appointing import set_roles
from tests.factories.members import a_member, a_moderator, a_staff_member

pytestmark = pytest.mark.django_db


def an_administrator():
    return a_staff_member(ADMINISTRATOR, is_superuser=True)


def test_roles_make_staff_and_their_absence_unmakes_it():
    member, admin = a_member(), an_administrator()
    member = set_roles(member, [EXPERT, MODERATOR], by=admin)
    assert member.is_staff and member.role_names == {EXPERT, MODERATOR}
    member = set_roles(member, [], by=admin)
    assert not member.is_staff and not member.groups.exists()


@pytest.mark.parametrize("role", ALL)
def test_every_role_opens_the_desk(role):
    assert a_staff_member(role).has_perm("wagtailadmin.access_admin")
    assert not a_member().has_perm("wagtailadmin.access_admin")


def test_only_administrators_give_roles():
    with pytest.raises(NotAllowed):
        set_roles(a_member(), [EXPERT], by=a_moderator())


def test_an_unknown_role_is_refused():
    with pytest.raises(DomainError) as refused:
        set_roles(a_member(), ["king"], by=an_administrator())
    assert refused.value.code == "unknown_role"


def test_the_last_administrator_stays_one():
    admin = an_administrator()
    with pytest.raises(DomainError) as refused:
        set_roles(admin, [EXPERT], by=admin)
    assert refused.value.code == "last_administrator"
    an_administrator()
    assert not set_roles(admin, [EXPERT], by=admin).is_superuser
