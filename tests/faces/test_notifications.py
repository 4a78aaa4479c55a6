"""The same rules through the page, the mail's link and the API."""

import json

import pytest
from django.urls import reverse

from notifications.domain.preferring import choose, stop_mail, wishes_of
from notifications.models import Notification
from notifications.signing import stop_path, stop_token
from notifications.states import Topic, Wish, topics_for
from tests.factories.members import a_member, a_product_owner
from tests.factories.notifications import a_notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def note():
    return a_notification()


@pytest.fixture
def inside(client, note):
    client.force_login(note.member)
    return client


def test_visitor_is_shown_the_door(client, note):
    for name in ("inbox", "preferences", "read_all"):
        answer = (
            client.post(reverse("notifications:read_all"))
            if name == "read_all"
            else client.get(reverse(f"notifications:{name}"))
        )
        assert answer.status_code == 302
        assert "connexion" in answer["Location"]
    assert client.get("/api/v1/notifications/").status_code == 401
    assert client.post("/api/v1/notifications/read/", {"all": True}, "application/json").status_code == 401


def test_inbox_shows_what_is_unread_and_marks_it_when_it_is_opened(inside, note):
    page = inside.get("/notifications/").content.decode()
    assert "is-new-note" in page
    answer = inside.get(reverse("notifications:open", args=[note.public_id]))
    assert answer["Location"].startswith("/sondages/")
    assert "is-new-note" not in inside.get("/notifications/").content.decode()


def test_inbox_speaks_both_languages(inside):
    assert "La banque a décidé, et dit pourquoi" in inside.get("/notifications/").content.decode()
    assert "The bank has decided, and says why" in inside.get("/en/notifications/").content.decode()


def test_notification_of_another_is_not_found(client, note):
    client.force_login(a_member())
    assert client.get(reverse("notifications:open", args=[note.public_id])).status_code == 404
    answer = client.post("/api/v1/notifications/read/", {"ids": [note.public_id]}, "application/json")
    assert answer.status_code == 200
    note.refresh_from_db()
    assert note.is_unread


def test_what_is_gone_says_so_and_stays_in_the_inbox(client):
    note = a_notification(subject_type="idea", subject_id=999_999, kind="idea_moved")
    client.force_login(note.member)
    answer = client.get(reverse("notifications:open", args=[note.public_id]), follow=True)
    assert "ne peut plus être lu" in answer.content.decode()


def test_all_are_marked_read_by_one_button(inside, note):
    inside.post(reverse("notifications:read_all"))
    note.refresh_from_db()
    assert not note.is_unread


def test_empty_inbox_says_what_to_do(client):
    client.force_login(a_member())
    assert "Soutenez une idée" in client.get("/notifications/").content.decode()
    assert "Un autre filtre" in client.get("/notifications/?show=betas").content.decode()


def test_broken_cursor_is_refused_with_a_sentence(inside):
    assert inside.get("/notifications/?cursor=!!").status_code == 400
    answer = inside.get("/api/v1/notifications/?cursor=!!")
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_cursor")


def test_preferences_are_saved_line_by_line(inside, note):
    data = {f"{topic}-mail": "weekly" for topic in topics_for(note.member)} | {"polls-inbox": "on"}
    assert inside.post(reverse("notifications:preferences"), data).status_code == 302
    wishes = wishes_of(note.member)
    assert {wish.mail for wish in wishes.values()} == {"weekly"}
    assert [topic for topic, wish in wishes.items() if wish.inbox] == [Topic.POLLS]


def test_preferences_answer_a_choice_at_once(inside, note):
    data = {f"{topic}-mail": "daily" for topic in topics_for(note.member)}
    answer = inside.post(reverse("notifications:preferences"), data, headers={"HX-Request": "true"})
    assert "Enregistré" in answer.content.decode()


def test_incomplete_preferences_change_nothing(inside, note):
    before = wishes_of(note.member)
    answer = inside.post(reverse("notifications:preferences"), {"polls-mail": "sometimes"})
    assert answer.status_code == 400
    assert "Il manque un choix" in answer.content.decode()
    assert wishes_of(note.member) == before


def test_themes_owner_alone_chooses_about_new_ideas():
    assert Topic.DESK in topics_for(a_product_owner())
    assert Topic.DESK not in topics_for(a_member())


def test_all_mail_is_stopped_by_one_button(inside, note):
    inside.post(reverse("notifications:preferences"), {"none": "1"})
    assert {wish.mail for wish in wishes_of(note.member).values()} == {"never"}


def test_mails_link_asks_first_and_stops_without_signing_in(client, note):
    link = stop_path(note.member, Topic.POLLS)
    assert "Un sondage me concerne" in client.get(link).content.decode()
    assert wishes_of(note.member)[Topic.POLLS].mail == "daily"
    assert "C’est fait" in client.post(link).content.decode()
    assert wishes_of(note.member)[Topic.POLLS].mail == "never"
    assert wishes_of(note.member)[Topic.BETAS].mail == "now"


def test_mail_program_stops_it_in_one_click_without_a_session(note):
    from django.test import Client

    program = Client(enforce_csrf_checks=True)
    link = stop_path(note.member, Topic.POLLS)
    assert program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert wishes_of(note.member)[Topic.POLLS].mail == "never"


def test_digests_link_stops_all_mail(client, note):
    client.post(stop_path(note.member, "all"))
    assert {wish.mail for wish in wishes_of(note.member).values()} == {"never"}


