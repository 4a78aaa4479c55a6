"""Who sits at the desk; a test whose person is another one has its own `owner`."""

import pytest

from tests.factories.members import a_product_owner


@pytest.fixture
def owner(client):
    """A product owner with a name, signed in."""
    member = a_product_owner(nickname="Claire Vasseur")
    client.force_login(member)
    return member
