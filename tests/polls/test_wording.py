"""What is said where something is refused or asked: once, in the reader's language, and of the right people."""

import pytest
from django.utils import translation

from notifications.domain.presenting import present
from notifications.models import Notification
from polls.models import Poll
from polls.permissions import audience_in_words
from tests.factories.circles import a_circle
from tests.factories.members import a_member, a_moderator, a_product_owner
from tests.factories.polls import a_draft, a_question, a_remark, an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db
CARD = "Ma carte est la 4970 1012 3456 7893"


@pytest.fixture
def member(client):
    member = a_member()
    client.force_login(member)
    return member


def put(client, poll, body, **headers):
    path = f"/api/v1/polls/{poll.public_id}/ballot/"
    return client.put(path, body, content_type="application/json", headers=headers)


def a_commented_poll():
    return an_open_poll(comments=True)


def test_ballot_with_a_card_number_is_told_the_way_to_the_messaging_once_and_nothing_of_publishing(client, member):
    poll = a_commented_poll()
    question, option = poll.questions.get().public_id, options_of(poll)[0]
    typed = {f"options-{question}": option, "options": option, f"comment-{question}": CARD}
    page = client.post(f"/sondages/{poll.public_id}/bulletin/", typed).content.decode()
    notice = page[page.index('id="refusal"') : page.index("Envoyer avec le numéro caché")]
    assert "Nous ne gardons jamais de numéro de carte." in notice
    assert notice.count("messagerie sécurisée") == 1 and "publier" not in notice


def test_messaging_has_its_whole_address_in_the_api(client, member, settings):
    settings.SITE_URL = "https://lab.example/"
    poll = a_commented_poll()
    question = poll.questions.get().public_id
    answer = put(client, poll, {"answers": {question: {"options": options_of(poll)[:1], "comment": CARD}}}).json()
    assert (answer["code"], answer["secure_messaging"]) == ("private_data", "https://lab.example/messagerie-securisee/")
    settings.LAB = settings.LAB | {"SECURE_MESSAGING_URL": "https://banque.example/messages"}
    answer = put(client, poll, {"answers": {question: {"options": options_of(poll)[:1], "comment": CARD}}}).json()
    assert answer["secure_messaging"] == "https://banque.example/messages"


def test_reason_of_a_removal_is_asked_for_as_what_it_is_read_by_one_person(client):
    from core.errors import Invalid
    from polls.domain.moderating import hide_remark
    from trust.domain.banning import ban

    with translation.override("fr"):
        for refused in (
            lambda: hide_remark(a_remark(), reason="Non", by=a_moderator()),
            lambda: ban(a_member(), days=3, reason="Non", by=a_moderator()),
        ):
            with pytest.raises(Invalid) as refusal:
                refused()
            assert refusal.value.code == "too_short"
            assert str(refusal.value) == "Donnez la raison en une phrase\u00a0: la personne concernée la lit."


def test_poll_that_is_no_consultation_says_that_it_takes_no_comments(client, member):
    said = client.get(f"/api/v1/polls/{an_open_poll().public_id}/").json()["cannot_comment"]
    assert said["code"] == "no_comments" and "pas une consultation" in said["detail"]


