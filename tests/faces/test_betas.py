"""Refusals of betas through the page and the API, and what each may read."""

import json
from pathlib import Path

import pytest
from django.urls import reverse

from betas.models import Enrolment, Finding
from tests.factories.betas import a_finding, a_mission, a_programme, a_screenshot, a_tester, an_enrolment
from tests.factories.members import a_member, a_product_owner, an_auditor

pytestmark = pytest.mark.django_db
CARD = "4970 1000 0000 0154"


def api(programme, rest=""):
    return f"/api/v1/betas/{programme.public_id}/{rest}"


def put(client, address, **body):
    return client.put(address, json.dumps(body), content_type="application/json")


def test_member_applies_is_accepted_signs_and_files_through_the_api(client):
    programme = a_programme(accepts_at_once=True, feature_flag="card_pause")
    tester = a_member()
    client.force_login(tester)
    seen = client.get(api(programme)).json()
    assert (seen["can_apply"], seen["my_enrolment"], seen["feature_flag"]) == (True, None, None)
    answer = put(client, api(programme, "enrolment/"), motivation="Je perds ma carte.", device="Pixel 9").json()
    assert (answer["my_enrolment"]["state"], answer["my_enrolment"]["must_sign"]) == ("accepted", True)
    version = answer["charter"]["version"]
    answer = put(client, api(programme, "enrolment/"), charter_version=version).json()
    assert answer["my_enrolment"]["state"] == "agreed"
    programme.state = "running"
    programme.save(update_fields=["state"])
    assert client.get(api(programme)).json()["feature_flag"] == "card_pause"
    mission = a_mission(programme)
    listed = client.get(api(programme, "missions/")).json()["results"]
    assert [row["id"] for row in listed] == [mission.public_id]
    done = put(client, api(programme, f"missions/{mission.public_id}/"), steps=[0, 1, 2]).json()
    assert done["done_at"]
    filed = client.post(
        api(programme, "findings/"),
        {"title": "Bouton gris", "body": "Il ne répond plus du tout.", "severity": "major", "mission": mission.public_id,
         "screenshots": [a_screenshot(), a_screenshot()]},
    )  # fmt: skip
    assert filed.status_code == 201, filed.content
    shots = filed.json()["screenshots"]
    picture = client.get(shots[0]["url"])
    assert picture.status_code == 200 and picture["Content-Type"] == "image/webp"
    assert picture["Cache-Control"] == "private, no-store"
    assert client.get(api(programme, "findings/")).json()["results"][0]["state"] == "new"
    assert client.delete(api(programme, "enrolment/")).json()["my_enrolment"]["state"] == "withdrawn"
    assert client.delete(api(programme, "enrolment/")).status_code == 200


def test_enrolment_put_twice_is_one(client):
    programme = a_programme()
    client.force_login(a_member())
    assert put(client, api(programme, "enrolment/")).status_code == 200
    assert put(client, api(programme, "enrolment/")).status_code == 200
    assert Enrolment.objects.count() == 1


def full():
    programme = a_programme(seats=1, has_waiting_list=False)
    a_tester(programme)
    return programme


@pytest.mark.parametrize(
    ("programme", "member", "status", "code"),
    [
        (full, {}, 409, "beta_full"),
        (lambda: a_programme(eligible_kinds=["customer"]), {"kind": "prospect"}, 403, "not_eligible"),
        (lambda: a_programme(state="closed"), {}, 409, "beta_not_open"),
    ],
)
def test_application_is_refused_by_the_api_and_by_the_page(client, programme, member, status, code):
    programme = programme()
    client.force_login(a_member(**member))
    refused = put(client, api(programme, "enrolment/"))
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused["Content-Type"] == "application/problem+json"
    assert client.get(api(programme)).json()["cannot_apply"]["code"] == code
    page = client.post(reverse("betas:apply", args=[programme.public_id]), {"motivation": "Je voudrais essayer."})
    assert page.status_code == 400
    assert refused.json()["detail"] in page.content.decode().replace("&#x27;", "'")


def test_visitor_is_sent_to_the_door_and_the_api_says_401(client):
    programme = a_programme()
    assert put(client, api(programme, "enrolment/")).status_code == 401
    for rest in ("missions/", "findings/"):
        assert client.get(api(programme, rest)).status_code == 401
    page = client.post(reverse("betas:apply", args=[programme.public_id]), {})
    assert page.status_code == 302 and "next=" in page["Location"]
    assert client.get(reverse("betas:report", args=[programme.public_id])).status_code == 302


