"""A product owner settles ten ideas without touching the mouse: every move by its key, made with Ctrl+Enter."""

import pytest
from playwright.sync_api import expect

from ideas.domain.viewing import save_view
from ideas.models import Idea, IdeaMove, IdeaTag, OfficialAnswer
from members.models import Member
from tests.factories.desk import a_tag, a_template
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_member, a_product_owner

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]
TITLES = (  # as they stand in the queue, the newest first
    "Bloquer sa carte par un appui long", "Prévoir le solde de fin de mois", "Arrondir mes achats au Livret A",
    "Prendre rendez-vous le samedi matin", "Une carte en braille pour les clients aveugles",
    "Recevoir une alerte avant chaque prélèvement", "Payer son loyer par virement programmé",
    "Comparer deux prêts immobiliers côte à côte", "Un conseiller joignable par visioconférence",
    "Retrouver ses anciens relevés en un clic",
)  # fmt: skip
WHY = "Nous le faisons avec l’équipe concernée."


class Keys:
    """The keyboard alone: presses, types, and waits for what the page answers."""

    def __init__(self, page):
        self.page, self.title = page, page.locator(".dk-idea__title")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def stands_on(self, title):
        expect(self.title).to_have_text(title)

    def walk(self, key, title):
        self.press(key)
        self.stands_on(title)

    def prepare(self, key, act):
        self.press(key)
        expect(self.page.locator("[data-prepared] :focus")).to_have_count(1)
        expect(self.page.locator("[data-prepared] button[aria-keyshortcuts]")).to_contain_text(act)

    def send(self, *keys):
        """What leads to another page; the keys are a module's, so they come once it is loaded."""
        with self.page.expect_navigation(wait_until="load"):
            self.press(*keys)

    def say(self, words=WHY):
        self.page.keyboard.type(words)
        self.send("Control+Enter")


@pytest.fixture
def keys(chromium, live_server, client, slow_hands):
    ideas = [an_idea(title=title, author=a_member(nickname=f"Membre {place}")) for place, title in enumerate(TITLES)]
    for place, idea in enumerate(ideas):  # the newest stands first
        Idea.objects.filter(pk=idea.pk).update(promise_due_at=f"2099-01-{place + 1:02}T00:00Z")
    an_idea(title="Alerte avant chaque prélèvement reçu", state="planned")
    a_category(slug="zz-quotidien", name_fr="Vie quotidienne", position=999)
    a_tag("Gain rapide")
    client.force_login(a_product_owner(nickname="Claire Vasseur"))
    a_template()
    context = chromium.new_context(base_url=live_server.url, locale="fr-FR", viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    context.set_default_timeout(30_000)
    page = context.new_page()
    page.goto("/desk/triage/", wait_until="load")
    yield Keys(page)
    context.close()


def test_ten_ideas_are_settled_by_keys_alone(keys):
    page = keys.page
    keys.press("?")
    expect(page.get_by_role("dialog", name="Raccourcis du clavier")).to_be_visible()
    keys.press("Escape")
    keys.walk("j", TITLES[1])
    keys.walk("k", TITLES[0])

    keys.prepare("e", "Prendre à l’étude")
    keys.say()
    keys.walk("j", TITLES[1])

    keys.prepare("d", "Ne pas retenir")
    keys.say("Cela existe déjà : menu Budget, écran « À venir ».")
    keys.walk("j", TITLES[2])  # the declined one has left the queue; the walk goes on after it

    keys.prepare("a", "Attribuer")
    keys.send("Control+Enter")  # to oneself, as the form proposes

    keys.walk("j", TITLES[3])
    keys.press("r")
    expect(page.locator("[data-letter]").first).to_be_visible()
    keys.press("Alt+1")
    expect(page.locator("#desk-field-equipe")).to_be_focused()
    keys.say("Agences")

    keys.walk("j", TITLES[4])
    keys.press("t")
    expect(page.locator("[data-prepared] [type=checkbox]").first).to_be_focused()
    keys.press("Space")
    keys.send("Control+Enter")

    keys.walk("j", TITLES[5])
    expect(page.locator("[data-duplicate]").first).to_be_visible()
    keys.press("Alt+1")
    expect(page.get_by_text("Personnes après la fusion")).to_be_visible()
    expect(page.locator("[data-prepared] textarea")).to_be_focused()
    keys.say("C’est la même demande, déjà planifiée.")

    keys.walk("j", TITLES[6])
    keys.prepare("d", "Ne pas retenir")
    keys.say("Une raison écrite trop vite, qu’on reprend.")
    keys.send("u")  # within ten seconds
    assert Idea.objects.get(title=TITLES[6]).state == "new"
    keys.stands_on(TITLES[6])
    keys.prepare("e", "Prendre à l’étude")
    keys.say()

    keys.walk("j", TITLES[7])
    keys.prepare("c", "comité")
    keys.press("Tab", "Tab")  # the subject, its effort, then the reason
    keys.say()

    keys.walk("j", TITLES[8])
    keys.prepare("l", "Changer de thème")
    keys.press("End")  # the last of the list
    keys.send("Control+Enter")

    keys.walk("j", TITLES[9])
    keys.prepare("n", "Garder la note")
    keys.say("Vu avec l’équipe Relevés : possible au printemps.")
    settled = {idea.title: idea for idea in Idea.objects.filter(title__in=TITLES)}
    states = [settled[title].state for title in TITLES]
    assert states == [
        "under_review", "declined", "new", "new", "new", "merged", "under_review", "candidate", "new", "new",
    ]  # fmt: skip
    assert settled[TITLES[2]].assignee.nickname == "Claire Vasseur"
    answer = OfficialAnswer.objects.get(idea=settled[TITLES[3]])
    assert "Bonjour Membre 3" in answer.body
    assert "l’équipe Agences" in answer.body
    assert IdeaTag.objects.get().idea.title == TITLES[4]
    assert settled[TITLES[5]].merged_into.state == "planned"
    assert settled[TITLES[8]].category.name_fr == "Vie quotidienne"
    assert settled[TITLES[9]].comments.filter(is_internal=True).count() == 1
    assert IdeaMove.objects.filter(undone_at__isnull=False).count() == 1


def test_every_view_is_reached_by_keys_however_many_there_are(keys):
    page, tabs = keys.page, keys.page.locator(".dk-strip .dk-tab")
    for number in range(4):
        save_view(f"Vue {number}", {"base": "new"}, by=Member.objects.get(nickname="Claire Vasseur"))
    page.reload(wait_until="load")
    names = [name.strip() for name in tabs.all_inner_texts()]
    assert len(names) > 12

    def stands_in(place):
        expect(page.locator(".dk-strip [aria-current=page]")).to_have_text(names[place], use_inner_text=True)

    keys.press("?")
    expect(page.get_by_role("dialog", name="Raccourcis du clavier")).to_contain_text("Vue suivante")
    keys.press("Escape")
    keys.press("g")
    keys.send("9")
    stands_in(8)
    for place in range(9, len(names)):
        keys.press("g")
        keys.send("j")
        stands_in(place)
    keys.press("g", "j")  # after the last there is none
    keys.press("g")
    keys.send("k")
    stands_in(len(names) - 2)
    page.keyboard.press("g")
    with page.expect_navigation(wait_until="load"):  # the first key of the row, as AZERTY has it without Shift
        page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '&', code: 'Digit1', bubbles: true}))"
        )
    stands_in(0)
