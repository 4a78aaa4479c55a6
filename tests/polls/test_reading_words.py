"""The words of a ballot reach the team without a name: after the close, of five ballots or more, with nothing that tells who."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from core.errors import NotAllowed
from core.models import Event
from polls import exporting_words
from polls.domain.answering import Answer
from polls.domain.closing import close, close_due, reopen
from polls.domain.counting_in import count_in
from polls.domain.reading_words import WordsHidden, all_words, read_words
from polls.domain.voting import cast_ballot
from polls.models import Ballot, Poll
from polls.states import BEING_COUNTED, Method
from tests.factories.members import (
    a_board_member,
    a_member,
    a_moderator,
    a_product_owner,
    an_auditor,
)
from tests.factories.polls import a_question, an_open_poll

pytestmark = pytest.mark.django_db
CARD = "Une carte en bois"
WISH = "Je préfère parler à quelqu’un à l’agence."
OPTIONS = ("Appli", "Agence", {"text": "Autre", "is_other": True})


@pytest.fixture
def owner(client):
    owner = a_product_owner()
    client.force_login(owner)
    return owner


def a_poll(owner, **fields):
    return an_open_poll(by=owner, options=OPTIONS, comments=True, **fields)


def whole(poll):
    return Poll.objects.with_ballot_count().with_questions().get(pk=poll.pk)


def writes(poll, *, other="", comment="", by=None):
    """A ballot with these words, of the poll's one question; without “other” for its first option."""
    question = poll.questions.get()
    options = {option.is_other: option.public_id for option in reversed(question.options.all())}
    answer = Answer(options=[options[bool(other)]], other=other, comment=comment)
    voter = by or a_member()
    cast_ballot(poll.public_id, answers={question.public_id: answer}, by=voter)
    return voter


def test_words_are_read_once_the_close_is_written_down_and_not_by_the_clock_alone(owner):
    poll = a_poll(owner)
    for _ in range(6):
        writes(poll, comment=WISH)
    with time_machine.travel(poll.closes_at + timedelta(milliseconds=2), tick=False):
        with pytest.raises(WordsHidden) as refusal:
            all_words(whole(poll), by=owner)
        assert refusal.value.message == BEING_COUNTED
        close_due()
        assert len(all_words(whole(poll), by=owner)) == 1


def filled(owner, *, ballots=5, **fields):
    """A poll of so many ballots, one with words of its own under “other” and one with a comment."""
    poll = a_poll(owner, **fields)
    writer, critic = writes(poll, other=CARD), writes(poll, comment=WISH)
    for _ in range(ballots - 2):
        writes(poll)
    return poll, writer, critic


def closed_with(owner, *words):
    poll = a_poll(owner)
    for number in range(max(5, len(words))):
        writes(poll, **(words[number] if number < len(words) else {}))
    return close(poll, by=owner)


def shown(client, poll, **asked):
    return client.get(reverse("polls_studio:words", args=[poll.public_id]), asked)


def api(client, poll, **asked):
    return client.get(reverse("api_desk_poll_words", args=[poll.public_id]), asked)


def file(client, poll, kind, *, name="polls_studio:words_export"):
    answer = client.get(reverse(name, args=[poll.public_id, kind]))
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def ways(client, poll):
    """All that is read of the words, on every way there is."""
    address = reverse("api_desk_poll_words_file", args=[poll.public_id, "csv"])
    return [shown(client, poll).content, api(client, poll).content, client.get(address).content]


def test_comment_and_other_reach_the_team_without_a_name(client, owner):
    poll, writer, critic = filled(owner)
    close(poll, by=owner)
    ballots = Ballot.objects.filter(poll=poll)
    for said in (*ways(client, poll), file(client, poll, "csv")):
        text = json.dumps(json.loads(said), ensure_ascii=False) if said.startswith(b"{") else said.decode()
        assert CARD in text and WISH in text
        for voter in (writer, critic):
            assert voter.display_name not in text and voter.public_id not in text
        for ballot in ballots:
            assert ballot.receipt not in text and ballot.voter_key not in text


