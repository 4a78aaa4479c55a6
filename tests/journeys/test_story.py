"""The whole story in a browser: idea → vote → triage → quarterly board → beta → delivered thanks to you."""

import io
import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from betas.models import Finding, Programme
from board.models import BoardItem, Quarter
from ideas.models import Idea
from notifications.models import Notification
from polls.models import Poll
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import PASSWORD, a_board_chair, a_board_member, a_member, a_product_owner
from tests.factories.polls import an_open_poll, votes

from .waiting import sent

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

TITLE = "Prévenir la veille d’un prélèvement qui ne passera pas"
BODY = "L’alerte arrive le soir, quand le prélèvement est refusé. Un message la veille laisserait le temps de virer l’argent."


@pytest.fixture
def at_once(settings):
    """Nobody waits for the ten seconds of undo."""
    settings.LAB = settings.LAB | {"UNDO_SECONDS": 0}


@pytest.fixture
def as_(chromium, live_server):
    """`as_(member)`: a browser page of that member, signed in through the site's own door."""
    contexts = []

    def enter(member=None, width=1280):
        context = chromium.new_context(
            base_url=live_server.url, locale="fr-FR", viewport={"width": width, "height": 900}
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        page = context.new_page()
        if member:
            EmailAddress.objects.get_or_create(user=member, email=member.email, verified=True, primary=True)
            page.goto("/compte/connexion/")
            page.locator("input[name=login]").fill(member.email)
            page.locator("input[type=password]").fill(PASSWORD)
            page.locator("input[type=password]").press("Enter")
            page.wait_for_url(re.compile(r"/mon-lab/|/desk/"))
        return page

    yield enter
    for context in contexts:
        context.close()


def work():
    """What the worker does between two scenes."""
    call_command("worker", batch=True, verbosity=0)


def a_picture() -> dict:
    file = io.BytesIO()
    Image.new("RGB", (640, 400), "#2d37a8").save(file, "PNG")
    return {"name": "ecran.png", "mimeType": "image/png", "buffer": file.getvalue()}


def joins(page, email: str, nickname: str):
    page.goto("/")
    page.get_by_role("link", name="Se connecter").first.click()
    page.get_by_role("link", name="Créer un compte").click()
    page.get_by_label("Votre e-mail").fill(email)
    page.get_by_label("Le nom que les autres verront").fill(nickname)
    page.locator("input[name=kind][value=customer]").check()
    page.locator("input[name=is_adult]").check()
    page.locator("input[name=accepts_charter]").check()
    page.get_by_role("button", name="Recevoir mon code").click()
    page.wait_for_url("**/compte/e-mail/code/**")
    code = re.search(r"^\s*([A-Z0-9]{3}-?[A-Z0-9]{3}|\d{6})\s*$", mail.outbox[-1].body, re.M).group(1)
    page.locator("input[name=code]").fill(code)
    with sent(page):
        page.locator("input[name=code]").press("Enter")


def decides(page, idea, move: str, *, says: str = "", field: str = "reason"):
    """A staff member makes one move on the triage desk, by hand."""
    page.goto(f"/desk/triage/?idea={idea.public_id}&move={move}")
    if says:
        page.locator(f"[data-prepared] [name={field}]").fill(says)
    with sent(page):
        page.locator("[data-prepared] button[type=submit]").last.click()


def presses(page, where: str, button: str):
    """Go there (or stay, for ""), press the button, wait for what it does."""
    if where:
        page.goto(where)
    with sent(page):
        page.locator(button).first.click()


def test_an_idea_goes_all_the_way_to_delivered_thanks_to_you(as_, at_once):
    owner = a_product_owner(password=PASSWORD, nickname="Claire Le Goff", job_title="produit")
    scorer = a_board_member(password=PASSWORD, nickname="Pierre Kervella")
    chair = a_board_chair(password=PASSWORD, nickname="Hélène Marzin")
    voter = a_member(password=PASSWORD, nickname="Odile 29")
    category = a_category(name_fr="Compte et budget", slug="compte")
    twin = an_idea(title="Prévenir avant un prélèvement refusé", category=category)
    refused = an_idea(title="Rembourser tous les frais de l’an dernier", category=category)

    # 1. someone lands, reads, signs up
    author = as_(width=390)
    joins(author, "jeanne@example.org", "Jeanne du Fournil")

    # 2. an idea with a picture; similar ones are shown while the title is typed
    author.goto("/idees/proposer/")
    author.locator("[name=title]").press_sequentially(TITLE, delay=5)
    author.get_by_text(twin.title).first.wait_for()
    author.locator("[name=body]").fill(BODY)
    author.locator(f"[name=category][value='{category.slug}'], [name=category]").first.scroll_into_view_if_needed()
    field = author.locator("select[name=category]")
    if field.count():
        field.select_option(label="Compte et budget")
    else:
        author.get_by_text("Compte et budget").first.click()
    author.locator("input[type=file]").first.set_input_files(a_picture())
    author.locator("[name=alt_0]").fill("L’alerte telle que je la voudrais")
    author.wait_for_load_state("networkidle")  # similar ideas that come between press and release move the button away
    author.get_by_role("button", name=re.compile("Publier")).first.click()
    author.wait_for_url(re.compile(r"/idees/[0-9a-z]{12}/"))
    idea = Idea.objects.get(title=TITLE)
    assert idea.images.count() == 1
    author.goto("/idees/")
    author.get_by_role("link", name=TITLE).wait_for()

    # 3. another member votes and comments
    reader = as_(voter)
    reader.goto(idea.get_absolute_url())
    reader.locator("#vote button[type=submit]").click()
    reader.locator("#vote [aria-pressed=true]").wait_for()
    reader.locator("#comment-form textarea").fill("Cela m’éviterait les frais de rejet, chaque trimestre.")
    presses(reader, "", "#comment-form button[type=submit]")
    reader.get_by_text("frais de rejet").first.wait_for()
    idea.refresh_from_db()
    assert (idea.vote_score, idea.comment_count) == (1, 1)

    # 4. the welcome offer
    poll = an_open_poll(title="Quelle offre de bienvenue ?")
    votes(poll, 0, customers=9, prospects=2)
    votes(poll, 1, customers=3, prospects=12)
    reader.goto(poll.get_absolute_url())
    reader.locator("label.choice").nth(1).click()
    reader.get_by_role("button", name="Déposer mon bulletin").click()
    reader.locator(".ticket__code").first.wait_for()
    Poll.objects.filter(pk=poll.pk).update(closes_at=timezone.now())
    call_command("recount_polls", verbosity=0)
    staff = as_(owner)
    staff.goto(f"/desk/polls/{poll.public_id}/decide/")
    staff.locator("textarea").first.fill("Nous lançons l’option la plus demandée, dès le mois prochain, pour tous.")
    presses(staff, "", ".dk-page form button[type=submit] >> nth=-1")
    reader.goto(poll.get_absolute_url())
    reader.get_by_text("Nous lançons l’option").first.wait_for()
    expect(reader.locator("table").first).to_be_attached()

    # 5. triage: merge, answer, to the board; another is declined
    staff.goto("/desk/triage/")
    staff.get_by_text(TITLE).first.wait_for()
    decides(
        staff,
        refused,
        "decline",
        says="Les frais passés ne se remboursent pas en bloc ; voici le chemin de la réclamation.",
    )
    staff.goto(f"/desk/triage/?idea={twin.public_id}&move=merge&into={idea.public_id}")
    staff.locator("[data-prepared] [name=reason]").fill("C’est la même demande : nous les réunissons.")
    presses(staff, "", "[data-prepared] button[type=submit] >> nth=-1")
    decides(staff, idea, "answer", says="Bonne idée : nos équipes savent prévoir le solde du lendemain.", field="body")
    twin.refresh_from_db()
    refused.refresh_from_db()
    assert (twin.state, refused.state) == ("merged", "declined")

    head = as_(chair)
    head.goto("/desk/board/open/")
    head.locator("input[name=quorum]").fill("1")
    presses(head, "", ".dk-page form button[type=submit] >> nth=-1")
    quarter = Quarter.objects.get()
    decides(staff, idea, "board", says="Très soutenue : nous la présentons au prochain comité.")
    idea.refresh_from_db()
    assert idea.state == "candidate"
    work()
    author.goto("/notifications/")
    author.get_by_text(TITLE).first.wait_for()

    # 6. the board: scored alone, revealed, placed under the line, frozen, published by a second person
    presses(head, f"/desk/board/?quarter={quarter.code}", f"form[action$='/{quarter.code}/start/'] button")
    alone = as_(scorer)
    alone.goto("/desk/board/scoring/")
    for scale in alone.locator("[data-ask]").all():
        scale.locator("input[type=radio][value='4']").check(force=True)
    presses(alone, "", "css=button[form=notes], form#notes button[type=submit] >> nth=-1")
    presses(head, f"/desk/board/?quarter={quarter.code}", f"form[action$='/{quarter.code}/reveal/'] button")
    item = BoardItem.objects.get()
    head.goto(f"/desk/board/?quarter={quarter.code}&item={item.public_id}")
    head.locator("select[name=to]").select_option("this_quarter")
    head.locator("textarea[name=reason]").fill("Très demandée, et nos équipes savent le faire ce trimestre.")
    presses(head, "", "form[action='/desk/board/move/'] button[type=submit] >> nth=-1")
    presses(head, f"/desk/board/{quarter.code}/freeze/", ".dk-page form button.dk-btn--main")
    alone.goto(f"/desk/board/?quarter={quarter.code}&panel=publication")
    alone.locator("input[name=read]").check()
    presses(alone, "", f"form[action$='/{quarter.code}/publish/'] button[type=submit]")
    idea.refresh_from_db()
    assert idea.state == "planned"
    work()
    reader.goto("/feuille-de-route/")
    reader.get_by_text(item.title).first.wait_for()
    reader.goto(f"/comites/{quarter.code}/")
    reader.get_by_text("Très demandée").first.wait_for()

    # 7. the beta: made from the planned item, a member tests, reports, and it ships
    staff.goto(f"/desk/betas/new/?idea={idea.public_id}")
    staff.locator("[name=title]").fill("Alerte de la veille : être prévenu avant le rejet")
    staff.locator("[name=summary]").fill("Un message la veille d’un prélèvement que votre solde ne couvrira pas.")
    staff.locator("[name=intro]").fill(
        "Pendant trois semaines, vous recevez l’alerte sur votre téléphone et vous nous dites si elle sert."
    )
    staff.locator("[name=seats]").fill("5")
    staff.locator(".dk-page form button.dk-btn--main").click()
    staff.wait_for_url(re.compile(r"/desk/betas/[0-9a-z]{12}/"))
    programme = Programme.objects.get()
    studio = f"/desk/betas/{programme.public_id}/"
    staff.goto(f"{studio}missions/")
    staff.locator("[name=title]").fill("Recevoir une première alerte")
    for area in staff.locator(".dk-page form textarea").all():
        area.fill("Ouvrez l’application et activez l’alerte de la veille.")
    presses(staff, "", ".dk-page form button[type=submit] >> nth=-1")
    presses(staff, studio, "button[name=to][value=recruiting]")

    reader.goto(programme.get_absolute_url())
    reader.locator("[name=motivation]").fill("J’ai deux prélèvements en début de mois, je suis concernée.")
    presses(reader, "", "#seat form button[type=submit]")
    staff.goto(f"{studio}applicants/")
    staff.locator("details summary").first.click()
    presses(staff, "", "button[name=to][value=accepted]")
    reader.goto(programme.get_absolute_url())
    for box in reader.locator("#seat input[type=checkbox]").all():
        box.check()
    presses(reader, "", "#seat form button[type=submit]")
    presses(staff, studio, "button[name=to][value=running]")
    idea.refresh_from_db()
    assert idea.state == "in_beta"
    reader.goto(programme.get_absolute_url())
    reader.get_by_text("Recevoir une première alerte").first.wait_for()
    reader.goto(f"{programme.get_absolute_url()}#book")
    reader.get_by_role("link", name="Signaler").first.click()
    reader.locator("[name=kind][value=issue], [name=kind]").first.check()
    reader.locator("[name=title]").fill("L’alerte arrive deux fois")
    reader.locator("textarea[name=body]").fill(
        "Le message est arrivé à 18 h puis encore à 18 h 05, pour le même prélèvement."
    )
    reader.locator("input[type=file]").first.set_input_files(a_picture())
    presses(reader, "", "form[enctype] button[type=submit]")
    finding = Finding.objects.get()
    assert finding.images.count() == 1
    staff.goto(f"{studio}findings/{finding.public_id}/")
    staff.get_by_text("L’alerte arrive deux fois").first.wait_for()
    staff.goto(f"{studio}close/")
    staff.locator("[name=outcome][value=shipped], [name=outcome]").first.wait_for(state="attached")
    choice = staff.locator("select[name=outcome]")
    choice.select_option("shipped") if choice.count() else staff.locator("[name=outcome][value=shipped]").check(
        force=True
    )
    staff.locator("[name=what_changed]").fill(
        "L’alerte part une seule fois, la veille à 18 h : c’est votre retour qui l’a changée."
    )
    presses(staff, "", ".dk-page form button.dk-btn--main")
    idea.refresh_from_db()
    assert idea.state == "delivered"
    work()
    cache.clear()
    author.goto("/")
    author.get_by_role("heading", name="Livré grâce à vous").wait_for()
    author.locator("#delivered").get_by_text(TITLE).wait_for()

    # everyone concerned was told once of each thing, in the inbox and by mail
    told = Notification.objects.values_list("member_id", "dedupe_key")
    assert len(told) == len(set(told))
    assert any(TITLE in message.body for message in mail.outbox)
