"""What comes in as a picture and what goes out: pixels alone, through the page and the API alike; what is chosen is kept."""

import io
import struct
import zlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from core.images import LONGEST_SIDE
from ideas.domain.picturing import MOST_KEPT, keep_picture, purge_pending
from ideas.models import Idea, IdeaImage, PendingPicture
from ideas.pictures import attach_picture, clean_pictures
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_moderator

pytestmark = pytest.mark.django_db
TITLE = "Une alerte la veille des prélèvements"
BODY = "Le 5 de chaque mois, le loyer et l’électricité passent le même jour."
API, NEW = "/api/v1/ideas/", "/idees/proposer/"
GPS, ORIENTATION, COMMENT = 0x8825, 0x0112, b"4970 1012 3456 7890 rue des Lilas"
TAIL = b"<script>alert('polyglotte')</script>PK\x05\x06" + b"\0" * 18


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"


@pytest.fixture
def theme():
    return a_category(slug="compte")


@pytest.fixture
def member(client):
    member = a_member()
    client.force_login(member)
    return member


def upload(data: bytes, name="photo.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")


def drawn(kind="JPEG", size=(60, 30), mode="RGB", **save) -> bytes:
    out = io.BytesIO()
    image = Image.new(mode, size, "white")
    if mode == "RGB":
        image.paste("navy", (0, 0, size[0] // 2, size[1]))  # blue on the left: turned, it stands above or below
    image.save(out, kind, **save)
    return out.getvalue()


def with_place() -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS)[1], exif.get_ifd(GPS)[2] = "N", (48.0, 23.0, 11.0)
    return drawn(exif=exif.tobytes(), comment=COMMENT)


def huge(side: int) -> bytes:
    """A PNG of a few hundred bytes that says it is a square of that side."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


REFUSED = {
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "not_an_image"),
    "html": (b"<!doctype html><script>alert(1)</script>", "not_an_image"),
    "gif": (drawn("GIF"), "not_an_image"),
    "tiff": (drawn("TIFF"), "not_an_image"),
    "bmp": (drawn("BMP"), "not_an_image"),
    "pdf": (b"%PDF-1.7\n1 0 obj", "not_an_image"),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not_an_image"),
    "empty": (b"", "not_an_image"),
    "cut": (drawn("PNG", (400, 400))[:90], "not_an_image"),
    "html before a picture": (b"<html>" + drawn("PNG"), "not_an_image"),
    "41 megapixels": (huge(6_404), "image_too_large"),  # Pillow itself would only warn later on
    "100 megapixels": (huge(10_000), "image_too_large"),
    "400 megapixels": (huge(20_000), "image_too_large"),
    "eleven megabytes": (drawn("PNG") + b"\0" * 11_000_000, "image_too_large"),
}
TAKEN = {
    "a place and a comment": with_place(),
    "a tail of script and zip": drawn("PNG") + TAIL,
    "a tail on a jpeg": drawn("JPEG") + TAIL,
    "a palette": drawn("PNG", mode="P"),
    "transparency": drawn("PNG", mode="LA"),
    "cyan, magenta, yellow, black": drawn("JPEG", mode="CMYK"),
    "sixteen bits": drawn("PNG", mode="I;16"),
    "movement": drawn("WEBP", save_all=True, append_images=[Image.new("RGB", (60, 30), "red")]),
}


def by_page(client, theme, data, name="photo.jpg"):
    picture = {"image_0": upload(data, name), "alt_0": "Un écran"}
    return client.post(NEW, {"title": TITLE, "body": BODY, "category": theme.slug, "compared": "1"} | picture)


def by_api(client, theme, data, name="photo.jpg"):
    return client.post(
        API,
        {"title": TITLE, "body": BODY, "category": theme.slug, "images": [upload(data, name)], "alts": ["Un écran"]},
    )


@pytest.mark.parametrize("send", [by_page, by_api])
@pytest.mark.parametrize("fixture", REFUSED)
def test_what_is_no_picture_of_ours_is_refused_in_words(client, member, theme, fixture, send):
    data, code = REFUSED[fixture]
    answer = send(client, theme, data)
    assert answer.status_code == 400
    if send is by_api:
        problem = answer.json()
        assert problem["errors"][0]["field"].startswith("images")
        assert fixture == "empty" or problem["code"] == code
    elif data:  # a browser that sends an empty file chose none
        assert answer.context["form"].picture_error and BODY in answer.content.decode()
    assert not IdeaImage.objects.exists() and not PendingPicture.objects.exists()


@pytest.mark.parametrize("send", [by_page, by_api])
@pytest.mark.parametrize("fixture", TAKEN)
def test_what_goes_out_is_webp_made_of_the_pixels_alone(client, member, theme, fixture, send):
    answer = send(client, theme, TAKEN[fixture], name="../../etc/passwd.php.jpg")
    assert answer.status_code in (201, 302), answer.content
    picture = IdeaImage.objects.get()
    assert "passwd" not in picture.file.name and picture.file.name.endswith(".webp")
    for url in (picture.get_absolute_url(), picture.small_url):
        served = b"".join(client.get(url).streaming_content)
        image = Image.open(io.BytesIO(served))
        assert image.format == "WEBP" and getattr(image, "n_frames", 1) == 1
        assert not image.getexif() and "exif" not in image.info and "comment" not in image.info
        assert COMMENT not in served and b"script" not in served and b"PK\x05\x06" not in served


def test_photo_taken_sideways_stands_upright_and_tells_no_place(client, member, theme):
    by_page(client, theme, with_place())
    picture = IdeaImage.objects.get()
    assert (picture.width, picture.height) == (30, 60)
    image = Image.open(picture.file)
    top, bottom = image.getpixel((15, 5)), image.getpixel((15, 55))
    assert top[2] > top[0] + 50 and min(bottom[:3]) > 200  # blue above, white below


def test_large_photo_is_made_smaller_and_has_a_thumbnail(client, member, theme):
    by_page(client, theme, drawn("JPEG", (3_000, 1_500)))
    picture = IdeaImage.objects.get()
    assert (picture.width, picture.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    small = Image.open(io.BytesIO(b"".join(client.get(picture.small_url).streaming_content)))
    assert small.size == (640, 320)


def test_picture_is_kept_after_a_refusal_and_published_with_the_corrected_text(client, member, theme):
    typed = {"title": TITLE, "body": BODY, "category": theme.slug, "compared": "1", "alt_1": "Un écran"}
    page = client.post(NEW, typed | {"title": "Court", "image_1": upload(drawn())})
    html, kept = page.content.decode(), PendingPicture.objects.get()
    assert (
        page.status_code == 400
        and f'name="kept_1" value="{kept.public_id}"' in html
        and kept.get_absolute_url() in html
    )
    assert 'value="Un écran"' in html
    client.post(NEW, typed | {"kept_1": kept.public_id})
    picture = IdeaImage.objects.get()
    assert picture.alt == "Un écran" and picture.width == 60
    assert not PendingPicture.objects.exists()


def test_picture_is_kept_through_the_compare_step_and_the_preview(client, member, theme):
    an_idea(title=TITLE, category=theme)
    typed = {"title": TITLE, "body": BODY, "category": theme.slug}
    typed["alt_0"] = "Un écran"
    page = client.post(NEW, typed | {"image_0": upload(drawn()), "step": "preview"}).content.decode()
    kept = PendingPicture.objects.get()
    assert "Aperçu : rien n’est encore publié" in page and kept.public_id in page and Idea.objects.count() == 1
    page = client.post(NEW, typed | {"kept_0": kept.public_id}).content.decode()
    assert "Publier quand même" in page and kept.public_id in page
    client.post(NEW, typed | {"kept_0": kept.public_id, "compared": "1"})
    assert IdeaImage.objects.count() == 1 and Idea.objects.count() == 2


def test_one_bad_picture_costs_neither_the_others_nor_the_text(client, member, theme):
    data = {"title": TITLE, "body": BODY, "category": theme.slug, "compared": "1"}
    page = client.post(NEW, data | {"image_0": upload(drawn()), "image_1": upload(b"<svg/>", "dessin.png")})
    html = page.content.decode()
    assert page.status_code == 400 and PendingPicture.objects.get().public_id in html and BODY in html


def test_kept_picture_can_be_left_out_or_replaced(client, member, theme):
    kept = keep_picture(upload(drawn()), by=member)
    typed = {"title": TITLE, "body": BODY, "category": theme.slug, "compared": "1", "kept_0": kept.public_id}
    client.post(NEW, typed | {"drop_0": "1"})  # without words: none are asked for a picture left out
    assert Idea.objects.count() == 1 and not IdeaImage.objects.exists()
    other = keep_picture(upload(drawn()), by=member)
    client.post(
        NEW,
        typed
        | {
            "title": f"{TITLE} encore",
            "kept_0": other.public_id,
            "image_0": upload(drawn("PNG", (90, 90))),
            "alt_0": "Un plan",
        },
    )
    assert IdeaImage.objects.get().width == 90


def test_kept_picture_is_for_who_chose_it_alone(client, member, theme):
    other = a_member()
    kept = keep_picture(upload(drawn()), by=other)
    url = kept.get_absolute_url()
    assert client.get(url).status_code == 404
    client.post(NEW, {"title": TITLE, "body": BODY, "category": theme.slug, "compared": "1", "kept_0": kept.public_id})
    assert not IdeaImage.objects.exists() and PendingPicture.objects.filter(owner=other).exists()
    for reader, status in ((a_moderator(), 404), (other, 200)):
        client.force_login(reader)
        assert client.get(url).status_code == status
    assert client.get(url)["Cache-Control"] == "private, no-store"
    client.logout()
    assert client.get(url).status_code == 404


def test_what_was_never_sent_is_gone_after_a_day_with_its_file(member, django_capture_on_commit_callbacks):
    old, young = keep_picture(upload(drawn()), by=member), keep_picture(upload(drawn()), by=member)
    PendingPicture.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(hours=25))
    storage, name = old.file.storage, old.file.name
    assert storage.exists(name)
    with django_capture_on_commit_callbacks(execute=True):
        purge_pending()
    assert list(PendingPicture.objects.all()) == [young] and not storage.exists(name)


def test_nobody_keeps_more_than_a_dozen(member):
    for _n in range(MOST_KEPT + 2):
        keep_picture(upload(drawn()), by=member)
    assert PendingPicture.objects.filter(owner=member).count() == MOST_KEPT


def test_worker_purges_by_itself():
    from core.schedule import _periodic

    assert "ideas.domain.picturing.purge_pending" in _periodic
    call_command("worker", batch=True, verbosity=0)


def test_author_changes_pictures_and_what_they_show(client, member, theme):
    idea = an_idea(author=member, category=theme)
    url = reverse("ideas:edit", args=[idea.public_id])
    typed = {"title": idea.title, "body": idea.body, "category": theme.slug}
    client.post(
        url,
        typed
        | {
            "image_0": upload(drawn()),
            "alt_0": "Un écran",
            "image_1": upload(drawn("PNG", (80, 80))),
            "alt_1": "Une vue",
        },
    )
    first, second = idea.images.all()
    assert (first.alt, second.width) == ("Un écran", 80)
    page = client.get(url).content.decode()
    assert first.public_id in page and 'value="Un écran"' in page
    client.post(url, typed | {"kept_0": first.public_id, "drop_0": "1", "kept_1": second.public_id, "alt_1": "Un plan"})
    assert [image.alt for image in idea.images.all()] == ["Un plan"]
    assert [row.alts for row in idea.versions.all()] == [[], ["Un écran", "Une vue"], ["Un plan"]]


def test_pictures_are_changed_through_the_api(client, member, theme):
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    idea = an_idea(author=member, category=theme)
    url = f"{API}{idea.public_id}/"

    def change(**data):
        return client.patch(url, encode_multipart(BOUNDARY, data), content_type=MULTIPART_CONTENT)

    found = change(images=[upload(drawn()), upload(drawn())], alts=["Un", "Deux"]).json()["images"]
    assert [row["alt"] for row in found] == ["Un", "Deux"]
    answer = change(images=[upload(drawn()) for _n in range(3)])
    assert answer.status_code == 400 and answer.json()["code"] == "too_many_images"
    found = change(remove_images=[found[0]["id"]]).json()["images"]
    assert [row["alt"] for row in found] == ["Deux"]


def test_picture_without_words_is_not_published_and_nothing_typed_or_chosen_is_lost(client, member, theme):
    typed = {"title": TITLE, "body": BODY, "category": theme.slug, "compared": "1", "alt_1": "Un plan", "alt_2": "  "}
    sent = typed | {f"image_{place}": upload(drawn()) for place in range(3)}
    page = client.post(NEW, sent)
    html, kept = page.content.decode(), list(PendingPicture.objects.order_by("id"))
    assert page.status_code == 400 and not Idea.objects.exists() and len(kept) == 3
    assert list(page.context["form"].errors) == ["alt_0", "alt_2"]
    for place, is_wrong in ((0, True), (1, False), (2, True), (3, False)):
        assert (
            (f'aria-describedby="id_alt_{place}_error"' in html) is (f'id="id_alt_{place}_error"' in html) is is_wrong
        )
    assert html.count("Dites en quelques mots ce que montre l’image, pour qui ne la voit pas.") == 2
    assert BODY in html and 'value="Un plan"' in html and all(picture.public_id in html for picture in kept)
    again = typed | {f"kept_{place}": picture.public_id for place, picture in enumerate(kept)}
    assert client.post(NEW, again | {"alt_0": "Un écran", "alt_2": "Un relevé"}).status_code == 302
    assert [image.alt for image in IdeaImage.objects.order_by("position")] == ["Un écran", "Un plan", "Un relevé"]


def test_words_for_a_picture_are_asked_with_whatever_else_is_wrong(client, member, theme):
    typed = {"title": "Court", "body": BODY, "category": theme.slug, "image_0": upload(drawn())}
    assert set(client.post(NEW, typed).context["form"].errors) == {"title", "alt_0"}


@pytest.mark.parametrize("alts", [[], ["Un écran"], ["Un écran", " "]])
def test_api_refuses_a_picture_without_words_and_says_which(client, member, theme, alts):
    data = {"title": TITLE, "body": BODY, "category": theme.slug, "images": [upload(drawn()), upload(drawn())]}
    answer = client.post(API, data | {"alts": alts} if alts else data)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (400, "no_alternative_text")
    assert problem["errors"][0]["field"] == "alts" and problem["missing"] == ([1] if alts else [0, 1])
    assert not Idea.objects.exists() and not IdeaImage.objects.exists()


def an_old_picture(idea):
    return attach_picture(idea, clean_pictures([upload(drawn())])[0], alt="", position=0)


def test_picture_of_before_without_words_stays_until_its_idea_is_changed(client, member, theme):
    idea = an_idea(author=member, category=theme)
    picture = an_old_picture(idea)
    assert "Image jointe à l’idée, sans description" in client.get(idea.get_absolute_url()).content.decode()
    url, typed = reverse("ideas:edit", args=[idea.public_id]), {"body": idea.body, "category": theme.slug}
    typed |= {"title": "Un titre que je viens de reprendre", "kept_0": picture.public_id}
    page = client.post(url, typed)
    html = page.content.decode()
    assert page.status_code == 400 and 'id="id_alt_0_error"' in html and typed["title"] in html
    assert client.post(url, typed | {"alt_0": "Un écran"}).status_code == 302
    picture.refresh_from_db()
    idea.refresh_from_db()
    assert (picture.alt, idea.title) == ("Un écran", typed["title"])


def test_api_takes_the_words_of_a_picture_of_before_with_the_change(client, member, theme):
    from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

    idea = an_idea(author=member, category=theme)
    picture, url = an_old_picture(idea), f"{API}{idea.public_id}/"
    assert client.patch(url, {"title": "Un titre repris"}, content_type="application/json").status_code == 200

    def add(**more):
        data = {"images": [upload(drawn())], "alts": ["Un plan"]} | more
        return client.patch(url, encode_multipart(BOUNDARY, data), content_type=MULTIPART_CONTENT)

    problem = add().json()
    assert (problem["code"], problem["missing"]) == ("no_alternative_text", [0])
    assert not PendingPicture.objects.exists()
    found = add(**{f"image_alts.{picture.public_id}": "Un écran"}).json()["images"]
    assert [row["alt"] for row in found] == ["Un écran", "Un plan"]
    answer = client.patch(url, {"image_alts": {found[1]["id"]: "Une carte"}}, content_type="application/json")
    assert [row["alt"] for row in answer.json()["images"]] == ["Un écran", "Une carte"]
    answer = client.patch(url, {"image_alts": {found[1]["id"]: ""}}, content_type="application/json")
    assert answer.status_code == 400 and answer.json()["missing"] == [1]


def test_preview_reads_markdown_safely_and_masks_what_the_shield_masks(client, member, theme):
    text = "**Bonjour**, écrivez à moi@exemple.fr <script>alert(1)</script> [ici](javascript:alert(1)) ![x](https://pister.example/x.png)"
    card = "4539 1488 0343 6467"
    for url, data in ((reverse("ideas:preview"), {}), (NEW, {"step": "preview"})):
        page = client.post(url, data | {"title": f"<b>{TITLE}</b>", "body": f"{text} {card}"}).content.decode()
        shown = page[page.index("Aperçu :") :]
        assert "<strong>Bonjour</strong>" in shown and "moi@exemple" not in shown and "6467" not in page
        assert "<script>alert" not in shown and '="javascript:' not in shown and "<img" not in shown
    assert not Idea.objects.exists()