def test_api_says_where_each_text_was_written_and_nothing_else_of_its_ballot(client, owner):
    poll, _writer, _critic = filled(owner)
    close(poll, by=owner)
    question = poll.questions.get()
    other = question.options.get(is_other=True).public_id
    told = api(client, poll).json()
    assert told["results"] == [
        {"question": question.public_id, "part": "other", "option": other, "text": CARD, "times": 1},
        {"question": question.public_id, "part": "comment", "option": "", "text": WISH, "times": 1},
    ]
    assert (told["next"], told["previous"]) == (None, None)
    assert [(one["part"], one["texts"], one["withheld"]) for one in told["sections"]] == [
        ("other", 1, False), ("comment", 1, False),
    ]  # fmt: skip


def test_under_five_ballots_nothing_is_read(client, owner):
    poll, _writer, _critic = filled(owner, ballots=4)
    close(poll, by=owner)
    for said in ways(client, poll):
        assert CARD not in said.decode() and "préf" not in said.decode()
    assert "moins de cinq bulletins" in shown(client, poll).content.decode()
    assert [one["withheld"] for one in api(client, poll).json()["sections"]] == [True, True]


def test_question_that_too_few_answered_keeps_its_words_beside_one_that_enough_answered(client, owner):
    asked = [
        a_question(("Oui", "Non"), text="Un ?", comments=True),
        a_question(("Oui", "Non"), text="Deux ?", comments=True, required=False),
    ]
    poll = an_open_poll(by=owner, questions=asked)
    one, two = poll.questions.all()
    for number in range(6):
        answers = {one.public_id: Answer(options=[one.options.first().public_id], comment="Un mot" if number else "")}
        if number < 4:
            answers[two.public_id] = Answer(options=[two.options.first().public_id], comment="Secret")
        cast_ballot(poll.public_id, answers=answers, by=a_member())
    close(poll, by=owner)
    text = shown(client, poll).content.decode()
    assert "Un mot" in text and "Secret" not in text
    assert "Deux ? : moins de cinq" in text.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Secret" not in api(client, poll, question=two.public_id).content.decode()


def test_nothing_is_read_while_the_poll_is_open_as_the_new_text_would_be_the_last_voters(client, owner):
    poll, _writer, _critic = filled(owner, ballots=12)
    answer = api(client, poll)
    assert (answer.status_code, answer.json()["code"]) == (403, "words_hidden")
    assert answer.json()["appears_at"]
    page = shown(client, poll)
    assert page.status_code == 403 and "après la clôture" in page.content.decode()
    for said in ways(client, poll):
        assert CARD not in said.decode()


def test_sealed_poll_gives_its_words_after_the_close_alone(client, owner):
    poll, _writer, _critic = filled(owner, sealed=True)
    assert api(client, poll).json()["code"] == "results_hidden"
    close(poll, by=owner)
    assert CARD in shown(client, poll).content.decode()


def test_order_follows_from_the_texts_and_not_from_the_ballots(owner):
    texts = [f"Idée {number}" for number in range(12)]
    poll = closed_with(owner, *({"other": text, "comment": text} for text in texts))
    found = read_words(whole(poll), by=owner)
    others, comments = ([one.text for one in found.texts if one.section.part == part] for part in ("other", "comment"))
    assert sorted(others) == sorted(comments) == sorted(texts)
    in_box = [
        words[poll.questions.get().public_id]["other"] for words in Ballot.objects.values_list("words", flat=True)
    ]
    by_receipt = [
        ballot.words[poll.questions.get().public_id]["other"] for ballot in Ballot.objects.order_by("receipt")
    ]
    assert len({tuple(order) for order in (texts, in_box, by_receipt, others, comments)}) == 5
    assert [one.text for one in read_words(whole(poll), by=owner).texts] == [*others, *comments]


