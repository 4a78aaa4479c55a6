"""Charts of a result to keep: the figures that are published, to whom the results policy lets see them, and nothing more."""

import csv as reader
import re
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import translation
from PIL import Image

from core.charts import WIDE, Bar, Bars, png
from core.charts.layouts import lay_out
from core.charts.marks import Text
from polls.charting import in_ballots, in_people
from polls.domain.answering import Answer
from polls.domain.closing import close
from polls.domain.voting import cast_ballot
from polls.domain.weighting import set_weights
from polls.models import AudienceShare
from polls.states import Method, ResultsPolicy
from tests.counting import queries_of
from tests.factories.members import a_member, a_product_owner
from tests.factories.polls import a_closed_poll, an_open_poll, options_of, votes

pytestmark = [pytest.mark.django_db, pytest.mark.once]
KINDS = {"svg": "image/svg+xml", "png": "image/png", "csv": "text/csv"}


def rows_of(answer):
    return list(reader.reader(StringIO(answer.content.decode().lstrip("\ufeff")), delimiter=";"))


def address(poll, name="result", kind="csv", face="polls:chart"):
    return reverse(face, args=[poll.public_id, poll.questions.first().public_id, name, kind])


def closed_with(answers, **fields):
    """A poll that closed with these answers, each a function of its options."""
    poll = an_open_poll(**fields)
    ids = options_of(poll)
    question = poll.questions.get().public_id
    for answer in answers:
        cast_ballot(poll.public_id, answers={question: answer(ids)}, by=a_member())
    return close(poll, by=a_product_owner())


def a_split_poll(**fields):
    """12 customers and 2 prospects want the first, 9 and 8 the second."""
    poll = an_open_poll(**fields)
    votes(poll, 0, customers=12, prospects=2)
    votes(poll, 1, customers=9, prospects=8)
    return close(poll, by=a_product_owner())


@pytest.mark.parametrize("face", ["polls:chart", "api_poll_chart"])
@pytest.mark.parametrize("kind", KINDS)
def test_chart_is_a_file_that_nothing_runs_and_nobody_else_is_shown(client, face, kind):
    poll = a_split_poll(results_policy=ResultsPolicy.ALWAYS)
    answer = client.get(address(poll, kind=kind, face=face), headers={"accept": "image/png"})
    assert answer.status_code == 200 and answer["Content-Type"].startswith(KINDS[kind])
    assert answer["Content-Disposition"] == f'attachment; filename="{poll.slug}-1-result.{kind}"'
    assert "private" in answer["Cache-Control"] and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    if kind == "png":
        assert Image.open(BytesIO(answer.content)).width == 1920
    if kind == "svg":
        said = ElementTree.fromstring(answer.content).find("{http://www.w3.org/2000/svg}desc").text
        assert "17 bulletins" in said.replace("\u00a0", " ") and "54,8\u00a0%" in said
    if kind == "csv":
        assert rows_of(answer)[1][1:] == ["54,84", "37,77", "70,84", "17"]


def test_phone_has_a_drawing_of_its_own(client):
    poll = a_split_poll(results_policy=ResultsPolicy.ALWAYS)
    answer = client.get(address(poll, kind="png"), {"for": "phone"})
    assert Image.open(BytesIO(answer.content)).width == 780


@pytest.mark.parametrize("face", ["polls:chart", "api_poll_chart"])
@pytest.mark.parametrize("name", ["result", "by-kind", "nonsense"])
@pytest.mark.parametrize("kind", [*KINDS, "exe"])
def test_hidden_result_leaves_by_no_chart(client, face, name, kind):
    poll = an_open_poll(results_policy=ResultsPolicy.AFTER_CLOSE)
    votes(poll, 0, customers=7, prospects=7)
    answer = client.get(address(poll, name, kind, face))
    assert answer.status_code == 403
    if face.startswith("api"):
        assert answer.json()["code"] == "results_hidden"


@pytest.mark.parametrize("face", ["polls:results", "api_poll_results_file"])
def test_hidden_result_leaves_by_no_table(client, face):
    poll = an_open_poll(results_policy=ResultsPolicy.AFTER_CLOSE)
    votes(poll, 0, customers=7)
    assert client.get(reverse(face, args=[poll.public_id])).status_code == 403


