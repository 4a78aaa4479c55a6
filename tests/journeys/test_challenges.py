"""A challenge from its call to its winners: the desk, two members on their phones, a juror, a second pair of eyes."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from ideas.models import Challenge, ChallengeEntry, Idea
from ideas.phases import Phase
from notifications.models import Notification
from tests.factories.challenges import an_entrant
from tests.factories.ideas import a_category, an_idea
from tests.factories.members import a_product_owner

from .waiting import sent

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


@pytest.fixture
def as_(chromium, live_server, client):
    """`as_(member)`: a browser page of that member, on a phone unless `wide`."""
    contexts = []

    def enter(member, wide=False):
        client.force_login(member)
        size = {"width": 1280, "height": 900} if wide else {"width": 390, "height": 844}
        context = chromium.new_context(base_url=live_server.url, locale="fr-FR", viewport=size)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        context.set_default_timeout(30_000)
        contexts.append(context)
        client.cookies.clear()
        return context.new_page()

    yield enter
    for context in contexts:
        context.close()


def time_passes(challenge, **dates):
    """What the calendar brings, and what the worker then does."""
    now = timezone.now()
    Challenge.objects.filter(pk=challenge.pk).update(
        **{name: now + timedelta(days=days) for name, days in dates.items()}
    )
    from ideas.domain.challenges.keeping_hours import ON_THEIR_WAY, keep_challenge_hours

    with time_machine.travel(now + ON_THEIR_WAY + timedelta(seconds=1)):
        keep_challenge_hours()
    call_command("worker", batch=True, verbosity=0)
    return Challenge.objects.get(pk=challenge.pk)


def moment(days):
    return f"{timezone.localtime() + timedelta(days=days):%Y-%m-%dT%H:%M}"


def test_a_challenge_goes_from_its_call_to_its_winners(as_):
    owner = a_product_owner(nickname="Claire Le Goff")
    second = a_product_owner(nickname="Anne Riou")
    author, other = an_entrant(nickname="Lina T."), an_entrant(nickname="Erwan P.")
    juror = an_entrant(nickname="Odile 29")
    a_category(name_fr="Jeunes et familles", slug="jeunes")
    older = an_idea(title="Mon premier loyer, pas à pas", author=other)

    # 1. the desk writes, publishes the rules, names a juror, announces
    desk = as_(owner, wide=True)
    desk.goto("/desk/challenges/new/")
    for name, value in {
        "title_fr": "Mon premier budget", "lede_fr": "Qu’est-ce qui vous aurait aidé à 18 ans ?",
        "call_fr": "Un premier salaire, un premier loyer, et personne pour expliquer.", "prizes_fr": "1 500 €\n300 €",
        "opens_at": moment(1), "posting_ends_at": moment(10), "voting_ends_at": moment(20), "results_at": moment(30),
    }.items():  # fmt: skip
        desk.locator(f"[name={name}]").fill(value)
    desk.locator("button.dk-btn--main").click()
    desk.wait_for_url(re.compile(r"/desk/challenges/[0-9a-z]{12}/$"))
    challenge = Challenge.objects.get()
    home = f"/desk/challenges/{challenge.public_id}/"
    expect(desk.get_by_text("Publiez le règlement")).to_be_visible()
    desk.goto(f"{home}rules/")
    desk.locator("[name=body_fr]").fill(
        "Article 1. Une idée par personne. Article 2. Le jury note de 1 à 5, seul d’abord."
    )
    with sent(desk):
        desk.get_by_role("button", name="Publier cette version").click()
    desk.goto(f"{home}jury/")
    desk.locator("[name=member]").fill("Odile 29")
    desk.get_by_role("button", name="Attribuer la place").click()
    expect(desk.get_by_role("rowheader", name="Odile 29")).to_be_visible()
    desk.goto(home)
    desk.get_by_role("button", name="L’annoncer").click()
    expect(desk.get_by_text("Annoncé", exact=True).first).to_be_visible()

    # 2. it opens by the clock: a member hears of it, and takes it up on the phone
    challenge = time_passes(challenge, opens_at=-1)
    assert challenge.phase == Phase.POSTING
    assert Notification.objects.filter(member=author, kind="challenge_opened").count() == 1
    phone = as_(author)
    phone.goto("/")
    phone.get_by_role("link", name="Relever le défi").click()
    phone.get_by_role("link", name="Relever le défi").first.click()
    phone.locator("[name=title]").fill("Le budget qui parle en repas")
    phone.locator("[name=body]").fill("« Il te reste 23 repas » : on comprend mieux qu’un solde.")
    phone.locator("select[name=category]").select_option(label="Jeunes et familles")
    publish = phone.get_by_role("button", name=re.compile("^Publier"))
    publish.first.click()
    expect(phone.get_by_text("cochez que vous l’acceptez").first).to_be_visible()
    expect(phone.locator("[name=title]")).to_have_value("Le budget qui parle en repas")
    phone.locator("[name=accepted_rules]").check()
    publish.first.click()
    phone.wait_for_url(re.compile(r"/idees/[0-9a-z]{12}/"))
    idea = Idea.objects.get(title="Le budget qui parle en repas")
    expect(phone.get_by_role("link", name=re.compile("Défi.*Mon premier budget"))).to_be_visible()

    # 3. another member enters an idea they had
    reader = as_(other)
    reader.goto(challenge.get_absolute_url())
    reader.get_by_text("Inscrire une idée que j’ai déjà publiée").click()
    reader.locator("#enter-rules").check()
    reader.get_by_role("button", name="L’inscrire").click()
    expect(reader.get_by_text("Votre idée participe au défi.")).to_be_visible()
    assert ChallengeEntry.objects.count() == 2

    # 4. the vote: support from the challenge's page
    challenge = time_passes(challenge, opens_at=-2, posting_ends_at=-1)
    reader.goto(challenge.get_absolute_url())
    stub = reader.locator(f"#idea-{idea.public_id}")
    stub.get_by_role("button").first.click()
    expect(stub.locator("[aria-pressed=true]")).to_be_visible()

    # 5. the vote ends; the juror accepts, notes and gives notes, on the phone
    soon = timezone.now()
    challenge = time_passes(challenge, opens_at=-3, posting_ends_at=-2, voting_ends_at=0)
    assert challenge.voting_ends_at >= soon and challenge.phase == Phase.JURY
    judge = as_(juror)
    judge.goto(challenge.get_absolute_url())
    judge.get_by_role("link", name="Accepter ou décliner").click()
    with sent(judge):
        judge.get_by_role("button", name="J’accepte").click()
    for entered, marks in ((idea, "5"), (older, "2")):
        sheet = judge.locator(f"li#idea-{entered.public_id}")
        for criterion in ("usefulness", "simplicity", "novelty"):
            sheet.locator(f"input[name={criterion}][value='{marks}']").check()
        sheet.locator("textarea").fill("Simple, et utile dès le premier mois.")
        sheet.get_by_role("button", name=re.compile("Enregistrer ma note")).click()
        expect(judge.get_by_text("Votre note est enregistrée").first).to_be_visible()
    judge.get_by_role("button", name="Rendre mes notes définitivement").click()
    expect(judge.get_by_text("Vous avez rendu vos notes").first).to_be_visible()

    # 6. one proposes, the same one cannot publish, a second one does
    desk.goto(f"{home}results/")
    expect(desk.get_by_role("row").nth(1)).to_contain_text("Le budget qui parle en repas")
    desk.locator("[name=idea_1]").select_option(idea.public_id)
    desk.locator("[name=reason_1]").fill("Elle tient en une phrase et sert dès le premier mois.")
    desk.get_by_role("button", name="Proposer").click()
    expect(desk.get_by_role("button", name="Publier les résultats")).to_be_disabled()
    checker = as_(second, wide=True)
    checker.goto(f"{home}results/")
    with sent(checker):
        checker.get_by_role("button", name="Publier les résultats").click()
    call_command("worker", batch=True, verbosity=0)

    # 7. everyone reads the winner and why; each concerned person was told once
    phone.goto(challenge.get_absolute_url())
    expect(phone.get_by_role("heading", name="L’idée gagnante")).to_be_visible()
    expect(phone.get_by_text("Elle tient en une phrase et sert dès le premier mois.")).to_be_visible()
    assert Notification.objects.filter(member=author, kind="challenge_results").count() == 1
    assert Notification.objects.filter(member=other, kind="challenge_results").count() == 1
    phone.goto("/notifications/")
    expect(phone.get_by_text("Votre idée gagne").first).to_be_visible()