def test_same_words_of_several_are_one_text_with_how_often(client, owner):
    poll = closed_with(owner, *[{"other": CARD}] * 3)
    [row] = api(client, poll).json()["results"]
    assert (row["text"], row["times"]) == (CARD, 3)
    assert "écrit 3 fois" in shown(client, poll).content.decode()


def test_ballots_counted_apart_are_left_out_until_they_are_counted_in(client, owner, settings):
    settings.LAB = settings.LAB | {"BALLOT_ACCOUNT_HOURS": 24}
    poll, _writer, _critic = filled(owner)
    writes(poll, comment="De la maison", by=a_product_owner())
    for _ in range(5):
        writes(poll, comment="Tout neuf", by=a_member(date_joined=timezone.now()))
    close(poll, by=owner)
    text = shown(client, poll).content.decode()
    assert "De la maison" not in text and "Tout neuf" not in text
    count_in(whole(poll), ["new"], reason="Ces comptes viennent de notre invitation en agence.", by=owner)
    text = shown(client, poll).content.decode()
    assert "De la maison" not in text and "Tout neuf" in text


def again(poll, owner):
    reopen(whole(poll), closes_at=timezone.now() + timedelta(days=1), by=owner)
    return Poll.objects.get(pk=poll.pk)


def test_poll_opened_again_for_fewer_than_five_holds_its_words_back(client, owner):
    poll, _writer, _critic = filled(owner)
    close(poll, by=owner)
    poll = again(poll, owner)
    writes(poll, comment="Le seul nouveau")
    assert api(client, poll).json()["code"] == "words_hidden"
    close(poll, by=owner)
    answer = api(client, poll)
    assert (answer.status_code, answer.json()["code"]) == (409, "words_held_back")
    for said in ways(client, poll):
        assert "nouveau" not in said.decode()
    poll = again(poll, owner)
    for _ in range(4):
        writes(poll)
    close(poll, by=owner)
    assert "Le seul nouveau" in shown(client, poll).content.decode()


def test_one_who_changes_words_alone_after_the_first_close_is_not_read_in_the_difference(client, owner):
    poll, _writer, critic = filled(owner)
    close(poll, by=owner)
    poll = again(poll, owner)
    writes(poll, comment="J’ai changé d’avis.", by=critic)
    close(poll, by=owner)
    assert api(client, poll).json()["code"] == "words_held_back"


def test_poll_opened_again_in_which_nothing_moved_shows_its_words_as_before(client, owner):
    poll, _writer, _critic = filled(owner)
    close(poll, by=owner)
    poll = again(poll, owner)
    close(poll, by=owner)
    assert CARD in shown(client, poll).content.decode()


def test_what_the_shield_masks_was_masked_when_it_was_stored(client, owner):
    poll = closed_with(owner, {"comment": "Appelez-moi au 06 12 34 56 78 ou à lea@exemple.fr"})
    [row] = api(client, poll).json()["results"]
    assert "06 12" not in row["text"] and "exemple" not in row["text"]


@pytest.mark.parametrize("who", [a_member, a_moderator])
def test_others_read_none_of_it(client, who):
    boss = a_product_owner()
    poll, _writer, _critic = filled(boss)
    close(poll, by=boss)
    reader = who()
    client.force_login(reader)
    assert api(client, poll).status_code == 403
    assert shown(client, poll).status_code in (302, 403)
    for name in ("polls_studio:words_export", "api_desk_poll_words_file"):
        assert client.get(reverse(name, args=[poll.public_id, "csv"])).status_code in (302, 403)
    with pytest.raises(NotAllowed):
        read_words(whole(poll), by=reader)


@pytest.mark.parametrize("who", [an_auditor, a_board_member])
def test_who_reads_the_studio_reads_them(client, who):
    boss = a_product_owner()
    poll, _writer, _critic = filled(boss)
    close(poll, by=boss)
    client.force_login(who())
    assert CARD in shown(client, poll).content.decode()
    assert api(client, poll).status_code == 200