def test_small_groups_are_in_no_file(client):
    poll = an_open_poll(results_policy=ResultsPolicy.ALWAYS)
    votes(poll, 0, customers=12, prospects=2)
    votes(poll, 1, customers=9, prospects=8)
    votes(poll, 2, customers=10, prospects=9)
    poll = close(poll, by=a_product_owner())
    rows = rows_of(client.get(address(poll, "by-kind")))
    small = [row for row in rows[1:] if row[2] == "masqué"]
    assert small and all(cell == "masqué" for row in small for cell in row[2:])
    assert not any(row[-1] == "2" for row in rows)
    whole = rows_of(client.get(reverse("polls:results", args=[poll.public_id])))
    assert [row[5] for row in whole if row[1] == "by-kind" and row[5] == "2"] == []
    drawn = client.get(address(poll, "by-kind", "svg")).content.decode()
    assert "masqué" in drawn and "2 bulletins" not in drawn.replace("\u00a0", " ")


@pytest.mark.parametrize("face", ["polls:chart", "api_poll_chart"])
@pytest.mark.parametrize(("code", "word", "note"), [("fr", "masqué", "sont masqués"), ("en", "hidden", "are hidden")])
def test_files_say_what_is_hidden_as_the_page_does_in_the_readers_language(client, face, code, word, note):
    poll = an_open_poll(results_policy=ResultsPolicy.ALWAYS)
    votes(poll, 0, customers=12, prospects=2)
    votes(poll, 1, customers=9, prospects=8)
    votes(poll, 2, customers=10, prospects=9)
    poll = close(poll, by=a_product_owner())
    client.force_login(a_member(language=code))
    with translation.override(code):
        page, files = poll.get_absolute_url(), {kind: address(poll, "by-kind", kind, face) for kind in KINDS}
    assert f">{word}<" in client.get(page).content.decode()
    asked = {"headers": {"Accept-Language": code}}
    drawn = client.get(files["svg"], **asked).content.decode()
    assert word in drawn and note in drawn and f'xml:lang="{code}"' in drawn
    written = client.get(files["csv"], **asked).content.decode()
    assert word in written
    for other in {"masqué", "hidden", "trop peu", "too few"} - {word}:
        assert other not in drawn.replace('aria-hidden="true"', "") and other not in written


def test_picture_has_the_words_of_the_readers_language():
    """What a PNG says is in its pixels: those of the two languages differ, and each is drawn from its own words."""
    chart = Bars(title="Q", rows=(Bar("A", None),))
    with translation.override("en"):
        english, words = png(chart), [mark.words for mark in lay_out(chart, WIDE).marks if isinstance(mark, Text)]
    with translation.override("fr"):
        assert png(chart) != english
    assert "hidden" in words


def test_groups_of_which_all_is_hidden_have_no_file(client):
    """The third option, which nobody chose, covers for nothing: two prospects would be ten less eight."""
    poll = a_split_poll(results_policy=ResultsPolicy.ALWAYS)
    assert client.get(address(poll, "by-kind")).status_code == 404


def test_too_few_ballots_make_no_chart(client):
    poll = an_open_poll(results_policy=ResultsPolicy.ALWAYS)
    votes(poll, 0, customers=3)
    poll = close(poll, by=a_product_owner())
    for kind in KINDS:
        assert client.get(address(poll, kind=kind)).status_code == 404
    assert len(rows_of(client.get(reverse("polls:results", args=[poll.public_id])))) == 1


def test_open_poll_shows_no_groups_and_no_ballot_before_its_step(client):
    poll = an_open_poll(results_policy=ResultsPolicy.ALWAYS)
    votes(poll, 0, customers=9, prospects=8)
    assert client.get(address(poll, "by-kind")).status_code == 404
    assert rows_of(client.get(address(poll)))[1][-1] == "10"


@pytest.mark.parametrize(
    ("method", "answer", "names"),
    [
        (Method.RANKING, lambda ids: Answer(ranks=[[ids[1]], [ids[0]], [ids[2]]]), {"result", "duels", "rounds"}),
        (Method.SCORE, lambda ids: Answer(numbers={ids[0]: 4, ids[1]: 2, ids[2]: 5}), {"result", "scores"}),
        (Method.POINTS, lambda ids: Answer(numbers={ids[0]: 60, ids[1]: 40}), {"result"}),
    ],
)
def test_each_method_has_its_charts_on_the_page_and_in_every_form(client, method, answer, names):
    poll = closed_with([answer] * 7, method=method, results_policy=ResultsPolicy.ALWAYS)
    page = client.get(poll.get_absolute_url()).content.decode()
    for name in names:
        for kind in KINDS:
            assert client.get(address(poll, name, kind)).status_code == 200
            assert address(poll, name, kind) in page
    listed = {row[1] for row in rows_of(client.get(reverse("polls:results", args=[poll.public_id])))[1:]}
    assert names <= listed


