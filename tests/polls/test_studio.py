"""The studio, in the desk: product owners write, open, watch, close and decide; auditors and the board read."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from polls.domain.closing import close
from polls.domain.hearing import hearers_of
from polls.models import Ballot, Option, Poll
from tests.factories.members import a_board_member, a_member, a_moderator, a_product_owner, an_auditor
from tests.factories.polls import a_closed_poll, a_draft, an_open_poll, options_of, votes

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"polls_studio:{name}", args=args)


@pytest.fixture
def owner(client):
    owner = a_product_owner()
    client.force_login(owner)
    return owner


def a_form(**changes):
    close = timezone.localtime(timezone.now() + timedelta(days=5)).strftime("%Y-%m-%dT%H:%M")
    form = {
        "title": "Quel cadeau vous ferait plaisir ?", "intro": "", "opens_at": "", "closes_at": close,
        "results_policy": "after_vote", "questions": "1", "q-0-method": "single", "q-0-max_choices": "", "q-0-rows": "3",
        "q-0-o-0-text": "80 €", "q-0-o-1-text": "Voyage", "q-0-o-2-text": "", "do": "save",
    }  # fmt: skip
    return form | changes


def test_poll_is_written_checked_opened_closed_and_decided(client, owner):
    a_member()
    done = client.post(address("new"), a_form(do="check"))
    poll = Poll.objects.get()
    assert done.headers["Location"] == address("check", poll.public_id)
    assert "sont en ordre" in client.get(done.headers["Location"]).content.decode()
    assert client.post(address("open", poll.public_id)).headers["Location"] == address("live", poll.public_id)
    votes(poll, 0, customers=6)
    assert "6" in client.get(address("live", poll.public_id)).content.decode()
    client.post(address("close", poll.public_id))
    client.post(address("decide", poll.public_id), {"decision": "Nous donnons 80 € à l’ouverture, dès mars."})
    poll.refresh_from_db()
    assert (poll.state, poll.decided_by) == ("decided", owner)


def test_adding_and_moving_options_saves_them(client, owner):
    poll = a_draft(by=owner)
    first, second, third = options_of(poll)
    rows = {"q-0-id": poll.questions.get().public_id} | {
        f"q-0-o-{at}-{name}": value
        for at, option in enumerate(Option.objects.order_by("position"))
        for name, value in (("key", option.public_id), ("text", option.text))
    }
    client.post(address("write", poll.public_id), a_form(**rows, do="down-0-0"))
    assert options_of(poll) == [second, first, third]
    added = client.post(address("write", poll.public_id), a_form(**rows, do="more-0"))
    assert 'name="q-0-rows" value="4"' in client.get(added.headers["Location"]).content.decode()
    client.post(address("write", poll.public_id), a_form(**rows, do="drop-0-2"))
    assert options_of(poll) == [first, second]


def test_picture_that_is_none_is_refused_and_the_text_stays(client, owner):
    fake = SimpleUploadedFile("offre.png", b"not a picture", content_type="image/png")
    page = client.post(address("new"), a_form(**{"q-0-o-0-image": fake}))
    assert page.status_code == 400
    assert "Nous ne pouvons pas lire cette image" in page.content.decode()
    assert "Quel cadeau" in page.content.decode()
    assert not Poll.objects.exists()


def test_picture_of_an_option_is_made_anew_and_shown_to_the_app(client, owner):
    from io import BytesIO

    from PIL import Image

    raw = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(raw, "PNG")
    picture = SimpleUploadedFile("offre.png", raw.getvalue(), content_type="image/png")
    a_member()
    client.post(address("new"), a_form(**{"q-0-o-0-image": picture}))
    poll = Poll.objects.get()
    client.post(address("open", poll.public_id))
    first = client.get(f"/api/v1/polls/{poll.public_id}/").json()["questions"][0]["options"][0]
    assert first["image"].startswith("http://testserver/media/polls/")
    assert first["image"].endswith(".webp")
    assert "offre" not in first["image"]


def test_card_number_is_refused_and_can_be_saved_masked(client, owner):
    form = a_form(intro="Écrivez 4111 1111 1111 1111 sur la carte.")
    page = client.post(address("new"), form)
    assert page.status_code == 400
    assert "Enregistrer en le masquant" in page.content.decode()
    assert not Poll.objects.exists()
    client.post(address("new"), form | {"do": "mask"})
    assert "4111" not in Poll.objects.get().intro


def test_wrong_values_are_said_at_their_field(client, owner):
    page = client.post(address("new"), a_form(title="", closes_at="demain"))
    assert page.status_code == 400
    assert 'id="id_title_error"' in page.content.decode()
    assert 'id="id_closes_at_error"' in page.content.decode()


def test_frozen_poll_answers_409_and_keeps_its_question(client, owner):
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=1)
    page = client.post(address("write", poll.public_id), a_form(title="Autre question"))
    assert page.status_code == 409
    assert Poll.objects.get().title != "Autre question"
    assert "Le premier bulletin est déposé" in client.get(address("write", poll.public_id)).content.decode()


def test_poll_that_is_not_ready_does_not_open(client, owner):
    poll = a_draft(by=owner, options=["Oui"])
    page = client.post(address("open", poll.public_id), follow=True)
    assert "au moins deux options" in page.content.decode()
    assert Poll.objects.get().state == "draft"


def test_close_of_an_open_poll_can_be_moved(client, owner):
    poll = an_open_poll(by=owner)
    later = timezone.localtime(poll.closes_at + timedelta(days=3)).replace(second=0, microsecond=0)
    client.post(address("extend", poll.public_id), {"closes_at": later.strftime("%Y-%m-%dT%H:%M")})
    assert Poll.objects.get().closes_at == later


def test_scheduled_poll_waits_and_can_be_taken_back(client, owner):
    a_member()
    poll = a_draft(by=owner, opens_at=timezone.now() + timedelta(days=1))
    client.post(address("schedule", poll.public_id))
    assert Poll.objects.get().state == "scheduled"
    client.post(address("unschedule", poll.public_id))
    assert Poll.objects.get().state == "draft"


def test_short_decision_is_refused_with_what_was_typed(client, owner):
    poll = a_closed_poll(by=owner)
    page = client.post(address("decide", poll.public_id), {"decision": "Oui au voyage."})
    assert page.status_code == 400
    assert "Oui au voyage." in page.content.decode()


@pytest.mark.parametrize("who", [an_auditor, a_board_member])
def test_auditor_and_board_read_and_change_nothing(client, who):
    owner = a_product_owner()
    poll, draft = an_open_poll(by=owner), a_draft(by=owner)
    client.force_login(who())
    for page in ("write", "check", "live", "decide", "figures"):
        assert client.get(address(page, poll.public_id)).status_code == 200
    assert client.get(address("index")).status_code == 200
    assert client.post(address("close", poll.public_id)).status_code == 403
    assert client.post(address("write", draft.public_id), a_form(title="Autre")).status_code == 403
    assert client.post(address("open", draft.public_id)).status_code == 403
    assert Poll.objects.filter(state="open").count() == 1


@pytest.mark.parametrize("who", [a_member, a_moderator])
def test_others_have_no_studio(client, who):
    poll = an_open_poll()
    client.force_login(who())
    for page in (address("index"), address("live", poll.public_id), address("write", poll.public_id)):
        assert client.get(page).status_code in (302, 403)
    client.post(address("close", poll.public_id))
    assert Poll.objects.get().state == "open"


def test_no_page_of_the_desk_says_who_chose_what(client, owner):
    """Names may stand in the desk, but no receipt, no key and no voter on any page of a poll."""
    poll = an_open_poll(by=owner)
    voters = votes(poll, 0, customers=7, prospects=6)
    for step in ("open", "closed"):
        if step == "closed":
            close(poll, by=owner)
        for page in ("write", "check", "live", "decide", "figures"):
            text = client.get(address(page, poll.public_id)).content.decode()
            assert not [voter for voter in voters if voter.nickname in text or voter.public_id in text]
            assert not [ballot for ballot in Ballot.objects.all() if ballot.receipt in text or ballot.voter_key in text]


def test_ballots_are_in_no_admin_listing():
    """Neither ballots nor participations are snippets, model admins or Wagtail reports."""
    from wagtail.snippets.models import get_snippet_models

    assert not {Ballot, Poll.participations.rel.related_model} & set(get_snippet_models())


def test_sealed_poll_shows_the_team_no_count_before_the_close(client, owner):
    poll = an_open_poll(by=owner, sealed=True)
    votes(poll, 0, customers=6)
    text = client.get(address("live", poll.public_id)).content.decode()
    assert "Le sondage est scellé" in text
    assert "dk-res" not in text


@pytest.mark.parametrize("many", [1, 3])
def test_list_costs_the_same_for_one_poll_and_three(client, owner, many):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(many):
        an_open_poll(by=owner)
    client.get(address("index"))
    with CaptureQueriesContext(connection) as captured:
        client.get(address("index"))
    assert len([query for query in captured if "polls_" in query["sql"]]) == 1


@pytest.mark.parametrize("is_dated", [True, False])
def test_opening_now_is_asked_once_more_with_how_many_hear_and_gives_way_to_the_hour_set(client, owner, is_dated):
    for _ in range(3):
        a_member()
    poll = a_draft(by=owner, opens_at=timezone.now() + timedelta(days=2) if is_dated else None)
    page = client.get(address("check", poll.public_id)).content.decode()
    asked = page[page.index('<details class="dk-open" id="open-now">') :].partition("</details>")[0]
    assert hearers_of(poll).open == 3 and "3 membres l’apprennent aussitôt" in asked
    assert page.count(address("open", poll.public_id)) == asked.count(address("open", poll.public_id)) == 1
    main = re.findall(r'class="dk-btn dk-btn--main" type="submit">([^<]+)', page)
    assert main == ["Ouvrir à son heure" if is_dated else "Ouvrir maintenant"]
