import pytest

from lab.api_docs import groups

pytestmark = pytest.mark.django_db


def test_the_api_page_shows_every_operation_of_the_schema(client):
    page = client.get("/api/v1/docs/").content.decode()
    assert 'lang="en"' in page
    operations = [one for group in groups() for one in group.operations]
    assert operations
    for one in operations:
        assert f'id="{one.anchor}"' in page


def test_the_schema_holds_nothing_but_the_api():
    assert all(one.path.startswith("/api/v1/") for group in groups() for one in group.operations)


@pytest.mark.parametrize("version", ["2", "a\r\nSet-Cookie: b=c", "\x00", "é" * 50])
def test_a_version_that_is_asked_for_stands_in_no_head(client, version):
    answer = client.get("/api/v1/schema/", {"version": version, "lang": version})
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('inline; filename="Customer Lab.')