def test_card_number_is_refused_and_what_was_typed_is_kept_and_can_be_sent_masked(client):
    programme = a_programme()
    client.force_login(a_member())
    address, typed = reverse("betas:apply", args=[programme.public_id]), {"motivation": f"Ma carte {CARD} se perd"}
    refused = client.post(address, typed)
    words = refused.content.decode()
    assert refused.status_code == 400 and 'name="masked"' in words and "se perd" in words and CARD not in words
    assert not Enrolment.objects.exists()
    assert put(client, api(programme, "enrolment/"), **typed).json()["code"] == "private_data"
    client.post(address, typed | {"masked": "1"})
    assert Enrolment.objects.get().motivation == "Ma carte •••• se perd"


def test_finding_is_refused_at_its_field_and_what_was_typed_is_kept(client):
    tester = a_tester()
    client.force_login(tester.member)
    address = reverse("betas:report", args=[tester.programme.public_id])
    refused = client.post(address, {"kind": "issue", "title": "Bouton gris", "body": f"Avec la carte {CARD} voilà"})
    words = refused.content.decode()
    assert refused.status_code == 400 and "Bouton gris" in words and 'name="masked"' in words and CARD not in words
    for typed in ({"kind": CARD, "title": "Bouton gris"}, {"kind": "issue", "title": ""}):
        refused = client.post(address, typed | {"body": f"Avec la carte {CARD} voilà", "device": CARD})
        assert refused.status_code == 400 and CARD not in refused.content.decode()
    fake = a_screenshot()
    fake.file.seek(0)
    fake.file.truncate()
    fake.file.write(b"no picture")
    fake.size = 10
    body = {"kind": "issue", "title": "Bouton gris", "body": "Il ne répond plus."}
    refused = client.post(address, body | {"screenshots": [fake]})
    assert refused.status_code == 400 and "id_screenshots_error" in refused.content.decode()
    assert not Finding.objects.exists()
    sent = client.post(address, body | {"screenshots": [a_screenshot()]})
    assert sent.status_code == 302 and Finding.objects.get().images.count() == 1


def test_api_names_the_field_of_a_refused_finding(client):
    tester = a_tester()
    client.force_login(tester.member)
    refused = client.post(
        api(tester.programme, "findings/"), json.dumps({"title": "Oh", "body": "Il ne répond plus."}),
        content_type="application/json",
    )  # fmt: skip
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "title")
    foreign = a_mission().public_id
    refused = client.post(
        api(tester.programme, "findings/"), {"title": "Bouton gris", "body": "Il ne répond plus.", "mission": foreign}
    )
    assert refused.json()["code"] == "unknown_mission"
    assert client.post(api(tester.programme, "findings/"), "{", content_type="application/json").status_code == 400


@pytest.mark.parametrize("state", ["applied", "accepted"])
def test_missions_are_for_testers_who_signed(client, state):
    enrolment = an_enrolment(a_programme(state="running"), state=state)
    mission = a_mission(enrolment.programme)
    client.force_login(enrolment.member)
    assert client.get(api(enrolment.programme, "missions/")).status_code == 403
    address = reverse("betas:mission", args=[enrolment.programme.public_id, mission.public_id])
    assert client.get(address).status_code == 403


def test_finding_and_its_screenshot_are_read_by_the_author_and_the_bank_alone(client):
    tester, other = a_tester(), a_tester()
    client.force_login(tester.member)
    client.post(
        api(tester.programme, "findings/"),
        {"title": "Bouton gris", "body": "Il ne répond plus.", "screenshots": [a_screenshot()]},
    )
    finding = Finding.objects.get()
    image = finding.images.get()
    ids = [tester.programme.public_id, finding.public_id]
    addresses = [
        reverse("betas:finding", args=ids),
        reverse("betas:picture", args=[*ids, image.public_id]),
        api(tester.programme, f"findings/{finding.public_id}/"),
        api(tester.programme, f"findings/{finding.public_id}/images/{image.public_id}/"),
    ]
    for reader, status in ((tester.member, 200), (an_auditor(), 200), (other.member, 404), (a_member(), 404)):
        client.force_login(reader)
        assert [client.get(address).status_code for address in addresses] == [status] * 4
    client.logout()
    assert [client.get(address).status_code for address in addresses] == [302, 302, 404, 404]