def test_unknown_receipt_says_what_to_check(client):
    poll = an_open_poll()
    votes(poll, 0, customers=5)
    from polls.domain.closing import close

    close(poll, by=a_product_owner())
    path = f"/api/v1/polls/{poll.public_id}/receipt/"
    answer = client.post(path, {"code": "ABCD-EFGH"}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown_receipt")
    assert "Vérifiez le code" in answer.json()["detail"]


@pytest.mark.parametrize("body", [{}, {"options": [], "answers": {}}])
def test_options_or_answers_is_a_sentence(client, member, body):
    poll = an_open_poll()
    assert put(client, poll, body).json()["detail"].startswith("Envoyez «\u00a0options\u00a0» ou «\u00a0answers\u00a0»")
    assert put(client, poll, body, **{"Accept-Language": "en"}).json()["detail"].startswith("Send either")


@pytest.mark.parametrize("body", ["null", "[]", '"texte"', "3"])
def test_body_that_is_no_object_is_told_so_in_the_readers_language_by_every_write(client, member, body):
    poll = an_open_poll()
    client.force_login(a_product_owner())
    desk, remarks = f"/api/v1/desk/polls/{poll.public_id}/", f"/api/v1/polls/{poll.public_id}/comments/"
    for path, send in (
        (f"/api/v1/polls/{poll.public_id}/ballot/", client.put), (remarks, client.post), (desk, client.put),
        ("/api/v1/desk/polls/", client.post), (f"{desk}decision/", client.post), ("/api/v1/ideas/", client.post),
        ("/api/v1/reports/", client.post), ("/api/v1/me/", client.patch),
    ):  # fmt: skip
        for language, said in (("fr", "Envoyez un objet JSON"), ("en", "Send a JSON object")):
            answer = send(path, body, content_type="application/json", headers={"Accept-Language": language})
            assert (path, answer.status_code, answer.json()["code"]) == (path, 400, "not_an_object")
            assert answer.json()["detail"].startswith(said)


@pytest.mark.parametrize(
    ("fields", "french", "english"),
    [
        ({}, "les membres du cercle «\u00a0Pros\u00a0»", "the members of the circle “Pros”"),
        ({"kinds": ["customer"]}, "clients, dans le cercle «\u00a0Pros\u00a0»", "customers, within the circle “Pros”"),
    ],
)
def test_audience_of_a_circles_poll_names_the_circle(client, fields, french, english):
    member = a_member(kind="customer")
    circle = a_circle(members=[member])
    circle.name_fr = circle.name_en = "Pros"
    circle.save()
    poll = an_open_poll(circle=circle, **fields)
    for code, said in (("fr", french), ("en", english)):
        with translation.override(code):
            assert audience_in_words(Poll.objects.get(pk=poll.pk)) == said
    client.force_login(member)
    assert french in client.get(poll.get_absolute_url()).content.decode()
    assert client.get(f"/api/v1/polls/{poll.public_id}/").json()["audience"]["description"] == french
    owner = a_product_owner()
    client.force_login(owner)
    draft = a_draft(by=owner, circle=circle, **fields)
    check = client.get(f"/desk/polls/{draft.public_id}/check/").content.decode()
    assert french[1:] in check


@pytest.mark.parametrize("kind", ["poll_opened", "poll_reminder"])
def test_news_of_a_circles_poll_names_the_circle_and_of_another_none(kind):
    member = a_member()
    circle = a_circle(members=[member])
    for poll, named in ((an_open_poll(circle=circle), True), (an_open_poll(), False)):
        row = Notification(member=member, kind=kind, topic="polls", subject_type="poll", subject_id=poll.pk)
        with translation.override("fr"):
            body = present([row])[0].said.body
        assert (f"Pour les membres du cercle «\u00a0{circle.name_fr}\u00a0»." in body) is named


def test_strict_ranking_begins_with_choose_and_must_be_filled(client, member):
    poll = an_open_poll(method="ranking")
    page = client.get(poll.get_absolute_url()).content.decode()
    assert page.count(' required><option value="" selected>Choisir…</option>') == 3
    assert '<option value="" selected>–</option>' not in page
    assert "Choisissez le rang de chaque réponse." in page
    assert 'data-hint="Touchez-les' in page and ">Touchez-les" not in page


def test_ranking_with_blanks_offers_the_dash_and_needs_none(client, member):
    page = client.get(an_open_poll(method="ranking", blanks=True).get_absolute_url()).content.decode()
    assert (
        " required>" not in page and "Choisir…" not in page and page.count('<option value="" selected>–</option>') == 3
    )


def test_ranking_that_may_never_be_put_is_not_required_of_the_browser(client, member):
    first = a_question([{"text": "Oui", "key": "yes"}, "Non"], text="Classer ?")
    second = a_question(("A", "B"), text="Dans quel ordre ?", method="ranking", only_if=["yes"])
    page = client.get(an_open_poll(questions=[first, second]).get_absolute_url()).content.decode()
    assert page.count('"><option value="" selected>Choisir…') == 2 and "required><option" not in page


def test_ranking_left_at_choose_comes_back_as_it_was_typed_with_what_is_wrong(client, member):
    poll = an_open_poll(method="ranking")
    question, (one, two, three) = poll.questions.get().public_id, options_of(poll)
    typed = {f"rank-{question}-{two}": "1", f"rank-{question}-{one}": "", f"rank-{question}-{three}": ""}
    page = client.post(f"/sondages/{poll.public_id}/bulletin/", typed).content.decode()
    assert "Donnez une place à chaque option. Sans place" in page
    assert page.count('<option value="" selected>Choisir…</option>') == 2
