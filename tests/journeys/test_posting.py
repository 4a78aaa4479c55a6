"""A member whose browser runs no script: posts with a picture, compares, supports another idea instead, comments."""

import io
import re

import pytest
from allauth.account.models import EmailAddress
from PIL import Image
from playwright.sync_api import expect

from ideas.models import Comment, Idea, IdeaImage, PendingPicture
from ideas.querysets import votes_of_ideas
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import PASSWORD, a_member

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
BODY = "Le 5 de chaque mois, le loyer et l’électricité passent le même jour, avant ma paie."


@pytest.fixture
def page(chromium, live_server):
    context = chromium.new_context(
        base_url=live_server.url, locale="fr-FR", viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def picture(name: str) -> dict:
    file = io.BytesIO()
    Image.new("RGB", (640, 400), "#2d37a8").save(file, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": file.getvalue()}


def signs_in(page, member):
    EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)
    page.goto("/compte/connexion/")
    page.locator("input[name=login]").fill(member.email)
    page.locator("input[type=password]").fill(PASSWORD)
    page.locator("input[type=password]").press("Enter")
    page.wait_for_url(re.compile("/mon-lab/"))


def writes(page, title: str, theme, *, shows: str):
    page.goto("/idees/proposer/")
    page.locator("#id_title").fill(title)
    page.locator("#id_body").fill(BODY)
    page.locator("#id_category").select_option(theme.slug)
    page.locator("input[name=image_0]").set_input_files(picture("ecran.png"))
    page.locator("#id_alt_0").fill(shows)


def test_member_without_javascript_posts_compares_supports_and_comments(page, settings, tmp_path):
    settings.MEDIA_ROOT, settings.PRIVATE_MEDIA_ROOT = tmp_path / "media", tmp_path / "private"
    member, theme = (
        a_member(password=PASSWORD, nickname="Odile 29"),
        a_category(slug="compte", name_fr="Compte et budget"),
    )
    twin = an_idea(title="Prévenir la veille d’un prélèvement", category=theme)
    signs_in(page, member)

    # 1. a look at it first, then it is published, with the picture chosen before the look
    writes(page, "Un livret pour mon association", theme, shows="Un livret et son taux")
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.get_by_text("Aperçu : rien n’est encore publié")).to_be_visible()
    expect(page.locator(".kept img")).to_be_visible()
    assert not Idea.objects.filter(author=member).exists()
    page.get_by_role("button", name="Publier mon idée").click()
    page.wait_for_url(re.compile("un-livret-pour-mon-association"))
    expect(page.get_by_alt_text("Un livret et son taux")).to_be_visible()
    assert IdeaImage.objects.get().idea.author == member and not PendingPicture.objects.exists()

    # 2. one that somebody has asked for already: the compare step keeps the picture too
    writes(page, "Prévenir la veille des prélèvements", theme, shows="Le relevé")
    page.get_by_role("button", name="Publier mon idée").click()
    expect(page.get_by_text("Quelqu’un l’a-t-il déjà demandé")).to_be_visible()
    expect(page.locator(".kept img")).to_be_visible()
    expect(page.locator("#id_alt_0")).to_have_value("Le relevé")
    assert Idea.objects.filter(author=member).count() == 1

    # 3. supports that one instead, and is led to it
    page.get_by_role("button", name="Soutenir plutôt celle-ci").click()
    page.wait_for_url(re.compile(twin.public_id))
    assert votes_of_ideas().filter(object_id=twin.pk, user_id=member.pk).count() == 1
    said = page.get_by_text("1 personne soutient").or_(page.get_by_text("Vous la soutenez"))
    expect(said.first).to_be_visible()

    # 4. and says why
    page.locator("#comment-form textarea").fill("Chez nous aussi, le loyer passe avant la paie.")
    page.locator("#comment-form button[type=submit]").last.click()
    page.wait_for_url(re.compile("said=1|#comment"))
    expect(page.get_by_text("Chez nous aussi, le loyer passe avant la paie.")).to_be_visible()
    assert Comment.objects.get().author == member