def test_pages_go_on_by_cursor_and_miss_and_double_nothing(client, owner):
    texts = [f"Idée {number}" for number in range(60)]
    poll = closed_with(owner, *({"other": text, "comment": text} for text in texts))
    seen, address = [], reverse("api_desk_poll_words", args=[poll.public_id]) + "?page_size=7"
    while address:
        told = client.get(address).json()
        seen += [(row["part"], row["text"]) for row in told["results"]]
        address = told["next"]
    assert sorted(seen) == sorted((part, text) for part in ("other", "comment") for text in texts)
    first = shown(client, poll).context["words"]
    after = shown(client, poll, cursor=first.next).context["words"]
    last = shown(client, poll, cursor=after.next).context["words"]
    assert [len(one.texts) for one in (first, after, last)] == [50, 50, 20]
    assert not last.next


def test_pages_go_back_as_they_came_by_page_and_by_api(client, owner):
    poll = closed_with(owner, *({"other": f"Idée {number}", "comment": f"Idée {number}"} for number in range(60)))
    address, forth, back = reverse("api_desk_poll_words", args=[poll.public_id]) + "?page_size=9", [], []
    while address:
        told = client.get(address).json()
        forth.append(told["results"])
        last, address = told, told["next"]
    assert client.get(reverse("api_desk_poll_words", args=[poll.public_id])).json()["previous"] is None
    back.append(last["results"])
    while last["previous"]:
        last = client.get(last["previous"]).json()
        assert last["next"]
        back.append(last["results"])
    flat = [row for page in forth for row in page]
    assert len(flat) == 120 and [row for page in reversed(back) for row in page] == flat
    second = shown(client, poll, cursor=shown(client, poll).context["words"].next)
    assert "Ceux d’avant" in second.content.decode()
    first = shown(client, poll, cursor=second.context["words"].previous).context["words"]
    assert ([one.text for one in first.texts], first.previous) == (
        [one.text for one in shown(client, poll).context["words"].texts], None,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_audit_keeps_who_took_the_words_away_as_what_and_none_of_them(client, owner, kind):
    poll = closed_with(owner, {"other": CARD})
    for name in ("polls_studio:words_export", "api_desk_poll_words_file"):
        assert client.get(reverse(name, args=[poll.public_id, kind])).status_code == 200
    noted = list(Event.objects.filter(name="WordsExported", actor=owner.public_id))
    assert [event.payload for event in noted] == [{"poll_id": poll.pk, "kind": kind}] * 2
    history = client.get(reverse("polls_studio:history", args=[poll.public_id])).content.decode()
    assert "Réponses écrites exportées" in history and kind.upper() in history


def test_words_that_were_refused_or_only_read_are_not_noted_as_taken_away(client, owner):
    poll = closed_with(owner, {"other": CARD})
    shown(client, poll)
    client.get(reverse("polls_studio:words_export", args=[poll.public_id, "pdf"]))
    client.force_login(a_moderator())
    client.get(reverse("polls_studio:words_export", args=[poll.public_id, "csv"]))
    assert not Event.objects.filter(name="WordsExported").exists()


@pytest.mark.parametrize(
    "cursor", ["xx", "0.zz", "b", "bb0." + "0" * 64, "-1." + "0" * 64, "9" * 400, "0." + "Ａ" * 64]
)
def test_cursor_and_question_that_are_none_are_refused_in_words(client, owner, cursor):
    poll = closed_with(owner, {"other": CARD})
    assert (shown(client, poll, cursor=cursor).status_code, api(client, poll, cursor=cursor).json()["code"]) == (
        400, "bad_cursor",
    )  # fmt: skip
    assert api(client, poll, question=cursor).json()["code"] == "unknown_question"


@pytest.mark.parametrize("many", [1, 30])
def test_words_cost_the_same_however_many(client, owner, many):
    poll = closed_with(owner, *({"other": f"Idée {number}"} for number in range(many)))
    shown(client, poll)
    for read in (shown, api):
        with CaptureQueriesContext(connection) as captured:
            read(client, poll)
        # The poll, its questions, their options; the published tallies; the words.
        assert len([query for query in captured if "polls_" in query["sql"]]) == 5


def test_file_runs_no_formula_and_its_kinds_are_two(client, owner, monkeypatch):
    poll = closed_with(owner, {"other": "=2+2"}, {"comment": "=2+3"})
    csv = file(client, poll, "csv").decode()
    assert "'=2+2" in csv and csv.startswith("\ufeff") and len(csv.splitlines()) == 3
    sheet = load_workbook(BytesIO(file(client, poll, "xlsx"))).active
    assert [row[2].value for row in sheet.iter_rows(min_row=2)] == ["'=2+2", "'=2+3"]
    assert client.get(reverse("polls_studio:words_export", args=[poll.public_id, "pdf"])).status_code == 404
    answer = client.get(reverse("api_desk_poll_words_file", args=[poll.public_id, "pdf"]))
    assert answer.json()["code"] == "unknown_format"
    monkeypatch.setattr(exporting_words, "XLSX_MOST", 1)
    answer = client.get(reverse("api_desk_poll_words_file", args=[poll.public_id, "xlsx"]))
    assert answer.json()["code"] == "too_many_rows"


def test_page_without_words_says_so(client, owner):
    assert "Personne n’a écrit" in shown(client, closed_with(owner)).content.decode()
    poll = an_open_poll(by=owner)
    close(poll, by=owner)
    assert "Aucune question" in shown(client, poll).content.decode()
    live = client.get(reverse("polls_studio:live", args=[poll.public_id])).content.decode()
    assert "/words/" not in live
    poll = a_poll(owner)
    assert "/words/" in client.get(reverse("polls_studio:live", args=[poll.public_id])).content.decode()


def test_english_reader_has_it_in_english(client):
    boss = a_product_owner()
    UserProfile.objects.update_or_create(user=boss, defaults={"preferred_language": "en"})
    poll = closed_with(boss, {"other": CARD})
    client.force_login(boss)
    text = shown(client, poll).content.decode()
    assert "1 answer in words under “Autre”" in text


def test_voter_reads_their_own_words_again_and_nobody_elses(client):
    boss = a_product_owner()
    poll, writer, critic = filled(boss)
    for voter, own, others in ((writer, CARD, WISH), (critic, WISH, CARD)):
        client.force_login(voter)
        text = client.get(poll.get_absolute_url()).content.decode()
        receipt = text[text.index("Vous avez écrit") :]
        assert f"<p>{own}</p>" in receipt and others not in text


def test_sealed_words_are_shut_for_their_voter_too_until_the_close(client):
    boss = a_product_owner()
    poll, writer, _critic = filled(boss, sealed=True)
    client.force_login(writer)
    assert CARD not in client.get(poll.get_absolute_url()).content.decode()
    close(poll, by=boss)
    assert f"<p>{CARD}</p>" in client.get(poll.get_absolute_url()).content.decode()


@pytest.mark.parametrize("method", Method.values)
def test_question_left_out_with_a_comment_is_read_again_by_its_voter_and_beside_their_name(client, owner, method):
    asked = [
        a_question(("Oui", "Non"), text="Un ?"),
        a_question(("Oui", "Non"), text="Deux ?", method=method, required=False, comments=True),
    ]
    poll = an_open_poll(by=owner, questions=asked, confidential=False)
    one, two = poll.questions.all()
    answers = {one.public_id: Answer(options=[one.options.first().public_id]), two.public_id: Answer(comment=WISH)}
    voter = a_member()
    cast_ballot(poll.public_id, answers=answers, by=voter)
    assert client.get(reverse("polls_studio:names", args=[poll.public_id])).status_code == 200
    client.force_login(voter)
    assert WISH in client.get(poll.get_absolute_url()).content.decode()
