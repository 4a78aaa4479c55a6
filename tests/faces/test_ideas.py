"""The same refusals through the page and the API: clear words, nothing stored, what was typed is kept."""

import io
import json
import logging
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from ideas.domain.merging import merge_idea
from ideas.models import Comment, Idea, IdeaImage
from tests.factories.ideas import a_category, a_comment, an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = pytest.mark.django_db
TITLE = "Une alerte la veille des prélèvements"
BODY = "Le 5 de chaque mois, le loyer et l’électricité passent le même jour."
CARD = "4539 1488 0343 6467"
API = "/api/v1/ideas/"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def theme():
    return a_category(slug="compte")


@pytest.fixture
def member(client):
    member = a_member()
    client.force_login(member)
    return member


def png(width=40, height=30, name="ecran.png"):
    out = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/png")


def bomb():
    """A PNG that says it has 400 megapixels, in a few hundred bytes."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    data = (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )
    return SimpleUploadedFile("grand.png", data, content_type="image/png")


def typed(theme, **changes):
    return {"title": TITLE, "body": BODY, "category": theme.slug, "compared": "1"} | changes


def post_api(client, data, **kwargs):
    return client.post(API, json.dumps(data), content_type="application/json", **kwargs)


def test_member_posts_an_idea_by_the_page(client, member, theme):
    response = client.post("/idees/proposer/", typed(theme, image_0=png(), alt_0="L’écran des opérations"))
    idea = Idea.objects.get()
    assert response.url.startswith(idea.get_absolute_url())
    picture = idea.images.get()
    assert picture.alt == "L’écran des opérations" and picture.width == 40
    page = client.get(response.url).content.decode()
    assert picture.small_url in page and "L’écran des opérations" in page and "draft-keeper data-clear" in page


def test_member_posts_an_idea_by_the_api(client, member, theme):
    response = post_api(client, {"title": TITLE, "body": BODY, "category": theme.slug})
    assert response.status_code == 201
    found = response.json()
    assert found["id"] == Idea.objects.get().public_id and found["vote_count"] == 0 and found["can_edit"]
    assert found["state"] == "new" and found["category"] == {"slug": "compte", "name": theme.name_fr}
    assert client.get(f"{API}{found['id']}/").json()["title"] == TITLE
    assert [row["id"] for row in client.get(API).json()["results"]] == [found["id"]]


def test_pictures_come_through_the_api_as_multipart(client, member, theme):
    data = {"title": TITLE, "body": BODY, "category": theme.slug, "images": [png(), png()], "alts": ["Avant", "Après"]}
    response = client.post(API, data)
    assert response.status_code == 201, response.content
    images = response.json()["images"]
    assert [image["alt"] for image in images] == ["Avant", "Après"]
    served = client.get(images[0]["small_url"].removeprefix("http://testserver"))
    assert served["Content-Type"] == "image/webp" and served["X-Content-Type-Options"] == "nosniff"
    assert "max-age" in served["Cache-Control"]
    assert b"".join(served.streaming_content)[8:12] == b"WEBP"


@pytest.mark.parametrize(
    ("change", "field"),
    [({"title": "Court"}, "title"), ({"title": "x" * 121}, "title"), ({"body": "Trop court."}, "body"),
     ({"body": "x" * 5001}, "body"), ({"category": "inconnu"}, "category"), ({"title": ""}, "title")],
)  # fmt: skip
def test_bad_field_is_named_and_what_was_typed_is_kept(client, member, theme, change, field):
    page = client.post("/idees/proposer/", typed(theme, **change))
    assert page.status_code == 400 and field in page.context["form"].errors
    if field != "body":
        assert BODY in page.content.decode()
    answer = post_api(client, {"title": TITLE, "body": BODY, "category": theme.slug} | change)
    assert answer.status_code == 400 and answer["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["field"] == field
    assert not Idea.objects.exists()


def test_card_number_is_refused_before_storage_and_stands_in_no_page_or_log(client, member, theme, caplog):
    caplog.set_level(logging.DEBUG)
    text = f"{BODY} Avec ma carte {CARD} j’ai payé 24 € de frais."
    page = client.post("/idees/proposer/", typed(theme, body=text))
    html = page.content.decode()
    assert page.status_code == 400 and CARD not in html and "6467" not in html
    assert "Avec ma carte •••• j’ai payé" in html and "numéro de carte" in html
    answer = post_api(client, {"title": TITLE, "body": text, "category": theme.slug})
    problem = answer.json()
    assert problem["code"] == "private_data" and CARD not in answer.content.decode()
    assert "••••" in problem["masked"]["body"] and problem["secure_messaging"]
    assert not Idea.objects.exists()
    assert "6467" not in caplog.text and "4539" not in caplog.text
    sent = client.post("/idees/proposer/", typed(theme, body=page.context["form"]["body"].value()))
    assert sent.status_code == 302 and "••••" in Idea.objects.get().body


def test_card_number_in_a_short_title_is_masked_too(client, member, theme):
    page = client.post("/idees/proposer/", typed(theme, title=CARD, body="court"))
    assert "6467" not in page.content.decode()


def test_card_number_in_a_file_name_or_its_description_is_refused(client, member, theme):
    for change in ({"image_0": png(name=f"{CARD}.png")}, {"image_0": png(), "alt_0": f"Ma carte {CARD}"}):
        page = client.post("/idees/proposer/", typed(theme, **change))
        assert page.status_code == 400 and "6467" not in page.content.decode()
    data = {"title": TITLE, "body": BODY, "category": theme.slug, "images": [png(name=f"{CARD}.png")]}
    assert client.post(API, data).json()["code"] == "private_data"
    assert not IdeaImage.objects.exists()


@pytest.mark.parametrize(
    ("files", "code"),
    [
        (lambda: [bomb()], "image_too_large"),
        (lambda: [SimpleUploadedFile("photo.png", b"Ceci est un texte, pas une image.")], "not_an_image"),
        (lambda: [SimpleUploadedFile("photo.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>")], "not_an_image"),
        (lambda: [png() for _n in range(5)], "too_many_images"),
    ],
)
def test_pictures_that_are_not_taken_are_refused_in_words(client, member, theme, files, code):
    page = client.post("/idees/proposer/", typed(theme, **{f"image_{n}": file for n, file in enumerate(files())}))
    assert page.status_code == 400 and page.context["form"].picture_error
    assert BODY in page.content.decode()
    alts = ["Un écran"] * len(files())
    answer = client.post(API, {"title": TITLE, "body": BODY, "category": theme.slug, "images": files(), "alts": alts})
    assert answer.status_code == 400 and answer.json()["code"] == code, answer.content
    assert answer.json()["errors"][0]["field"] == "images"
    assert not Idea.objects.exists()


def test_without_javascript_similar_ideas_are_shown_once_before_the_post(client, member, theme):
    other = an_idea(title="Une alerte la veille de chaque prélèvement", category=theme)
    data = typed(theme)
    del data["compared"]
    page = client.post("/idees/proposer/", data)
    html = page.content.decode()
    assert page.status_code == 200 and other.title in html and "Publier quand même" in html and BODY in html
    assert 'name="compared" value="1"' in html and Idea.objects.count() == 1
    assert client.post("/idees/proposer/", typed(theme)).status_code == 302


def test_similar_ideas_come_beside_the_notebook_and_through_the_api(client, member, theme):
    other = an_idea(title="Une alerte la veille de chaque prélèvement", category=theme)
    page = client.get("/idees/semblables/", {"title": TITLE}, headers={"HX-Request": "true"}).content.decode()
    assert other.title in page and "?to=in" in page
    found = client.get(f"{API}similar/", {"title": TITLE}).json()
    assert [row["id"] for row in found] == [other.public_id]


def test_signed_out_people_are_told_to_sign_in(client, theme):
    idea = an_idea(category=theme)
    assert client.get("/idees/proposer/").url.endswith("?next=/idees/proposer/")
    calls = [
        post_api(client, {"title": TITLE, "body": BODY, "category": "compte"}),
        client.put(f"{API}{idea.public_id}/vote/"), client.delete(f"{API}{idea.public_id}/vote/"),
        client.put(f"{API}{idea.public_id}/follow/"), client.get(f"{API}?mine=1"),
        client.post(f"{API}{idea.public_id}/comments/", "{}", content_type="application/json"),
        client.patch(f"{API}{idea.public_id}/", "{}", content_type="application/json"),
    ]  # fmt: skip
    for answer in calls:
        assert answer.status_code == 401 and answer.json()["code"] == "not_signed_in", answer.content


def test_vote_and_follow_through_the_api_are_idempotent(client, member):
    idea = an_idea()
    url = f"{API}{idea.public_id}/"
    for _time in range(2):
        assert client.put(f"{url}vote/").json() == {"vote_count": 1, "my_vote": True}
    assert client.get(url).json()["my_vote"] is True and client.get(url).json()["following"] is True
    for _time in range(2):
        answer = client.delete(f"{url}vote/")
        assert answer.status_code == 200 and answer.json() == {"vote_count": 0, "my_vote": False}
    assert client.put(f"{url}follow/").json() == {"following": True}
    assert [row["id"] for row in client.get(f"{API}?followed=1").json()["results"]] == [idea.public_id]
    assert client.delete(f"{url}follow/").json() == {"following": False}
    assert client.get(f"{API}?followed=1").json()["results"] == []


@pytest.mark.parametrize("state", ["declined", "delivered"])
def test_closed_idea_takes_no_vote(client, member, state):
    idea = an_idea(state=state)
    answer = client.put(f"{API}{idea.public_id}/vote/")
    assert answer.status_code == 409 and answer.json()["code"] == "votes_closed"
    response = client.post(
        reverse("ideas:vote", args=[idea.public_id]) + "?to=in", headers={"Referer": "http://testserver/idees/"}
    )
    assert response.status_code == 302 and Idea.objects.get(pk=idea.pk).vote_score == 0


def test_merged_idea_takes_neither_vote_nor_comment(client, member):
    stays, goes = an_idea(), an_idea()
    merge_idea(goes, stays, reason="C’est la même demande que celle-ci.", by=a_product_owner())
    assert client.put(f"{API}{goes.public_id}/vote/").json()["code"] == "idea_merged"
    answer = client.post(f"{API}{goes.public_id}/comments/", '{"body": "Encore moi."}', content_type="application/json")
    assert answer.json()["code"] == "comments_closed"
    found = client.get(f"{API}{goes.public_id}/").json()
    assert (
        found["merged_into"] == {"id": stays.public_id, "title": stays.title}
        and found["path"][0]["to_state"] == "merged"
    )


def test_comments_and_replies_through_the_api(client, member):
    idea = an_idea()
    url = f"{API}{idea.public_id}/comments/"
    first = client.post(url, '{"body": "Cela me servirait."}', content_type="application/json").json()
    client.post(url, json.dumps({"body": "À moi aussi.", "parent": first["id"]}), content_type="application/json")
    rows = client.get(url).json()["results"]
    assert [row["body"] for row in rows] == ["Cela me servirait."]
    assert [row["body"] for row in rows[0]["replies"]] == ["À moi aussi."]
    assert not rows[0]["is_official"]
    elsewhere = a_comment()
    foreign = json.dumps({"body": "Perdu.", "parent": elsewhere.public_id})
    assert client.post(url, foreign, content_type="application/json").status_code == 404


def test_comment_with_a_card_number_comes_back_masked(client, member):
    idea = an_idea()
    page = client.post(reverse("ideas:comment", args=[idea.public_id]), {"body": f"Ma carte {CARD} est bloquée"})
    assert page.status_code == 400 and "6467" not in page.content.decode() and "Ma carte ••••" in page.content.decode()
    answer = client.post(
        f"{API}{idea.public_id}/comments/", json.dumps({"body": f"Ma carte {CARD}"}), content_type="application/json"
    )
    assert answer.json()["code"] == "private_data" and not Comment.objects.exists()


def test_empty_comment_is_refused_in_words(client, member):
    idea = an_idea()
    page = client.post(reverse("ideas:comment", args=[idea.public_id]), {"body": " "})
    assert page.status_code == 400 and "quelques mots" in page.content.decode()


@pytest.mark.parametrize("name", ["order", "state", "category"])
def test_unknown_filter_is_refused_with_a_code(client, name):
    answer = client.get(API, {name: "inconnu"})
    assert answer.status_code == 400 and answer.json()["code"] == f"unknown_{name}"
    assert answer.json()["errors"][0]["field"] == name


def test_bad_cursor_is_refused_with_a_code(client):
    assert client.get(API, {"cursor": "zut"}).json()["code"] == "bad_cursor"


def test_foreign_and_wrong_ids_are_not_found(client, member):
    held = an_idea(visibility="held")
    for public_id in (held.public_id, "1", "22222222222", "é"):
        for answer in (
            client.get(f"{API}{public_id}/"), client.put(f"{API}{public_id}/vote/"),
            client.get(f"{API}{public_id}/comments/"), client.put(f"{API}{public_id}/follow/"),
        ):  # fmt: skip
            assert answer.status_code == 404 and answer.json()["code"] == "not_found"
    assert client.post(reverse("ideas:vote", args=[held.public_id])).status_code == 404


def test_body_that_is_not_json_is_said_so(client, member):
    answer = client.post(API, "{pas du json", content_type="application/json")
    assert answer.status_code == 400 and answer.json()["code"] == "not_json"
    answer = client.post(API, b"\xff\xfe", content_type="application/json")
    assert answer.status_code == 400 and answer.json()["code"] == "not_json"
    answer = client.post(API, '["une liste"]', content_type="application/json")
    assert answer.status_code == 400


def test_missing_csrf_token_is_refused(theme):
    strict, idea = Client(enforce_csrf_checks=True), an_idea(category=theme)
    strict.force_login(a_member())
    answer = strict.put(f"{API}{idea.public_id}/vote/")
    assert answer.status_code == 403 and answer["Content-Type"] == "application/problem+json"
    assert strict.post(reverse("ideas:vote", args=[idea.public_id]) + "?to=in").status_code == 403
    assert Idea.objects.get(pk=idea.pk).vote_score == 0


def test_only_its_author_changes_an_idea_and_only_while_new(client, member, theme):
    mine, other = an_idea(author=member, category=theme), an_idea()
    change = json.dumps({"title": "Un titre plus clair qu’avant"})
    assert (
        client.patch(f"{API}{mine.public_id}/", change, content_type="application/json")
        .json()["title"]
        .startswith("Un titre")
    )
    assert client.patch(f"{API}{other.public_id}/", change, content_type="application/json").status_code == 403
    url = reverse("ideas:edit", args=[mine.public_id])
    assert client.get(url).status_code == 200
    client.post(url, typed(theme, title="Encore un autre titre"))
    assert Idea.objects.get(pk=mine.pk).title == "Encore un autre titre"
    assert client.get(reverse("ideas:edit", args=[other.public_id])).status_code == 403
    Idea.objects.filter(pk=mine.pk).update(state="under_review")
    answer = client.patch(f"{API}{mine.public_id}/", change, content_type="application/json")
    assert answer.status_code == 409 and answer.json()["code"] == "already_taken_up"
    assert client.post(url, typed(theme)).status_code == 302


def test_counters_and_state_cannot_be_written(client, member, theme):
    data = {"title": TITLE, "body": BODY, "category": theme.slug, "vote_score": 999, "state": "delivered", "author": 1}
    found = post_api(client, data).json()
    assert (found["vote_count"], found["state"], found["author"]["id"]) == (0, "new", member.public_id)


def test_picture_of_a_hidden_idea_is_not_served(client, member, theme):
    client.post("/idees/proposer/", typed(theme, image_0=png(), alt_0="Un écran"))
    picture = IdeaImage.objects.get()
    Idea.objects.update(visibility="hidden")
    assert client.get(picture.get_absolute_url()).status_code == 200  # its author's own
    assert "no-store" in client.get(picture.small_url)["Cache-Control"]
    client.logout()
    assert client.get(picture.get_absolute_url()).status_code == 404
    assert client.get("/idees/images/22222222222.webp").status_code == 404


def test_search_and_filters_through_the_api(client, member, theme):
    wanted = an_idea(title="Prévenir avant un découvert", category=theme, author=member)
    an_idea(title="Une carte pour mon ado", state="planned")
    for query in ("search=decouvret", "category=compte", "state=new", "mine=true", "search=découvert&order=votes"):
        rows = client.get(f"{API}?{query}").json()["results"]
        assert [row["id"] for row in rows] == [wanted.public_id], query


def test_themes_are_listed(client):
    a_category(slug="cartes", name_fr="Cartes", name_en="Cards", is_active=True)
    assert client.get("/api/v1/categories/").json()["results"][0]["name"] == "Cartes"
    assert client.get("/api/v1/categories/", headers={"Accept-Language": "en"}).json()["results"][0]["name"] == "Cards"


@pytest.mark.parametrize("how_many", [1, 3])
def test_api_lists_cost_a_fixed_number_of_queries(client, settings, django_assert_num_queries, how_many):
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    }  # the throttle's own reads
    idea = an_idea()
    for _n in range(how_many):
        an_idea()
        a_comment(idea, parent=a_comment(idea))
    with django_assert_num_queries(2):  # themes' slugs, ideas
        client.get(API)
    with django_assert_num_queries(3):  # idea, comments, replies
        client.get(f"{API}{idea.public_id}/comments/")
