"""Merge and un-merge in a browser: suggested, previewed, made by keys, undone, made again, and parted with a reason."""

import pytest
from playwright.sync_api import expect

from ideas.domain.voting import cast_vote
from ideas.models import Idea
from tests.factories.desk import a_suggestion
from tests.factories.ideas import an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
STAYS, GOES = "Prévoir mon solde de fin de mois", "Voir le solde prévu à la fin du mois"
WHY = "C’est la même demande, postée plus tôt."


def votes(idea):
    return Idea.objects.values_list("vote_score", flat=True).get(pk=idea.pk)


@pytest.fixture
def page(chromium, live_server, client, slow_hands):
    client.force_login(a_product_owner(nickname="Claire Vasseur"))
    context = chromium.new_context(base_url=live_server.url, locale="fr-FR", viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def faults(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    return [rule["id"] for rule in Axe().run(page).response["violations"]]


def test_two_ideas_are_merged_from_a_suggestion_and_parted_with_their_counts(page):
    stays, goes, both = an_idea(title=STAYS), an_idea(title=GOES), a_member()
    for idea, voters in ((stays, [both, a_member()]), (goes, [both])):
        for voter in voters:
            cast_vote(idea, by=voter)
    a_suggestion(goes, stays, score=88)
    assert page.goto("/desk/triage/suggestions/").status == 200
    assert faults(page) == []
    page.get_by_role("link", name="Préparer la fusion").click()
    expect(page.get_by_text("Personnes après la fusion")).to_be_visible()
    page.get_by_label("Raison, publique").fill(WHY)
    assert faults(page) == []
    page.keyboard.press("Control+Enter")
    toast = page.locator("[data-toast]").first
    expect(toast).to_contain_text("est fusionnée")
    assert votes(stays) == 2
    page.wait_for_load_state("load")  # the keys are a module's: they come after the text
    page.keyboard.press("z")
    expect(page.get_by_text("Geste annulé")).to_be_visible()
    assert Idea.objects.get(pk=goes.pk).merged_into is None
    page.goto(f"/desk/triage/?idea={goes.public_id}&move=merge&into={stays.public_id}")
    page.get_by_label("Raison, publique").fill(WHY)
    page.keyboard.press("Control+Enter")
    expect(toast).to_contain_text("est fusionnée")
    page.goto(f"/desk/triage/?idea={goes.public_id}")
    page.locator("body").press("m")
    reason = page.get_by_label("Raison, publique")
    expect(reason).to_be_focused()
    expect(page.get_by_text("Soutiens de celle-ci, ensuite")).to_be_visible()
    page.keyboard.type("Finalement, l’une parle du solde et l’autre des prélèvements.")
    assert faults(page) == []
    page.keyboard.press("Control+Enter")
    expect(toast).to_contain_text("de nouveau")
    assert (votes(stays), votes(goes)) == (2, 1)
    expect(page.locator("[data-feed]")).to_contain_text("Finalement")


def test_idea_that_stays_is_found_by_a_few_words_with_slips(page):
    stays, goes = an_idea(title="Prendre rendez-vous en agence sans passer par le standard"), an_idea(title=GOES)
    cast_vote(stays, by=a_member())
    page.goto(f"/desk/triage/?idea={goes.public_id}")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("m")
    expect(page.get_by_label("Idée qui reste")).to_be_focused()
    page.get_by_label("Raison, publique").fill(WHY)
    page.get_by_label("Rester silencieux").check()
    page.get_by_label("Idée qui reste").press_sequentially("randez vous agence")
    results = page.locator("#desk-stays")
    results.get_by_role("button", name=stays.title).click()
    expect(page.get_by_text("Personnes après la fusion")).to_be_visible()
    expect(page.get_by_label("Raison, publique")).to_be_focused()
    page.get_by_role("button", name="En choisir une autre").click()
    page.get_by_label("Idée qui reste").press_sequentially("randez vous agence")
    results.get_by_role("button", name=stays.title).click()
    expect(page.get_by_text("Personnes après la fusion")).to_be_visible()
    assert faults(page) == []
    expect(page.get_by_label("Rester silencieux")).to_be_checked()
    expect(page.get_by_label("Raison, publique")).to_have_value(WHY)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-toast]").first).to_contain_text("est fusionnée")
    assert Idea.objects.get(pk=goes.pk).merged_into == stays
