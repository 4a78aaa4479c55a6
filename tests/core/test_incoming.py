"""Characters that no text holds and encodings that nobody uses: left out or refused before any view reads them."""

import base64
import json
from io import BytesIO

import pytest
from django.core.signals import request_started
from django.db import close_old_connections
from django.urls import reverse

from ideas.models import Idea
from lab.wsgi import application
from tests.factories.ideas import an_idea
from tests.factories.members import PASSWORD, a_member, a_moderator, a_product_owner
from tests.factories.polls import an_open_poll
from trust.models import Report

pytestmark = pytest.mark.django_db
LOGIN = "/_allauth/app/v1/auth/login"
CHARSETS = (
    "zlib",
    "idna",
    "punycode",
    "undefined",
    "base64",
    "unicode_escape",
    "raw_unicode_escape",
    "rot13",
    "utf-16",
    "klingon",
)


@pytest.mark.parametrize("name", ["circle", "tag", "category", "state", "order", "q", "challenge", "cursor"])
def test_nul_in_a_query_is_not_read(client, name):
    idea = an_idea()
    for place in ("/api/v1/ideas/", "/idees/"):
        assert client.get(f"{place}?{name}=%00").content.count(idea.public_id.encode()) >= 1
        assert client.get(f"{place}?{name}=a%00b&%00=1").status_code in (200, 400, 404)


@pytest.mark.parametrize("kind", ["idea", "comment", "picture", "member", "remark"])
def test_nul_in_the_thing_to_report_names_nothing(client, kind):
    assert client.get(f"/signalement/?{kind}=%00").status_code == 200


def test_nul_in_a_form_is_not_read(client):
    owner = a_product_owner()
    idea = an_idea(author=owner)
    client.force_login(owner)
    for url, fields in (
        (reverse("board_desk:item_from_idea"), {"idea": "\x00", "item": "\x00"}),
        (reverse("board_desk:move"), {"quarter": "\x00", "item": "\x00"}),
        (reverse("polls:ballot", args=[an_open_poll().public_id]), {"options": "\x00", "next": "\x00"}),
        (reverse("ideas:new"), {"circle": "\x00", "title": "x\x00"}),
        (reverse("trust:report"), {"url": f"/idees/{idea.public_id}/#comment-\x00", "\x00": "\x00"}),
        (reverse("my_left"), {"kind": "idea\x00", "id": "\x00"}),
    ):
        for media in ({}, {"content_type": "application/x-www-form-urlencoded"}):
            sent = "&".join(f"{k}={v}" for k, v in fields.items()).replace("\x00", "%00") if media else fields
            assert client.post(url, sent, **media).status_code < 500, url


def test_text_of_a_form_keeps_all_but_the_nul(client):
    member = a_member()
    client.force_login(member)
    category = an_idea().category
    client.post(
        reverse("ideas:new"),
        {"title": "Bloquer sa carte\x00 depuis l’appli", "body": "Je voudrais le faire en un geste, le soir aussi.\x00",
         "category": category.slug, "compared": "1"},
    )  # fmt: skip
    assert Idea.objects.get(author=member).title == "Bloquer sa carte depuis l’appli"


@pytest.mark.parametrize("cookie", ["sessionid", "csrftoken", "django_language", "messages", "theme"])
@pytest.mark.parametrize("path", ["/", "/mon-lab/", "/api/v1/me/", "/desk/"])
def test_nul_in_a_cookie_is_not_read(client, cookie, path):
    answer = client.get(path, headers={"Cookie": f'{cookie}="\\000aaaaaaaaaaaaaaaa"'})
    assert answer.status_code in (200, 302, 401)


def asked(method, path, content_type, body=b"", **more):
    """Status and body of what the server's own door answers: the test client makes the request by itself."""
    path, _mark, query = path.partition("?")
    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "CONTENT_TYPE": content_type,
               "CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body), "wsgi.url_scheme": "http",
               "SERVER_NAME": "testserver", "SERVER_PORT": "80"} | more  # fmt: skip
    begun = []
    request_started.disconnect(close_old_connections)  # as the test client does: the test's own stays
    try:
        answer = b"".join(application(environ, lambda status, headers: begun.append(int(status[:3]))))
    finally:
        request_started.connect(close_old_connections)
    return begun[0], answer.decode()


@pytest.mark.parametrize("charset", CHARSETS)
def test_addresses_are_read_as_utf8_whatever_the_charset_claimed(charset):
    idea = an_idea(title="Une épargne pour les études")
    for path in ("/recherche/", "/idees/", "/api/v1/ideas/"):
        for claim in (f"charset={charset}", f'CHARSET="{charset}"; x=y', f"charset = {charset}"):
            status, said = asked("GET", f"{path}?q=%C3%A9tudes", f"text/plain; {claim}")
            assert status == 200 and idea.public_id in said, (path, claim)


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize(
    "media", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "application/json"]
)
def test_a_body_in_another_charset_is_refused(charset, media):
    for path in ("/signalement/", "/api/v1/reports/", "/_allauth/app/v1/auth/login"):
        status, _said = asked("POST", path, f"{media}; charset={charset}", b"{}")
        assert status in (400, 403), path  # 403: a form without its token


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8", "utf8", '"utf-8"'])
def test_a_body_that_says_it_is_utf8_is_read(charset):
    said = json.dumps({"email": "é@example.org", "password": "x"}, ensure_ascii=False).encode()
    status, answer = asked("POST", LOGIN, f"application/json; charset={charset}", said)
    assert status == 400 and '"param": "email"' in answer


@pytest.mark.parametrize(
    "sent",
    [
        {"email": "a@example.org", "password": "\ud800" * 15},
        {"email": "a@example.org", "password": PASSWORD, "\udfff": 1},
    ],
)
def test_half_a_character_signs_nobody_in(client, sent):
    answer = client.generic("POST", LOGIN, json.dumps(sent), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "not_json")


def test_whole_characters_written_as_pairs_sign_in(client):
    a_member(email="a@example.org", password="💶 " + PASSWORD)
    answer = client.generic(
        "POST",
        LOGIN,
        json.dumps({"email": "a@example.org", "password": "💶 " + PASSWORD}),
        content_type="application/json",
    )
    assert answer.status_code in (200, 401) and "code" not in answer.json()


@pytest.mark.parametrize(
    "path", ["tags/", "hold-rules/", "answer-templates/", "challenges/", "circles/", "views/", "ideas/"]
)
def test_half_a_character_in_a_cursor_is_refused(client, path):
    client.force_login(a_moderator() if path == "hold-rules/" else a_product_owner())
    for values in (
        '"\\ud800"',
        '"\\ud800", 1',
        '1, "\\ud800"',
        '"\\ud800", "\\ud800"',
        '1, "\\ud800", 1',
        '"\\ud800", 1, 1',
    ):
        cursor = base64.urlsafe_b64encode(f"[0, {values}]".encode()).decode().rstrip("=")
        assert client.get(f"/api/v1/desk/{path}", {"cursor": cursor}).status_code in (200, 400), values


@pytest.mark.parametrize("url", ["http://[", "http://[x", "//[::1", "http://]/idees/", "[", "http://[v1.x]/#comment-x"])
def test_what_is_no_address_is_reported_by_nobody(client, url):
    said = {"url": url, "reason": "insult", "explanation": "Ce texte insulte une conseillère nommée.", "good_faith": True,
            "name": "Odile Martin", "email": "odile@example.org"}  # fmt: skip
    answer = client.post("/api/v1/reports/", said, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "unknown_content")
    assert client.post("/signalement/", said).status_code == 400
    assert not Report.objects.exists()
