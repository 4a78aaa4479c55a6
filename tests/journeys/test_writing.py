"""Writing with a script in the browser: similar ideas while typing, a draft that outlives a reload, pictures, names under « @ »."""

import contextlib
import io
import re

import pytest
from django.urls import reverse
from PIL import Image
from playwright.sync_api import Error, expect

from ideas.models import Comment, Idea, IdeaImage
from ideas.querysets import votes_of_ideas
from tests.factories.ideas import a_category, a_comment, an_idea
from tests.factories.members import a_member

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
BODY = "Le 5 de chaque mois, le **loyer** et l’électricité passent le même jour, avant ma paie."


@pytest.fixture
def as_(chromium, live_server, client):
    """`as_(member)`: a page of that member in a browser; on a phone one touches, with `touch`."""
    contexts = []

    def enter(member, *, touch=False, script=True):
        client.force_login(member)
        context = chromium.new_context(
            base_url=live_server.url, locale="fr-FR", viewport={"width": 390, "height": 844}, has_touch=touch,
            java_script_enabled=script,
        )  # fmt: skip
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        context.set_default_timeout(30_000)
        contexts.append(context)
        client.cookies.clear()
        return context.new_page()

    yield enter
    for context in contexts:
        context.close()


def picture(name: str) -> dict:
    file = io.BytesIO()
    Image.new("RGB", (640, 400), "#2d37a8").save(file, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": file.getvalue()}


@pytest.fixture
def talk():
    """An idea whose people are Mona R. (its author) and Malo, who commented; and a reader."""
    idea = an_idea(author=a_member(nickname="Mona R."), title="Prévenir la veille d’un prélèvement")
    a_comment(idea, author=a_member(nickname="Malo"))
    return idea, a_member(nickname="Yann")


def test_names_are_chosen_by_keyboard_and_said_to_screen_readers(as_, talk):
    idea, reader = talk
    page = as_(reader)
    page.goto(idea.get_absolute_url())
    area = page.locator("#comment-form textarea")
    area.press_sequentially("Merci @m")
    names = page.get_by_role("listbox")
    expect(names.get_by_role("option")).to_have_text(["Malo", "Mona R."])
    assert names.get_attribute("aria-label") and area.get_attribute("aria-controls") == names.get_attribute("id")
    first, second = names.get_by_role("option").all()
    expect(area).to_have_attribute("aria-activedescendant", first.get_attribute("id"))
    expect(first).to_have_attribute("aria-selected", "true")
    area.press("ArrowDown")
    expect(area).to_have_attribute("aria-activedescendant", second.get_attribute("id"))
    expect(second).to_have_attribute("aria-selected", "true")
    area.press("ArrowDown")  # round to the first again
    area.press("Enter")
    expect(area).to_have_value("Merci @Malo ")
    expect(names).to_be_hidden()
    expect(area).to_be_focused()
    assert area.get_attribute("aria-activedescendant") is None and not Comment.objects.filter(author=reader).exists()


def test_escape_closes_the_names_and_leaves_what_was_typed(as_, talk):
    idea, reader = talk
    page = as_(reader)
    page.goto(idea.get_absolute_url())
    area = page.locator("#comment-form textarea")
    area.press_sequentially("Merci @m")
    expect(page.get_by_role("listbox")).to_be_visible()
    area.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(area).to_have_value("Merci @m")
    expect(area).to_be_focused()


def test_late_answer_to_an_earlier_letter_does_not_close_the_names(as_, talk):
    idea, reader = talk
    page, late = as_(reader), []
    page.route("**/names/?q=", lambda route: late.append(route))
    page.goto(idea.get_absolute_url())
    area = page.locator("#comment-form textarea")
    with page.expect_request("**/names/?q="):
        area.press_sequentially("Merci @")
    area.press_sequentially("m")
    names = page.get_by_role("listbox")
    expect(names).to_be_visible()
    with contextlib.suppress(Error):  # a browser that gave the first question up takes no answer to it
        late[0].fulfill(json=[])
    page.evaluate("new Promise((done) => setTimeout(done, 300))")
    expect(names.get_by_role("option")).to_have_text(["Malo", "Mona R."])


def test_name_is_taken_by_touch_and_the_comment_names_that_person(as_, talk):
    idea, reader = talk
    page = as_(reader, touch=True)
    page.goto(idea.get_absolute_url())
    area = page.locator("#comment-form textarea")
    area.press_sequentially("Bravo @mal")
    page.get_by_role("option", name="Malo").tap()
    expect(area).to_have_value("Bravo @Malo ")
    page.locator("#comment-form button[type=submit]").last.tap()
    expect(page.get_by_role("link", name="@Malo")).to_be_visible()
    said = Comment.objects.get(author=reader)
    assert [row.member.nickname for row in said.mentions.all()] == ["Malo"]


def test_without_a_script_one_types_the_name(as_, talk):
    idea, reader = talk
    page = as_(reader, script=False)
    page.goto(idea.get_absolute_url())
    page.locator("#comment-form textarea").fill("Bravo @Mona R. !")
    page.locator("#comment-form button[type=submit]").last.click()
    expect(page.get_by_role("link", name="@Mona R.")).to_be_visible()


def test_draft_outlives_a_reload_and_goes_once_the_idea_is_posted(as_, settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    member, theme = a_member(), a_category(slug="compte", name_fr="Compte et budget")
    page = as_(member)
    page.goto("/idees/proposer/")
    page.locator("#id_title").fill("Un livret pour mon association")
    page.locator("#id_body").fill(BODY)
    page.locator("#id_category").select_option(theme.slug)
    page.reload()
    expect(page.locator("#id_title")).to_have_value("Un livret pour mon association")
    expect(page.locator("#id_body")).to_have_value(BODY)
    expect(page.locator("#id_category")).to_have_value(theme.slug)
    expect(page.locator(".draft-note")).to_be_visible()

    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.locator("#preview strong")).to_have_text("loyer")
    assert not Idea.objects.exists()

    page.locator("details.disclose > summary").click()
    for place in range(4):
        page.locator(f"input[name=image_{place}]").set_input_files(picture(f"ecran-{place}.png"))
        page.locator(f"#id_alt_{place}").fill(f"L’écran {place + 1}")
    expect(page.locator("input[type=file]")).to_have_count(4)  # a fifth has no place
    page.get_by_role("button", name="Publier mon idée").click()
    page.wait_for_url("**/un-livret-pour-mon-association/**")
    assert list(IdeaImage.objects.order_by("position").values_list("alt", flat=True)) == [
        f"L’écran {number}" for number in (1, 2, 3, 4)
    ]
    page.goto("/idees/proposer/")
    expect(page.locator("#id_title")).to_have_value("")
    expect(page.locator(".draft-note")).to_have_count(0)


def test_similar_ideas_come_while_the_title_is_typed_and_one_is_supported_instead(as_):
    member = a_member()
    twin = an_idea(title="Prévenir la veille d’un prélèvement")
    page = as_(member)
    page.goto("/idees/proposer/")
    page.locator("#id_title").press_sequentially("Prévenir la veille des prélèvements")
    beside = page.locator("#similar")
    expect(beside.get_by_role("link", name="Prévenir la veille d’un prélèvement")).to_be_visible()
    beside.get_by_role("button", name="Soutenir plutôt celle-ci").click()
    page.wait_for_url(f"**/{twin.public_id}/**")
    assert votes_of_ideas().filter(object_id=twin.pk, user_id=member.pk).count() == 1
    assert Idea.objects.count() == 1


@pytest.mark.parametrize("width", [390, 320])
def test_similar_ideas_that_come_late_do_not_move_the_button_from_under_a_finger(as_, width):
    an_idea(title="Prévenir la veille d’un prélèvement")
    page = as_(a_member(), touch=True)
    page.set_viewport_size({"width": width, "height": 844})
    held = []
    page.route(re.compile(re.escape(reverse("ideas:similar"))), lambda route: held.append(route))
    page.goto("/idees/proposer/")
    page.locator("#id_title").press_sequentially("Prévenir la veille des prélèvements")
    button = page.get_by_role("button", name="Publier mon idée")
    button.scroll_into_view_if_needed()
    before = button.bounding_box()
    page.wait_for_timeout(1_500)  # the page asks a moment after the last letter
    assert held
    for route in held:
        with contextlib.suppress(Error):  # a later letter has made this question pointless
            route.continue_()
    page.unroute_all()
    expect(page.get_by_text("1 idée ressemble à la vôtre").last).to_be_visible()
    assert button.bounding_box() == before