@pytest.mark.parametrize(
    ("method", "answer", "name", "own"),
    [
        ("single", lambda ids: Answer(options=ids[:1]), "result", ""),
        ("single", lambda ids: Answer(options=ids[:1]), "by-kind", ""),
        ("ranking", lambda ids: Answer(ranks=[[ids[0]], [ids[1]]]), "rounds", " (wins)"),
        ("ranking", lambda ids: Answer(ranks=[[ids[0]], [ids[1]]]), "duels", ""),
        ("score", lambda ids: Answer(numbers={ids[0]: 5, ids[1]: 1}), "scores", ""),
        ("points", lambda ids: Answer(numbers={ids[0]: 100}), "result", ""),
    ],
)
def test_names_of_options_in_a_drawing_say_the_language_they_are_in(client, method, answer, name, own):
    """On a page of another language alone, and no figure or word of the page's own with them."""
    poll = an_open_poll(results_policy=ResultsPolicy.ALWAYS, options=("Une carte", "Un livret"), method=method)
    question = poll.questions.get().public_id
    for kind in ("customer", "prospect") * 6:
        cast_ballot(poll.public_id, answers={question: answer(options_of(poll))}, by=a_member(kind=kind))
    close(poll, by=a_product_owner())
    for code in ("en", "fr"):
        with translation.override(code):
            drawn = client.get(address(poll, name, "svg")).content.decode()
        foreign = ' xml:lang="fr"' if code == "en" else ""
        named = re.findall(r"<text[^>]*?( xml:lang=\"fr\")?>(?:1\. )?Une carte(.*?)</text>", drawn)
        assert named and {lang for lang, _rest in named} == {foreign}
        if own and code == "en":
            assert {rest for _lang, rest in named} == {f'<tspan xml:lang="en">{own}</tspan>'}
        titled = name == "result"
        assert (f'<title id="title"{foreign}>Quel cadeau' in drawn) == (titled or code == "fr")
        assert not re.search(r'<text[^>]* xml:lang="fr">[\d%., ]+</text>', drawn)


def test_desk_links_to_the_same_files(client):
    poll = a_split_poll(results_policy=ResultsPolicy.STAFF_ONLY)
    client.force_login(a_product_owner())
    page = client.get(reverse("polls_studio:live", args=[poll.public_id])).content.decode()
    assert address(poll, kind="png") in page and reverse("polls:results", args=[poll.public_id]) in page
    assert client.get(address(poll)).status_code == 200


@pytest.mark.parametrize("face", ["polls:chart", "api_poll_chart"])
def test_chart_costs_the_same_five_queries_whatever_the_poll(client, face):
    poll = a_split_poll(results_policy=ResultsPolicy.ALWAYS)
    client.get(address(poll, kind="svg", face=face))  # the bank's colours are read once
    assert queries_of(lambda: client.get(address(poll, face=face))) == 5
    more = an_open_poll(results_policy=ResultsPolicy.ALWAYS, options=[f"Option {n}" for n in range(9)])
    votes(more, 0, customers=6)
    more = close(more, by=a_product_owner())
    assert queries_of(lambda: client.get(address(more, face=face, kind="svg"))) == 5


def test_unknown_chart_is_not_found(client):
    poll = a_closed_poll(results_policy=ResultsPolicy.ALWAYS)
    assert client.get(address(poll, "nonsense")).status_code == 404
    answer = client.get(reverse("api_poll_chart", args=[poll.public_id, "nobody", "result", "svg"]))
    assert answer.status_code == 404 and answer.json()["code"] == "unknown_chart"


def a_weighted_poll(method=Method.SINGLE, **fields):
    """Young people are four fifths of the audience, and one quarter of the ballots; they want the first option."""
    poll = an_open_poll(options=("Espèces", "Voyage"), method=method, results_policy=ResultsPolicy.ALWAYS, **fields)
    poll = set_weights(poll, "âge;produit;part\n18-25;;80\n60+;;20\n", by=a_product_owner())
    ids, question = options_of(poll), poll.questions.get().public_id
    for chosen, age, times in ((0, "18-25", 8), (1, "18-25", 2), (0, "60+", 3), (1, "60+", 27)):
        said = {
            Method.SINGLE: Answer(options=[ids[chosen]]),
            Method.SCORE: Answer(numbers={ids[chosen]: 5, ids[1 - chosen]: 1}),
            Method.POINTS: Answer(numbers={ids[chosen]: 100}),
        }[method]
        for _ in range(times):
            cast_ballot(poll.public_id, answers={question: said}, by=a_member(age_band=age))
    return poll


