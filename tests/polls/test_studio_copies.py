"""Copies and templates: what was asked is asked again, and nobody but the studio ever meets a template."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from core.errors import Invalid, NotAllowed, NotFound
from polls.domain.duplicating import drop_template, duplicate, keep_as_template, write_from_shipped
from polls.domain.opening import faults_of, open_now, schedule
from polls.domain.writing import write_poll
from polls.models import Ballot, Poll
from polls.templates_that_ship import SHIPPED, shipped_in
from tests.factories.members import a_board_member, a_member, a_moderator, a_product_owner, an_auditor
from tests.factories.polls import a_decided_poll, a_draft, a_question, an_open_poll, votes

from .test_studio_writing import a_picture

pytestmark = pytest.mark.django_db


def address(name, *args):
    return reverse(f"polls_studio:{name}", args=args)


@pytest.fixture
def owner(client):
    owner = a_product_owner()
    client.force_login(owner)
    return owner


def a_full_draft(owner):
    return a_draft(
        by=owner, kinds=["prospect"], segments=["student"], min_account_days=20, sealed=True, confidential=False,
        consultation=True, results_policy="staff_only", intro="Nos raisons",
        questions=[
            a_question(
                [{"text": "Oui", "key": "yes", "drawing": "cash"}, {"text": "Non", "key": "no", "image": a_picture()},
                 {"text": "Autre", "is_other": True}],
                text="Un ?", image=a_picture(), image_alt="Un phare",
            ),
            a_question(["A", "B", "C"], text="Deux ?", method="ranking", ties=True, blanks=True, only_if=["no"], comments=True),
            a_question(["A", "B", "C"], text="Trois ?", method="multiple", max_choices=2, required=False, shuffled=True),
        ],
    )  # fmt: skip


def asked_in(poll):
    """All that a poll asks, conditions by words."""
    questions = list(poll.questions.prefetch_related("options"))
    words = {option.public_id: option.text for question in questions for option in question.options.all()}
    return [
        (
            question.text, question.method, question.max_choices, question.required, question.shuffled, question.ties,
            question.blanks, question.comments, question.image_alt, bool(question.image),
            [words[one] for one in question.conditions],
            [(row.text, row.description, row.drawing, row.is_other, bool(row.image)) for row in question.options.all()],
        )
        for question in questions
    ]  # fmt: skip


def test_copy_asks_the_same_of_the_same_people_without_dates_ballots_or_decision():
    owner = a_product_owner()
    poll = a_full_draft(owner)
    copy = duplicate(poll, by=owner)
    assert asked_in(copy) == asked_in(poll)
    kept = ("title", "intro", "audience_kinds", "audience_segments", "min_account_days", "results_policy", "confidential",
            "sealed", "consultation", "is_template")  # fmt: skip
    assert [getattr(copy, name) for name in kept] == [getattr(poll, name) for name in kept]
    assert (copy.state, copy.opens_at, copy.closes_at, copy.decision) == ("draft", None, None, "")
    assert copy.public_id != poll.public_id


def test_pictures_are_copied_so_that_none_is_shared():
    owner = a_product_owner()
    poll = a_full_draft(owner)
    copy = duplicate(poll, by=owner)
    old, new = poll.questions.first(), copy.questions.first()
    assert old.image.name != new.image.name
    assert old.image.read() == new.image.read()
    assert new.options.get(text="Non").image.name != old.options.get(text="Non").image.name


def test_picture_that_was_lost_leaves_the_copy_without_one():
    owner = a_product_owner()
    poll = a_full_draft(owner)
    poll.questions.first().image.storage.delete(poll.questions.first().image.name)
    assert not duplicate(poll, by=owner).questions.first().image


def test_decided_poll_is_duplicated_from_its_page_and_from_the_list(client, owner):
    poll = a_decided_poll(by=owner)
    for page in (address("decide", poll.public_id), address("index")):
        assert address("duplicate", poll.public_id) in client.get(page).content.decode()
    done = client.post(address("duplicate", poll.public_id))
    copy = Poll.objects.exclude(pk=poll.pk).get()
    assert done.headers["Location"] == address("write", copy.public_id)
    assert (copy.state, copy.decision, copy.owner) == ("draft", "", owner)


def test_copy_of_an_open_poll_has_no_ballot():
    owner = a_product_owner()
    poll = an_open_poll(by=owner)
    votes(poll, 0, customers=2)
    copy = duplicate(poll, by=owner)
    assert (Ballot.objects.filter(poll=copy).count(), copy.tallies.count()) == (0, 0)


@pytest.mark.parametrize("who", [a_member, a_moderator, an_auditor, a_board_member])
def test_others_copy_and_keep_nothing(client, who):
    owner = a_product_owner()
    poll, template = a_draft(by=owner), keep_as_template(a_draft(by=owner), by=owner)
    person = who()
    for verb in (duplicate, keep_as_template, drop_template):
        with pytest.raises(NotAllowed):
            verb(template if verb is drop_template else poll, by=person)
    with pytest.raises(NotAllowed):
        write_from_shipped("welcome", by=person)
    client.force_login(person)
    for name in ("duplicate", "keep", "drop"):
        assert client.post(address(name, template.public_id)).status_code in (302, 403)
    client.post(address("start", "welcome"))
    assert Poll.objects.count() == 3


def test_template_is_kept_found_written_from_changed_and_taken_away(client, owner):
    poll = a_decided_poll(by=owner, title="Le cadeau d’accueil")
    client.post(address("keep", poll.public_id))
    template = Poll.objects.templates().get()
    text = client.get(address("new")).content.decode()
    assert "Le cadeau d’accueil" in text
    assert address("duplicate", template.public_id) in text
    client.post(address("duplicate", template.public_id))
    assert Poll.objects.filter(state="draft", is_template=False).count() == 1
    question = template.questions.get()
    form = {"title": "Le cadeau, à neuf", "results_policy": "always", "questions": "1", "q-0-id": question.public_id}
    client.post(address("write", template.public_id), form)
    template.refresh_from_db()
    assert (template.title, template.is_template) == ("Le cadeau, à neuf", True)
    client.post(address("drop", template.public_id))
    assert not Poll.objects.templates().exists()
    assert Poll.objects.count() == 2


def test_poll_that_is_no_template_is_not_taken_away(client, owner):
    poll = a_draft(by=owner)
    with pytest.raises(NotFound):
        drop_template(poll, by=owner)
    client.post(address("drop", poll.public_id))
    assert Poll.objects.get() == poll


def test_template_never_opens():
    owner = a_product_owner()
    a_member()
    template = keep_as_template(a_draft(by=owner), by=owner)
    assert "template" in dict(faults_of(template))
    for verb in (open_now, schedule):
        with pytest.raises(Invalid) as refused:
            verb(template, by=owner)
        assert refused.value.code == "template"
    with pytest.raises(IntegrityError), transaction.atomic():
        Poll.objects.filter(pk=template.pk).update(
            state="open", opens_at="2026-01-01T00:00Z", closes_at="2099-01-01T00:00Z"
        )


def test_no_list_count_search_or_api_has_a_template(client, owner):
    """A word of chance stands in the template's title: it is on no page but the studio's own of templates."""
    a_member()
    template = keep_as_template(a_draft(by=owner, title="Zyxwvut, quel cadeau ?"), by=owner)
    Poll.objects.filter(is_template=False).delete()
    member = a_member()
    for person in (None, member, owner):
        client.logout() if person is None else client.force_login(person)
        for page in (
            "/", "/sondages/", "/sondages/?unanswered=1", "/recherche/?q=Zyxwvut", "/api/v1/polls/",
            "/api/v1/polls/?unanswered=1", reverse("my_lab"),
        ):  # fmt: skip
            text = client.get(page, follow=True).content.decode()
            assert "Zyxwvut, quel" not in text, page
            assert template.public_id not in text, page
        if person != owner:
            for page in (f"/sondages/{template.public_id}/", f"/api/v1/polls/{template.public_id}/"):
                assert client.get(page).status_code == 404
            sent = {"options": [template.questions.get().options.first().public_id]}
            ballot = client.put(f"/api/v1/polls/{template.public_id}/ballot/", sent, content_type="application/json")
            assert ballot.status_code in (401, 403, 404)
    assert template.public_id not in client.get(address("index")).content.decode()
    assert not Poll.objects.for_reading(member).exists()
    assert not Poll.objects.unanswered_by(member).exists()
    assert Poll.objects.of_the_moment(member) is None
    assert template.public_id in client.get(address("new")).content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("key", sorted(SHIPPED))
def test_template_that_ships_is_a_poll_that_can_open(key, language):
    owner = a_product_owner()
    a_member()
    with translation.override(language):
        poll = write_from_shipped(key, by=owner)
        assert {code for code, _sentence in faults_of(poll)} == {"bad_dates"}
    assert (poll.state, poll.is_template, poll.title) == ("draft", False, shipped_in(language)[key].title)
    assert "{" not in str([question.text for question in poll.questions.all()])


def test_templates_that_ship_say_the_same_in_both_languages():
    def shape(told):
        if isinstance(told, dict):
            return {name: shape(value) for name, value in told.items()}
        return [shape(one) for one in told] if isinstance(told, list) else type(told)

    french, english = shipped_in("fr"), shipped_in("en-gb")
    assert shape({key: one.poll for key, one in french.items()}) == shape(
        {key: one.poll for key, one in english.items()}
    )
    assert all(french[key].title != english[key].title for key in french)


def test_welcome_offer_is_on_the_page_of_a_new_poll_and_writes_a_draft(client, owner):
    assert address("start", "welcome") in client.get(address("new")).content.decode()
    done = client.post(address("start", "welcome"))
    poll = Poll.objects.get()
    assert done.headers["Location"] == address("write", poll.public_id)
    options = [option.text for option in poll.questions.get().options.all()]
    assert options == ["100 € en espèces", "Vos frais de transfert remboursés", "Un an d’ordres sans courtage"]
    assert client.post(address("start", "nothing"), follow=True).status_code in (200, 404)
    assert Poll.objects.count() == 1


def test_copy_of_a_poll_of_a_closed_circle_is_for_everybody():
    from django.utils import timezone

    from tests.factories.circles import a_circle

    owner = a_product_owner()
    circle = a_circle()
    poll = write_poll(None, by=owner, title="Entre nous ?", circle=circle, questions=[a_question(["A", "B"])])
    circle.closed_at = timezone.now()
    circle.save()
    poll.refresh_from_db()
    assert duplicate(poll, by=owner).circle is None
