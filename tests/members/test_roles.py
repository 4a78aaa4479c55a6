import pytest

from core.roles import MODERATOR, PRODUCT_OWNER, has_role
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db


def test_role_is_held_through_its_group_alone():
    assert has_role(a_product_owner(), PRODUCT_OWNER)
    assert not has_role(a_product_owner(), MODERATOR)
    assert not has_role(a_member(), PRODUCT_OWNER)