@pytest.mark.parametrize(
    ("method", "raw", "weighted"),
    [(Method.SINGLE, "27,5", "66"), (Method.SCORE, "2,1", "3,64"), (Method.POINTS, "27,5", "66")],
)
def test_weighted_result_has_a_chart_beside_the_raw_one_with_its_table_and_files(client, method, raw, weighted):
    poll = close(a_weighted_poll(method), by=a_product_owner())
    rows = rows_of(client.get(address(poll, "weighted")))
    assert [row[:3] for row in rows if row[0] == "Espèces"] == [
        ["Espèces", "Brut", raw],
        ["Espèces", "Redressé", weighted],
    ]
    page = client.get(poll.get_absolute_url()).content.decode()
    for kind in KINDS:
        answer = client.get(address(poll, "weighted", kind))
        assert answer.status_code == 200 and address(poll, "weighted", kind) in page
    assert "alors autant que" in client.get(address(poll, "weighted", "svg")).content.decode()
    assert Image.open(BytesIO(client.get(address(poll, "weighted", "png"), {"for": "phone"}).content)).width == 780


def test_weighted_chart_is_there_after_the_close_alone_and_where_enough_is_covered(client):
    poll = a_weighted_poll()
    assert client.get(address(poll, "weighted")).status_code == 404
    close(poll, by=a_product_owner())
    AudienceShare.objects.filter(poll=poll, age_band="18-25").update(age_band="26-39")
    page = client.get(poll.get_absolute_url()).content.decode()
    assert client.get(address(poll, "weighted")).status_code == 404
    assert address(poll, "weighted") not in page and "trop peu pour" in page


def test_charts_are_saved_no_faster_than_a_person_does(client, settings):
    settings.LAB = settings.LAB | {"CHARTS_PER_MINUTE": 3}
    poll = closed_with([lambda ids: Answer(options=ids[:1])] * 5)
    member = a_member()
    client.force_login(member)
    assert client.get(address(poll)).status_code == 200
    assert client.get(address(poll, face="api_poll_chart", kind="png")).status_code == 200
    assert client.get(reverse("polls:results", args=[poll.public_id])).status_code == 200
    page = client.get(address(poll))
    assert (page.status_code, page.headers["Retry-After"]) == (429, "60")
    assert "Vous avez enregistré beaucoup de graphiques" in page.content.decode()
    assert page.headers["Content-Type"].startswith("text/html")
    told = client.get(address(poll, face="api_poll_chart"), headers={"Accept-Language": "en"})
    assert (told.status_code, told.json()["code"], told.headers["Retry-After"]) == (429, "too_many", "60")
    assert told.json()["detail"].startswith("You have saved many charts")
    assert client.get(reverse("api_poll_results_file", args=[poll.public_id])).status_code == 429
    assert client.get(poll.get_absolute_url()).status_code == 200, "the page itself is no file"
    client.force_login(a_member())
    assert client.get(address(poll)).status_code == 200, "one person holds up nobody else"


def test_pace_keeps_neither_who_asks_nor_from_where(client, settings):
    from django.core.cache import cache

    from core.pace import count_try

    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    assert (count_try("charts", "192.0.2.7", 60), count_try("charts", "192.0.2.7", 60)) == (1, 2)
    assert count_try("receipts", "192.0.2.7", 60) == count_try("charts", "192.0.2.8", 60) == 1
    assert not [key for key in cache._cache if "192.0.2" in key]


def test_counts_have_the_plural_of_the_language():
    counts = (0, 0.5, 1, 1.5, 2)
    with translation.override("en"):
        said = ["0 ballots", "0.5 ballots", "1 ballot", "1.5 ballots", "2 ballots"]
        assert [in_ballots(count) for count in counts] == said
        assert [in_people(count) for count in (0, 1, 2)] == ["0 people", "1 person", "2 people"]
    with translation.override("fr"):
        said = ["0 bulletin", "0,5 bulletin", "1 bulletin", "1,5 bulletin", "2 bulletins"]
        assert [in_ballots(count).replace("\xa0", " ") for count in counts] == said
