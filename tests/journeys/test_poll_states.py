"""Every method in every state of a poll, for members and visitors: axe, 320 px, and a keyboard that is told what happened."""

import pytest
from django.urls import reverse
from django.utils import translation
from playwright.sync_api import expect

from polls.domain.answering import Answer
from polls.domain.closing import close
from polls.domain.deciding import decide
from polls.domain.voting import cast_ballot
from polls.models import Ballot
from polls.states import Method
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_closed_poll, a_question, an_open_poll, options_of, votes

from .test_design import WIDE
from .test_states import NARROW, cookies_of, found_on, look  # noqa: F401 - `look` is a fixture
from .waiting import becomes

pytestmark = [pytest.mark.journey, pytest.mark.once, pytest.mark.django_db(transaction=True)]
WITH_OTHER = ("80 € en espèces", "Un an de frais offerts", {"text": "Autre chose", "is_other": True})


def every_method(**fields):
    """An open poll with a question of each method, one of them put to some alone."""
    first, second, *rest = Method.values
    questions = [
        a_question(WITH_OTHER, text="Quelle offre choisir ?", method=first, comments=True),
        a_question(WITH_OTHER, text="Et laquelle encore ?", method=second, max_choices=2, comments=True),
        *(a_question(text=f"La même, autrement : {method}", method=method, blanks=method == Method.SCORE) for method in rest),
    ]  # fmt: skip
    questions[0]["options"][0] = questions[0]["options"][0] | {"key": "cash"}
    questions[1]["only_if"] = ["cash"]
    return an_open_poll(title="Un sondage de chaque méthode", questions=questions, **fields)


def answered(poll, *members):
    """A ballot of each member in every method."""
    for member in members:
        answers = {}
        for question in poll.questions.prefetch_related("options"):
            ids = [option.public_id for option in question.options.all()]
            answers[question.public_id] = {
                Method.RANKING: Answer(ranks=[[one] for one in ids]),
                Method.SCORE: Answer(numbers=dict.fromkeys(ids, 4)),
                Method.POINTS: Answer(numbers={ids[0]: 100}),
            }.get(question.method, Answer(options=ids[:1]))
        cast_ballot(poll.public_id, answers=answers, by=member)
    return poll


OPENED = "document.querySelectorAll('main details').forEach((one) => { one.open = true })"


def test_every_method_has_no_fault_open_answered_closed_decided_or_not_allowed(look, chromium, live_server):  # noqa: F811
    """Each state by day on a phone, by night on a desk and at 320 px, all that unfolds open; then without a script."""
    owner, me = a_product_owner(), a_member(kind="customer")
    crowd = [a_member(kind=("customer", "prospect")[n % 2]) for n in range(12)]
    fresh, mine, over, done = (every_method(by=owner) for _ in range(4))
    for poll in (mine, over, done):
        answered(poll, *crowd, me)
    close(over, by=owner)
    decide(
        close(done, by=owner), "Nous lançons les frais offerts au printemps.", by=owner, retained=options_of(done)[1]
    )
    elsewhere = every_method(by=owner, kinds=["prospect"])
    sealed = an_open_poll(by=owner, options=WITH_OTHER, sealed=True, results_policy="after_close")
    cast_ballot(sealed.public_id, options_of(sealed)[:1], by=me)
    shown = an_open_poll(by=owner, method="multiple", confidential=False)
    few = a_closed_poll(by=owner, title="Un sondage clos sans bulletin")
    states = {
        "fresh": fresh, "mine": mine, "over": over, "done": done, "elsewhere": elsewhere, "sealed": sealed, "shown": shown,
        "few": few,
    }  # fmt: skip
    page, faults = look(me), {}
    for state, poll in states.items():
        page.goto(poll.get_absolute_url())
        page.evaluate(OPENED)
        faults[state] = found_on(page)
    assert [one for one in faults.items() if one[1]] == []
    look(None, f"/en/polls/{over.public_id}/")
    bare = chromium.new_context(base_url=live_server.url, locale="fr-FR", viewport=NARROW, java_script_enabled=False)
    for who, cookies in (("visitor", []), ("member", cookies_of(me, live_server))):
        bare.clear_cookies()
        bare.add_cookies(cookies)
        page = bare.new_page()
        for state, poll in states.items():
            page.goto(poll.get_absolute_url())
            page.evaluate(OPENED)
            faults[who, state] = page.evaluate(WIDE)
    bare.close()
    assert [key for key, found in faults.items() if found] == []