def test_screenshot_is_not_under_the_public_media(client, settings):
    tester = a_tester()
    client.force_login(tester.member)
    client.post(
        api(tester.programme, "findings/"),
        {"title": "Bouton gris", "body": "Il ne répond plus.", "screenshots": [a_screenshot()]},
    )
    name = Finding.objects.get().images.get().file.name
    assert client.get(f"{settings.MEDIA_URL}{name}").status_code == 404


def test_tester_answers_a_question_on_the_page(client):
    finding = a_finding(state="needs_info", reply="Quel téléphone avez-vous ?", reply_signature="Hugo")
    client.force_login(finding.enrolment.member)
    address = reverse("betas:finding", args=[finding.programme.public_id, finding.public_id])
    assert "Quel téléphone avez-vous" in client.get(address).content.decode()
    assert client.post(address, {"details": "Un Pixel 9"}).status_code == 302
    assert Finding.objects.get().details == "Un Pixel 9"
    again = client.patch(
        api(finding.programme, f"findings/{finding.public_id}/"), json.dumps({"details": "Et Android 16"}),
        content_type="application/json",
    )  # fmt: skip
    assert (again.status_code, again.json()["code"]) == (409, "no_question")


def test_tester_signs_ticks_and_leaves_on_the_site(client):
    enrolment = an_enrolment(a_programme(state="running"), state="accepted")
    programme, mission = enrolment.programme, a_mission(enrolment.programme)
    client.force_login(enrolment.member)
    sign = reverse("betas:sign", args=[programme.public_id])
    assert client.post(sign, {"version": "1"}).status_code == 400
    assert client.post(sign, {"version": "9", "agree": "on"}).status_code == 400
    assert client.post(sign, {"version": "1", "agree": "on"}).status_code == 302
    page = reverse("betas:mission", args=[programme.public_id, mission.public_id])
    assert client.get(page).status_code == 200
    client.post(page, {"steps": ["0", "2"]})
    assert client.get(page).content.decode().count(" checked") == 2
    leave = reverse("betas:leave", args=[programme.public_id])
    assert client.get(leave).status_code == 200
    client.post(leave)
    assert Enrolment.objects.get().state == "withdrawn"


def test_interest_is_told_and_taken_back_on_both_faces(client):
    programme = a_programme(state="interest")
    client.force_login(a_member())
    client.post(reverse("betas:interest", args=[programme.public_id]))
    assert client.get(api(programme)).json()["interested"] is True
    assert client.delete(api(programme, "interest/")).json() == {"interested": False}
    assert put(client, api(programme, "interest/")).json() == {"interested": True}


def test_unknown_id_unknown_state_and_bad_cursor_are_refused_clearly(client):
    assert client.get("/api/v1/betas/nothing/").status_code == 404
    assert client.get("/api/v1/betas/?state=draft").json()["code"] == "unknown_state"
    assert client.get("/api/v1/betas/?cursor=zzz").json()["code"] == "bad_cursor"
    assert client.get(reverse("betas:short", args=["nothing"])).status_code == 404


def test_english_pages_are_english(client):
    programme = a_programme()
    from django.utils import translation

    with translation.override("en"):
        address = programme.get_absolute_url()
    assert address.startswith("/en/beta-tests/")
    assert "All beta tests" in client.get(address).content.decode()


def test_staff_cannot_take_a_members_seat(client):
    programme = a_programme()
    client.force_login(a_product_owner())
    assert put(client, api(programme, "enrolment/")).json()["rule"] == "staff"


@pytest.mark.parametrize("who", ["author", "bank"])
def test_picture_that_shows_too_much_is_deleted_with_its_file(client, who, django_capture_on_commit_callbacks):
    tester = a_tester()
    client.force_login(tester.member)
    client.post(
        api(tester.programme, "findings/"),
        {"title": "Bouton gris", "body": "Il ne répond plus.", "screenshots": [a_screenshot(), a_screenshot()]},
    )
    finding = Finding.objects.get()
    first, second = finding.images.all()
    path = first.file.path
    page = reverse("betas:picture", args=[tester.programme.public_id, finding.public_id, first.public_id])
    rest = api(tester.programme, f"findings/{finding.public_id}/images/{second.public_id}/")
    for stranger, status in ((a_member(), 404), (an_auditor(), 403)):
        client.force_login(stranger)
        assert client.post(page).status_code == status
        assert client.delete(rest).status_code == status
    client.force_login(tester.member if who == "author" else a_product_owner())
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page).status_code == 302
        assert client.delete(rest).status_code == 204
    assert not finding.images.exists()
    assert not Path(path).exists()
    assert client.get(page).status_code == 404
