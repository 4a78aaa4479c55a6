"""A subject of the board becomes a draft poll, which then speaks for it as its results policy allows."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from board.domain.asking import ask_members, polls_asked
from board.domain.items import join_item, join_poll
from board.models import Evidence
from core.errors import NotAllowed
from ideas.domain.moderating import hide_idea
from polls.domain.closing import close
from polls.models import Poll
from tests.factories.board import an_item
from tests.factories.circles import a_circle
from tests.factories.ideas import an_idea
from tests.factories.members import a_board_chair, a_board_member, a_member, a_moderator, a_product_owner, an_auditor
from tests.factories.polls import a_draft, an_open_poll, votes

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(client):
    owner = a_product_owner()
    client.force_login(owner)
    return owner


def options_of(poll):
    return [option.text for option in poll.questions.get().options.order_by("position")]


def an_item_of(owner, *ideas):
    item = an_item(title="Arrondir à l’euro supérieur")
    for idea in ideas:
        join_item(idea, item, by=owner)
    return item


def test_subject_becomes_a_draft_with_its_ideas_as_options(owner):
    item = an_item_of(owner, an_idea(title="Arrondir chaque achat"), an_idea(title="Arrondir une fois par mois"))
    poll = ask_members(item, by=owner)
    assert poll.state == "draft"
    assert options_of(poll) == ["Arrondir chaque achat", "Arrondir une fois par mois"]
    assert Evidence.objects.get(poll=poll).item == item
    assert ask_members(item, by=owner) == poll


def test_draft_speaks_as_the_house_to_its_members_and_repeats_nothing_that_staff_wrote_for_the_board(owner):
    item = an_item(title="Je voudrais arrondir à l’euro supérieur", summary="Coût : 40 jours. À vendre au comité.")
    alone = ask_members(item, by=owner)
    assert (
        alone.title
        == "«\u00a0Je voudrais arrondir à l’euro supérieur\u00a0»\u00a0: est-ce que cela vous serait utile\u00a0?"
    )
    for title in ("Arrondir chaque achat", "Arrondir une fois par mois"):
        join_item(an_idea(title=title), item, by=owner)
    Evidence.objects.filter(poll=alone).delete()
    poll = ask_members(item, by=owner)
    assert poll.title.endswith("par laquelle de vos idées commencer\u00a0?")
    assert poll.intro.startswith("Vous nous avez proposé ces idées. Nous préparons la suite")
    assert "comité" not in poll.title + poll.intro + alone.intro and "40" not in poll.intro + alone.intro


def test_draft_is_worded_in_the_language_of_the_subject_whoever_asks(owner):
    item = an_item(title="Round up to the next euro", summary="This is what members would like to have.")
    with translation.override("fr"):
        poll = ask_members(item, by=owner)
    assert poll.title == "“Round up to the next euro”: would it be of use to you?"
    assert options_of(poll)[0] == "Yes, I would use it"


def test_subject_without_ideas_asks_whether_one_would_use_it(owner):
    assert options_of(ask_members(an_item_of(owner), by=owner))[0] == "Oui, je l’utiliserais"


def test_ideas_that_not_everyone_may_read_are_no_options(owner):
    hidden = an_idea(title="Une idée retirée depuis")
    private = an_idea(title="Une idée de cercle", circle=a_circle())
    item = an_item_of(owner, an_idea(title="Arrondir chaque achat"), hidden, private)
    hide_idea(hidden, reason="Contient un nom.", by=a_moderator())
    assert not {"Une idée retirée depuis", "Une idée de cercle"} & set(options_of(ask_members(item, by=owner)))


@pytest.mark.parametrize("who", [a_member, an_auditor, a_board_member, a_board_chair])
def test_only_who_runs_polls_and_makes_subjects_asks(who):
    with pytest.raises(NotAllowed):
        ask_members(an_item(), by=who())


def test_button_leads_to_the_draft(client, owner):
    item = an_item_of(owner)
    assert "Demander aux membres" in client.get(item.get_absolute_url()).content.decode()
    done = client.post(reverse("board_desk:item_ask", args=[item.public_id]))
    assert done["Location"] == reverse("polls_studio:write", args=[Poll.objects.get().public_id])
    client.force_login(an_auditor())
    assert "Demander aux membres" not in client.get(item.get_absolute_url()).content.decode()
    assert client.post(reverse("board_desk:item_ask", args=[item.public_id])).status_code == 403


def test_page_of_the_subject_says_state_turnout_and_who_is_ahead(client, owner):
    item, poll = an_item_of(owner), an_open_poll(by=owner)
    join_poll(poll, item, by=owner)
    votes(poll, 1, customers=8)
    assert "En tête" not in client.get(item.get_absolute_url()).content.decode()  # five have to come after the fifth
    close(poll, by=owner)
    text = client.get(item.get_absolute_url()).content.decode()
    assert "8 invités sur" in text or "ont répondu" in text
    assert "En tête : Un an de frais offerts, 100,0" in text.replace("\u202f", " ").replace("\xa0", " ")


def test_sealed_poll_tells_the_board_nothing_before_its_close(client, owner):
    item, poll = an_item_of(owner), an_open_poll(by=owner, sealed=True)
    join_poll(poll, item, by=owner)
    votes(poll, 1, customers=12)
    text = client.get(item.get_absolute_url()).content.decode()
    assert "Le résultat apparaît après la clôture" in text
    assert "En tête" not in text


@pytest.mark.parametrize("many", [1, 3])
def test_polls_of_a_subject_cost_four_queries_however_many(owner, many):
    item = an_item_of(owner)
    for _ in range(many):
        join_poll(a_draft(by=owner), item, by=owner)
        poll = an_open_poll(by=owner)
        votes(poll, 0, customers=1)
        join_poll(close(poll, by=owner), item, by=owner)
    proofs = list(item.evidence.all())
    owner.role_names  # noqa: B018 - read once per request
    with CaptureQueriesContext(connection) as captured:
        assert len(polls_asked(proofs, owner)) == 2 * many
    assert len(captured) == 4


def test_apps_of_staff_ask_as_the_button_does(client, owner):
    item = an_item_of(owner, an_idea(title="Arrondir chaque achat"), an_idea(title="Arrondir une fois par mois"))
    address = f"/api/v1/desk/subjects/{item.public_id}/poll/"
    made = client.post(address)
    assert made.status_code == 201
    poll = Poll.objects.get(public_id=made.json()["id"])
    assert options_of(poll) == ["Arrondir chaque achat", "Arrondir une fois par mois"]
    assert Evidence.objects.get(poll=poll).item == item
    assert client.post(address).json()["id"] == poll.public_id
    assert client.post("/api/v1/desk/subjects/nowhere/poll/").status_code == 404


@pytest.mark.parametrize(("who", "status"), [(a_board_chair, 403), (a_moderator, 403), (a_member, 403)])
def test_apps_of_others_do_not(client, who, status):
    item = an_item()
    client.force_login(who())
    assert client.post(f"/api/v1/desk/subjects/{item.public_id}/poll/").status_code == status
    assert not Poll.objects.exists()
