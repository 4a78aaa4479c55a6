"""The editor: several questions of every method, moved, conditioned, kept through every refusal, with no line of script."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.users.models import UserProfile

from polls.models import Option, Poll
from tests.factories.circles import a_circle
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_draft, a_question, an_open_poll

pytestmark = pytest.mark.django_db
METHODS = ("single", "multiple", "ranking", "score", "points")


def address(name, *args):
    return reverse(f"polls_studio:{name}", args=args)


@pytest.fixture
def owner(client):
    owner = a_product_owner()
    client.force_login(owner)
    return owner


def a_picture(name="visuel.png"):
    raw = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(raw, "PNG")
    return SimpleUploadedFile(name, raw.getvalue(), content_type="image/png")


def asked(at, *options, keys=(), **fields):
    """The fields of one question as the form sends them."""
    sent = {"method": "single", "rows": str(len(options)), "text": f"Question {at}"} | fields
    for place, words in enumerate(options):
        sent |= {f"o-{place}-text": words, f"o-{place}-key": keys[place] if keys else f"k{at}{place}"}
    return {f"q-{at}-{name}": value for name, value in sent.items()}


def a_form(*questions, **fields):
    close = timezone.localtime(timezone.now() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    form = {
        "title": "L’offre de bienvenue",
        "intro": "",
        "closes_at": close,
        "results_policy": "after_vote",
        "do": "save",
    }
    for question in questions:
        form |= question
    return form | {"questions": str(len(questions))} | fields


def on_page(page, name):
    """The values of the inputs of this name, as the page shows them."""
    return re.findall(rf'name="{name}" value="([^"]*)"', page.content.decode())


def questions_of(poll):
    return list(poll.questions.prefetch_related("options"))


def test_poll_of_every_method_is_written_in_one_form(client, owner):
    form = a_form(*(asked(at, "A", "B", "C", method=method) for at, method in enumerate(METHODS)))
    form |= {"q-1-max_choices": "2", "q-2-ties": "1", "q-2-blanks": "1", "q-3-blanks": "1", "q-0-required": "1"}
    assert client.post(address("new"), form).status_code == 302
    single, multiple, ranking, score, points = questions_of(Poll.objects.get())
    assert [one.method for one in (single, multiple, ranking, score, points)] == list(METHODS)
    assert (multiple.max_choices, ranking.ties, ranking.blanks, score.blanks, points.blanks) == (
        2,
        True,
        True,
        True,
        False,
    )
    assert (single.required, multiple.required, single.shuffled) == (True, False, False)


def test_all_that_a_poll_can_be_is_written_and_read_again(client, owner):
    circle = a_circle(name_fr="Les voisins")
    form = a_form(
        asked(0, "A", "B"), names="1", sealed="1", consultation="1", min_account_days="30", kinds=["prospect"]
    )
    client.post(
        address("new"), form | {"circle": circle.public_id, "segments": ["student"], "results_policy": "after_close"}
    )
    poll = Poll.objects.get()
    assert (poll.confidential, poll.sealed, poll.consultation, poll.min_account_days) == (False, True, True, 30)
    assert (poll.circle, poll.kinds, poll.segments, poll.results_policy) == (
        circle,
        ("prospect",),
        ("student",),
        "after_close",
    )
    text = client.get(address("write", poll.public_id)).content.decode()
    for shown in (
        'value="30"',
        'name="names" value="1" id="id_names_1" checked',
        'name="sealed" id="id_sealed" checked',
    ):
        assert shown in text or re.search(re.escape(shown).replace(r"\ ", r"[^>]*"), text), shown
    assert "Votre nom figurera à côté de votre réponse" in text  # what members will read before an open poll


def test_question_is_added_moved_and_removed_by_buttons_that_save(client, owner):
    client.post(address("new"), a_form(asked(0, "A", "B"), do="add-question"))
    poll = Poll.objects.get()
    assert len(questions_of(poll)) == 2
    one, two = questions_of(poll)
    keys = [option.public_id for option in one.options.all()]
    both = [asked(0, "A", "B", keys=keys, id=one.public_id), asked(1, "C", "D", id=two.public_id)]
    moved = client.post(address("write", poll.public_id), a_form(*both, do="up-1"))
    assert moved.headers["Location"].endswith("#question-0")
    assert questions_of(poll) == [two, one]
    client.post(address("write", poll.public_id), a_form(*both, do="drop-1"))
    assert questions_of(poll) == [one]
    assert [option.public_id for option in one.options.all()] == keys


def test_only_if_names_an_option_that_was_only_just_typed(client, owner):
    form = a_form(asked(0, "Oui", "Non"), asked(1, "Le prix", "Le temps") | {"q-1-only_if": ["k01", ""]})
    client.post(address("new"), form)
    first, second = questions_of(Poll.objects.get())
    assert second.conditions == (first.options.get(text="Non").public_id,)
    text = client.get(address("write", Poll.objects.get().public_id)).content.decode()
    assert re.search(rf'<option value="{second.only_if}" selected>Non</option>', text)


def test_only_if_offers_the_choices_of_earlier_questions_alone(client, owner):
    poll = a_draft(by=owner, questions=[
        a_question(["Oui", "Non"], text="A ?"), a_question(["Un", "Deux"], text="B ?", method="ranking"),
        a_question(["X", "Y"], text="C ?"),
    ])  # fmt: skip
    text = client.get(address("write", poll.public_id)).content.decode()
    last = text[text.index('id="q-2-only_if-0"') :]
    assert re.findall(r'<option value="\w+">([^<]+)<', last[: last.index("</select>")]) == ["Oui", "Non"]


def test_condition_goes_with_the_option_it_named(client, owner):
    form = a_form(asked(0, "Oui", "Non", "Peut-être"), asked(1, "C", "D") | {"q-1-only_if": ["k01"]}, do="drop-0-1")
    assert client.post(address("new"), form).status_code == 302
    assert questions_of(Poll.objects.get())[1].only_if == ""


def test_question_moved_above_its_condition_is_refused_there_with_all_that_was_typed(client, owner):
    form = a_form(asked(0, "Oui", "Non"), asked(1, "Le prix", "Le temps") | {"q-1-only_if": ["k01"]}, do="up-1")
    page = client.post(address("new"), form)
    text = page.content.decode()
    assert page.status_code == 400
    assert 'id="q-0-only_if-error"' in text
    assert on_page(page, "q-1-o-1-text") == ["Non"]
    assert on_page(page, "q-0-o-0-text") == ["Le prix"]
    assert re.search(r'<option value="k01" selected>Non</option>', text)  # still said in words


def test_other_is_one_option_that_comes_last_and_keeps_its_id(client, owner):
    client.post(address("new"), a_form(asked(0, "A", "B", other="1", other_text="Autre envie")))
    poll = Poll.objects.get()
    other = poll.questions.get().options.get(is_other=True)
    assert (other.text, other.position) == ("Autre envie", 2)
    page = client.get(address("write", poll.public_id))
    assert on_page(page, "q-0-other_key") == [other.public_id]
    assert on_page(page, "q-0-rows") == ["2"]
    again = asked(0, "A", "B", id=poll.questions.get().public_id, other="1", other_key=other.public_id)
    client.post(address("write", poll.public_id), a_form(again))
    other.refresh_from_db()
    assert other.text == "Autre"


@pytest.mark.parametrize(
    ("wrong", "place"),
    [
        ({"q-0-max_choices": "beaucoup", "q-0-method": "multiple"}, "q-0-max_choices-error"),
        ({"q-0-max_choices": "1", "q-0-method": "multiple"}, "q-0-max_choices-error"),
        ({"q-1-o-1-text": "x" * 121}, "q-1-o-1-text-error"),
        ({"q-1-o-0-description": "x" * 241}, "q-1-o-0-description-error"),
        ({"q-1-text": "x" * 161}, "q-1-text-error"),
        ({"q-0-method": "telepathy"}, "q-0-method-error"),
        ({"min_account_days": "-3"}, "id_min_account_days_error"),
        ({"closes_at": "demain"}, "id_closes_at_error"),
        ({"title": ""}, "id_title_error"),
        ({"q-0-other": "1", "q-0-other_text": "x" * 121}, "q-0-other_text-error"),
    ],
)
def test_refusal_stands_at_its_field_and_nothing_typed_is_lost(client, owner, wrong, place):
    page = client.post(
        address("new"), a_form(asked(0, "A", "B"), asked(1, "Gamma", "Delta"), intro="Nos raisons") | wrong
    )
    text = page.content.decode()
    assert page.status_code == 400
    assert f'id="{place}"' in text
    assert f'{place}"' in text.split("<form", 2)[-1]
    assert "Nos raisons" in text
    assert on_page(page, "q-1-o-0-text") == ["Gamma"]
    assert not Poll.objects.exists()


def test_added_line_and_moved_option_stand_even_where_saving_is_refused(client, owner):
    page = client.post(address("new"), a_form(asked(0, "A", "B"), title="", do="more-0"))
    assert on_page(page, "q-0-rows") == ["3"]
    page = client.post(address("new"), a_form(asked(0, "A", "B"), title="", do="down-0-0"))
    assert on_page(page, "q-0-o-0-text") == ["B"]
    page = client.post(address("new"), a_form(asked(0, "A", "B"), title="", do="add-question"))
    assert on_page(page, "questions") == ["2"]


def test_open_poll_says_at_the_question_what_lacks(client, owner):
    a_member()
    poll = an_open_poll(by=owner)
    page = client.post(address("write", poll.public_id), a_form(asked(0, "Seule", id=poll.questions.get().public_id)))
    assert page.status_code == 400
    assert "au moins deux options" in page.content.decode()


def test_visual_wants_words_for_those_who_do_not_see_it(client, owner):
    page = client.post(address("new"), a_form(asked(0, "A", "B"), consultation="1", **{"q-0-image": a_picture()}))
    text = page.content.decode()
    assert 'id="q-0-image_alt-error"' in text
    assert "choisissez-la de nouveau" in text
    form = a_form(asked(0, "A", "B", image_alt="Un phare la nuit"), consultation="1", **{"q-0-image": a_picture()})
    assert client.post(address("new"), form).status_code == 302
    question = Poll.objects.get().questions.get()
    assert (question.image.name.endswith(".webp"), question.image_alt) == (True, "Un phare la nuit")
    client.post(
        address("write", Poll.objects.get().public_id),
        a_form(asked(0, "A", "B", id=question.public_id, drop_image="1")),
    )
    question.refresh_from_db()
    assert not question.image


def test_card_number_anywhere_can_be_saved_masked(client, owner):
    form = a_form(asked(0, "A", "B", text="Carte 4111 1111 1111 1111 ?", other="1", other_text="4111 1111 1111 1111"))
    page = client.post(address("new"), form)
    assert page.status_code == 400
    assert "Enregistrer en le masquant" in page.content.decode()
    client.post(address("new"), form | {"do": "mask"})
    poll = Poll.objects.get()
    assert "4111" not in poll.questions.get().text
    assert not Option.objects.filter(text__contains="4111").exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"questions": "999999999999"}, {"questions": "-1"}, {"questions": "²"}, {"q-0-rows": "1e9"}, {"do": "drop-99"},
        {"do": "up-0-99"}, {"do": "down-²"}, {"do": "-"}, {"do": "more-"}, {"do": "up-x-y"}, {"q-0-only_if": ["'; --", "zzz"]},
        {"q-0-o-0-key": "<b>"}, {"min_account_days": "9" * 40}, {"q-0-max_choices": "9" * 40, "q-0-method": "multiple"},
        {"do": "drop-0"}, {"q-0-id": "aaaaaaaaaaaa"}, {"circle": "nowhere"}, {"names": "2"}, {"do": "more-5"},
    ],
)  # fmt: skip
def test_whatever_is_sent_the_editor_answers(client, owner, sent):
    answer = client.post(address("new"), a_form(asked(0, "A", "B")) | sent)
    assert answer.status_code in (302, 400)
    if answer.status_code == 302:
        assert client.get(answer.headers["Location"]).status_code == 200
    assert client.get(address("new") + "?more=²").status_code == 200


def test_thirteen_questions_are_refused_with_all_of_them_shown(client, owner):
    page = client.post(address("new"), a_form(*(asked(at, "A", "B") for at in range(13))))
    assert page.status_code == 400
    assert on_page(page, "questions") == ["13"]


def test_option_of_another_poll_is_not_taken_over(client, owner):
    theirs = a_draft(by=owner)
    stranger = Option.objects.filter(question__poll=theirs).first()
    client.post(
        address("new"),
        a_form(asked(0, "Volée", "B", keys=[stranger.public_id, "x1"], id=theirs.questions.get().public_id)),
    )
    stranger.refresh_from_db()
    assert stranger.text != "Volée"
    assert Option.objects.filter(question__poll=theirs).count() == 3


def polls_queries(captured):
    return [query["sql"] for query in captured if "polls_" in query["sql"]]


@pytest.mark.parametrize("many", [1, 6])
def test_editor_costs_the_same_for_one_question_and_six(client, owner, many):
    """The poll, its questions, their options, and whether a ballot is in."""
    poll = a_draft(by=owner, questions=[a_question(["A", "B"], text=f"Question {at}") for at in range(many)])
    client.get(address("write", poll.public_id))
    with CaptureQueriesContext(connection) as captured:
        client.get(address("write", poll.public_id))
    assert len(polls_queries(captured)) == 4


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("new", "Begin from a template"),
        ("write", "Add a question"),
        ("preview", "On a computer"),
        ("check", "To read over"),
    ],
)
def test_pages_speak_english_too(client, owner, name, words):
    UserProfile.objects.update_or_create(user=owner, defaults={"preferred_language": "en"})
    poll = a_draft(by=owner)
    page = client.get(address(name, *([] if name == "new" else [poll.public_id])))
    assert words in page.content.decode()