@pytest.mark.parametrize("change", ["x", "", ":"])
def test_forged_link_is_not_found(client, note, change):
    token = stop_token(note.member, Topic.POLLS)
    forged = token[:-1] + change if change else stop_token(note.member, "unknown")
    assert client.post(reverse("notifications:stop", args=[forged])).status_code == 404


def test_what_the_law_asks_for_cannot_be_stopped(client, note):
    assert client.post(stop_path(note.member, Topic.REMOVAL)).status_code == 404
    from core.errors import DomainError

    with pytest.raises(DomainError):
        stop_mail(note.member, Topic.REMOVAL)


def test_api_lists_ones_own_and_marks_them_read(inside, note):
    a_notification()
    [row] = inside.get("/api/v1/notifications/").json()["results"]
    assert row["id"] == note.public_id
    assert row["subject"]["type"] == "poll"
    assert row["lead"] == "La banque a décidé, et dit pourquoi"
    assert row["read"] is False
    answer = inside.post("/api/v1/notifications/read/", {"ids": [note.public_id]}, "application/json")
    assert answer.json() == {"unread_count": 0}
    assert inside.get("/api/v1/notifications/").json()["results"][0]["read"] is True
    Notification.objects.update(read_at=None)
    assert inside.post("/api/v1/notifications/read/", {"all": True}, "application/json").json()["unread_count"] == 0


@pytest.mark.parametrize("body", [{}, {"ids": []}, {"ids": "x"}, {"ids": [{"a": 1}]}])
def test_api_says_what_is_missing(inside, body):
    answer = inside.post("/api/v1/notifications/read/", body, "application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")


def test_api_pages_by_cursor(inside, note):
    for _number in range(2):
        a_notification(note.member)
    first = inside.get("/api/v1/notifications/?page_size=2").json()
    second = inside.get(first["next"]).json()
    assert (len(first["results"]), len(second["results"]), second["next"]) == (2, 1, None)


API = "/api/v1/notifications/preferences/"


def patch(client, lines):
    return client.patch(API, json.dumps(lines), content_type="application/json")


def test_preferences_are_read_and_changed_by_the_api(inside, note):
    lines = {line["topic"]: line for line in inside.get(API).json()}
    assert set(lines) == set(topics_for(note.member)) and Topic.REMOVAL not in lines
    assert (lines["polls"]["label"], lines["polls"]["mail"]) == ("Un sondage me concerne", "daily")
    answer = patch(inside, [{"topic": "polls", "inbox": False, "mail": "weekly"}])
    assert answer.status_code == 200
    assert wishes_of(note.member)["polls"] == Wish(False, "weekly")
    assert wishes_of(note.member)["betas"] == Wish(True, "now")


@pytest.mark.parametrize(
    "wrong",
    [{"topic": "removal"}, {"topic": "desk"}, {"topic": "nothing"}, {"mail": "sometimes"}, {"inbox": "perhaps"}],
)
def test_a_wrong_line_changes_none(inside, note, wrong):
    before = wishes_of(note.member)
    right = {"topic": "betas", "inbox": False, "mail": "never"}
    answer = patch(inside, [right, {"topic": "polls", "inbox": True, "mail": "daily"} | wrong])
    assert answer.status_code == 400 and wishes_of(note.member) == before
    assert patch(inside, {"topic": "polls"}).status_code == 400


def test_preferences_of_a_visitor_are_nobodys(client):
    assert client.get(API).status_code == 401 and patch(client, []).status_code == 401


def test_stopping_twice_changes_nothing_and_the_same_page_takes_it_back(client, note):
    member, link = note.member, stop_path(note.member, Topic.BETAS)
    choose(Topic.BETAS, inbox=False, mail="weekly", by=member)
    for _again in range(2):
        assert 'name="undo"' in client.post(link).content.decode()
    assert wishes_of(member)[Topic.BETAS] == Wish(False, "never")
    assert 'name="undo"' in client.get(link).content.decode()  # the link followed again later
    for _again in range(2):
        assert "Nous vous écrivons de nouveau" in client.post(link, {"undo": "1"}).content.decode()
    assert wishes_of(member)[Topic.BETAS] == Wish(False, "weekly")
    assert 'name="undo"' not in client.get(link).content.decode()


def test_link_of_a_summary_stops_what_comes_in_it_and_nothing_else(client, note):
    member, link = note.member, stop_path(note.member, "daily")
    before = wishes_of(member)
    client.post(link)
    after = wishes_of(member)
    daily = {topic for topic in before if before[topic].mail == "daily"}
    assert daily and {topic for topic in after if after[topic] != before[topic]} == daily
    assert after[Topic.MY_IDEA].mail == "now"
    client.post(link, {"undo": "1"})
    assert wishes_of(member) == before


def test_what_was_stopped_by_hand_is_not_brought_back_by_the_link(client, note):
    choose(Topic.POLLS, inbox=True, mail="never", by=note.member)
    client.post(stop_path(note.member, Topic.POLLS), {"undo": "1"})
    assert wishes_of(note.member)[Topic.POLLS].mail == "never"


def test_undoing_needs_the_signed_link_and_does_not_send_what_waited(client):
    note = a_notification(mail="daily")
    link = stop_path(note.member, Topic.POLLS)
    client.post(link)
    client.post(link, {"undo": "1"})
    note.refresh_from_db()
    assert note.mail == "never"
    assert client.post(link[:-3] + "x/", {"undo": "1"}).status_code == 404
