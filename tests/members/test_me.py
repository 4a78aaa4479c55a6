import pytest

from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db
ME = "/api/v1/me/"


def patch(client, **body):
    return client.patch(ME, body, content_type="application/json")


def test_i_read_my_own_account(client):
    member = a_member(nickname="Soazig", region="Bretagne", is_ambassador=True)
    client.force_login(member)
    mine = client.get(ME).json()
    assert mine["id"] == member.public_id and mine["nickname"] == "Soazig" and mine["roles"] == []
    assert mine["segments"] == {"kind": "customer", "activity": "private", "age_band": "", "region": "Bretagne"}
    assert [badge["code"] for badge in mine["badges"]] == ["ambassador"]


def test_staff_read_their_roles_and_their_badge(client):
    client.force_login(a_product_owner(job_title="Responsable de l’appli"))
    mine = client.get(ME).json()
    assert mine["roles"] == ["product_owner"]
    assert mine["badges"] == [{"code": "official", "label": "Responsable de l’appli"}]


def test_i_change_my_name_language_and_segments(client):
    member = a_member()
    client.force_login(member)
    answer = patch(client, nickname="Soazig", language="en", segments={"region": "Bretagne", "age_band": "60+"})
    assert answer.status_code == 200, answer.content
    member.refresh_from_db()
    assert (member.nickname, member.language, member.region, member.age_band) == ("Soazig", "en", "Bretagne", "60+")


def test_what_only_the_server_sets_is_left_as_it_is(client):
    member = a_member(email="soazig@exemple.fr")
    client.force_login(member)
    patch(
        client, email="autre@exemple.fr", roles=["administrator"], is_staff=True, badges=[{"code": "official"}], id="x"
    )
    member.refresh_from_db()
    assert (member.email, member.is_staff, member.is_ambassador) == ("soazig@exemple.fr", False, False)


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [({"nickname": "Conseiller"}, "nickname", "nickname_reserved"), ({"bio": "4111 1111 1111 1111"}, "bio", "private_data"),
     ({"segments": {"region": "Atlantide"}}, "segments.region", "invalid_choice"),
     ({"language": "de"}, "language", "invalid_choice")],
)  # fmt: skip
def test_a_refusal_names_its_field(client, body, field, code):
    client.force_login(a_member())
    answer = patch(client, **body)
    assert answer.status_code == 400
    assert [(error["field"], error["code"]) for error in answer.json()["errors"]] == [(field, code)]
    assert "4111" not in answer.content.decode()


def test_signed_out_there_is_no_me(client):
    assert client.get(ME).status_code == 401 and patch(client, nickname="X").status_code == 401