def test_receipts_and_names_have_no_fault_found_not_found_refused_or_empty(look):  # noqa: F811
    owner, crowd = a_product_owner(), [a_member(kind="customer") for _ in range(6)]
    poll = close(answered(every_method(by=owner), *crowd), by=owner)
    shown = close(answered(every_method(by=owner, confidential=False), *crowd), by=owner)
    nobody, few = an_open_poll(by=owner, confidential=False, results_policy="always"), a_closed_poll(by=owner)
    with translation.override("en"):
        english = [reverse("polls:receipt", args=[poll.public_id]), reverse("polls:names", args=[shown.public_id])]
    with translation.override("fr"):
        names = [reverse("polls:names", args=[one.public_id]) for one in (shown, nobody)]
        refused, receipt = (reverse("polls:receipt", args=[one.public_id]) for one in (few, poll))
    page = look(crowd[0], *names, *english, refused, receipt)
    for code, told in (
        (Ballot.objects.filter(poll=poll).first().receipt, "Déposé sous ce code"),
        ("ZZZZ-ZZZZ-ZZ", "Aucun bulletin sous ce code"),
    ):
        page.get_by_label("Votre reçu").fill(code)
        page.get_by_role("button", name="Chercher", exact=True).click()
        expect(page.get_by_role("heading", name=told)).to_be_visible()
        assert found_on(page) == []


def test_wrong_answers_are_all_named_at_once_and_the_keyboard_is_put_there(look):  # noqa: F811
    poll = every_method()
    page = look(a_member())
    page.goto(poll.get_absolute_url())
    page.locator("summary", has_text="Ajouter un mot").first.click()
    page.get_by_label("Votre mot").first.fill("Merci de demander.")
    page.get_by_role("button", name="Déposer mon bulletin").click()
    told = page.get_by_role("alert")
    expect(told).to_be_focused()
    expect(told.get_by_role("listitem")).to_have_count(4)  # one choice, ranking, scores, points
    expect(page.get_by_label("Votre mot").first).to_have_value("Merci de demander.")
    assert found_on(page) == []
    page.set_viewport_size(NARROW)
    told.get_by_role("link", name="score").click()
    expect(page.locator(".asked:target")).to_contain_text("Donnez une note avant de voter")
    assert not Ballot.objects.exists()


def test_field_of_ones_own_answer_comes_with_its_choice_and_stays_with_its_words(look):  # noqa: F811
    poll = an_open_poll(options=WITH_OTHER)
    page = look(a_member())
    page.goto(poll.get_absolute_url())
    words = page.get_by_label("« Autre chose » : dites quoi")
    expect(words).to_be_hidden()
    page.get_by_label("Autre chose", exact=True).check()
    words.fill("Une box")
    page.get_by_label("80 € en espèces").check()
    expect(words).to_be_visible()
    page.get_by_role("button", name="Déposer mon bulletin").click()
    expect(page.get_by_role("alert")).to_contain_text("sans la choisir")
    expect(words).to_have_value("Une box")


def test_answer_given_on_the_home_page_by_keys_is_confirmed_where_the_keyboard_is(look):  # noqa: F811
    votes(an_open_poll(), 0, customers=2)
    page = look(a_member())
    page.goto("/")
    page.get_by_label("Un an de frais offerts").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(":focus")).to_have_text("Votre réponse est enregistrée")
    expect(page.locator(".sheet--part")).to_contain_text("Et ensuite")


def test_ranking_is_made_by_keys_and_each_move_is_said(look):  # noqa: F811
    poll = an_open_poll(method="ranking")
    member = a_member()
    page = look(member)
    page.goto(poll.get_absolute_url())
    becomes(page, "Boolean(customElements.get('rank-list'))")
    for title in ("80 € en espèces", "Un an de frais offerts", "Un livret boosté à 4 %"):
        page.get_by_role("button", name=f"Classer « {title} » à la suite").press("Enter")
    page.get_by_role("button", name="Descendre « 80 € en espèces »").focus()
    page.keyboard.press("Enter")
    expect(page.locator("rank-list [role=status]")).to_have_text("80 € en espèces : rang 2e")
    expect(page.locator(":focus")).to_have_text("Descendre « 80 € en espèces »")
    page.get_by_role("button", name="Déposer mon bulletin").click()
    expect(page.get_by_text("Votre réponse est enregistrée")).to_be_visible()
    cash, travel, saving = options_of(poll)
    assert list(Ballot.objects.get().choices.values()) == [[[travel], [cash], [saving]]]
    tags = page.locator(".sheet--part ul.strong li").all_inner_texts()
    assert [tag[:2] for tag in tags] == ["1.", "2.", "3."]
