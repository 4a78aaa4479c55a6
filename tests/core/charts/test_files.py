"""A chart as a file: SVG, PNG and CSV that hold the same figures, whatever words stand on them."""

import csv as reader
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from django.utils import translation
from PIL import Image

from core import brand as house
from core.charts import PHONE, WIDE, Bar, Bars, Round, Rounds, Standing, csv, in_words, lay_out, png, svg, table
from core.charts.lettering import _has, drawable, plain
from core.charts.marks import Text
from core.charts.palette import palette
from lab.styles import FOLDER
from tests.core.charts.examples import EMPTY, ENDLESS, HOSTILE, LONG, of_each_kind

pytestmark = pytest.mark.once
SVG = "{http://www.w3.org/2000/svg}"
WIDTHS = [PHONE, WIDE]


@pytest.fixture(autouse=True)
def in_french():
    house.brand_from(lambda: house.Brand("Le Lab"))
    with translation.override("fr"):
        yield


def parsed(chart, width=WIDE):
    return ElementTree.fromstring(svg(chart, width).encode())


def opened(chart, width=WIDE, scale=2):
    return Image.open(BytesIO(png(chart, scale, width))).convert("RGB")


def rows_of(text):
    return list(reader.reader(StringIO(text.lstrip("\ufeff")), delimiter=";"))


def rgb(name):
    return tuple(int(palette()[name][at : at + 2], 16) for at in (1, 3, 5))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("chart", of_each_kind(), ids=lambda chart: type(chart).__name__)
def test_svg_says_in_words_what_the_table_says(chart, width):
    root = parsed(chart, width)
    said = root.find(f"{SVG}desc").text
    assert root.get("role") == "img" and root.get("aria-labelledby") == "title desc"
    assert root.find(f"{SVG}title").text == chart.title and said == in_words(chart)
    for row in table(chart).rows:
        for cell in row:
            if isinstance(cell, float) and type(chart).__name__ != "Stacked":
                assert chart.unit.said(cell) in said
            elif isinstance(cell, int):
                assert str(cell) in said


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("rows", [0, 1, 2, 12])
def test_any_number_of_rows_is_drawn_in_legible_letters_within_the_sheet(rows, width):
    for chart in of_each_kind(rows):
        drawing = lay_out(chart, width)
        assert drawing.width == width and float(parsed(chart, width).get("width")) == width
        for mark in drawing.marks:
            if isinstance(mark, Text):
                assert mark.size >= 12 and 0 < mark.y <= drawing.height


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("label", [HOSTILE, LONG, ENDLESS, "", "𝔘𝔫 😀 šžŁ", "\x00"])
def test_hostile_and_endless_words_break_neither_file_nor_layout(label, width):
    from core.charts.lettering import font

    for chart in of_each_kind(3, label):
        root = parsed(chart, width)
        assert {element.tag for element in root.iter()} <= {
            SVG + tag for tag in ("svg", "title", "desc", "g", "rect", "line", "text", "polyline")
        }
        assert not any(name.startswith("on") or "href" in name for element in root.iter() for name in element.attrib)
        for mark in lay_out(chart, width).marks:
            if isinstance(mark, Text) and mark.anchor == "start":
                assert mark.x + font(mark.size, mark.bold, mark.display).getlength(mark.words) <= width
        assert opened(chart, width, 1).width == width
        assert rows_of(csv(chart))


@pytest.mark.parametrize("kind", EMPTY)
def test_chart_of_nothing_says_so(kind):
    chart = kind(title="Rien encore")
    assert "Aucun chiffre" in parsed(chart).find(f"{SVG}desc").text
    assert opened(chart).size[0] == 2 * WIDE and len(rows_of(csv(chart))) == 1


def test_png_has_the_size_asked_for_and_the_colours_where_the_figures_are():
    chart = Bars(title="Quel cadeau ?", rows=(Bar("Un an sans frais", 60.0, win=True), Bar("Rien", 20.0)))
    for width, scale in ((PHONE, 2), (WIDE, 2), (WIDE, 1)):
        drawing, image = lay_out(chart, width), opened(chart, width, scale)
        assert image.size == (width * scale, drawing.height * scale)
        tracks = [mark for mark in drawing.marks if getattr(mark, "fill", "") == "well"]
        assert len(tracks) == 2
        for track, share, colour in zip(tracks, (0.6, 0.2), ("brand", "edge"), strict=True):
            middle = (track.y + track.height / 2) * scale
            inside, outside = track.x + track.width * (share - 0.03), track.x + track.width * (share + 0.03)
            assert image.getpixel((inside * scale, middle)) == rgb(colour)
            assert image.getpixel((outside * scale, middle)) == rgb("well")
        assert image.getpixel((1, 1)) == (255, 255, 255)


def test_png_has_letters_with_the_accents_of_french():
    assert drawable("« À l’étranger, où ça naît : œuvres, Noël » 10 000 € − 5 %\u202f") == (
        "« À l’étranger, où ça naît : œuvres, Noël » 10 000 € − 5 %\u202f"
    )
    assert drawable("Ž") == "Z"
    with_words = opened(Bars(title="Été", rows=(Bar("É", 10.0),)))
    assert len(with_words.getcolors(maxcolors=100_000)) > 8


def test_figures_follow_the_language():
    chart = Bars(title="Q", rows=(Bar("Un an", 10.5, 9.0, 12.0, 1228),))
    assert "10,5\u00a0%" in svg(chart) and rows_of(csv(chart))[1] == ["Un an", "10,5", "9", "12", "1228"]
    with translation.override("en"):
        assert "10.5%" in svg(chart) and rows_of(csv(chart))[1] == ["Un an", "10.5", "9", "12", "1228"]
        assert 'xml:lang="en"' in svg(chart)


def test_csv_runs_in_no_spreadsheet():
    chart = Bars(title="Q", rows=(Bar('=HYPERLINK("x")', 10.5), Bar("+1", 3.0), Bar("@SUM(A1)", 2.0)))
    assert [row[0][:1] for row in rows_of(csv(chart))[1:]] == ["'", "'", "'"]


def test_figure_that_must_not_be_shown_is_in_no_file():
    hidden = Bar("Rien", None, 12.25, 18.75, 4)
    chart = Bars(title="Q", rows=(Bar("Un an", 80.0, 70.0, 90.0, 77), hidden))
    for written in (svg(chart), csv(chart)):
        assert "masqué" in written and "12,25" not in written and "18,75" not in written
    assert rows_of(csv(chart))[2] == ["Rien", "masqué", "masqué", "masqué", "masqué"]
    assert png(chart) == png(Bars(title="Q", rows=(chart.rows[0], Bar("Rien", None))))


def test_one_hidden_count_hides_its_round():
    race = Round((Standing("Un an", 77), Standing("Rien", None, out=True)), exhausted=33)
    chart = Rounds(title="Q", rounds=(race,))
    for written in (in_words(chart), csv(chart)):
        assert "77" not in written and "33" not in written
    assert not any(isinstance(mark, Text) and "77" in mark.words for mark in lay_out(chart).marks)


def test_charts_wear_the_colours_of_the_tokens_and_of_the_bank():
    tokens = (FOLDER / "css" / "tokens.css").read_text()
    for name, colour in palette().items():
        if not name.startswith("level-"):
            assert f"--{name}: light-dark({colour}," in tokens or name == "brand-wash", name
    house.brand_from(lambda: house.Brand("Autre banque", "#0A5A3C"))
    try:
        assert 'fill="#0a5a3c"' in svg(Bars(title="Q", rows=(Bar("Un an", 10.5, win=True),)))
    finally:
        house.brand_from(lambda: house.Brand("Le Lab"))


@pytest.mark.parametrize(
    ("written", "drawn"),
    [
        ("Łódź, Žižek, Đorđe, Søren, Iğdır", "Lódz, Zizek, Dorde, Søren, Igdır"),
        ("Oui 👍🏽 tout à fait", "Oui tout à fait"),
        ("👩‍👩‍👧 Famille", "Famille"),
        ("Ελλάδα, Москва", "Ellada, Moskva"),
        ("中文 OK", "?? OK"),
        ("A → B ≥ C", "A -> B >= C"),
    ],
)
def test_png_draws_letters_it_lacks_by_those_it_has_and_leaves_signs_out(written, drawn):
    assert drawable(plain(written)) == drawn


@pytest.mark.parametrize("label", ["👍", "🏽", "️", "中", "́", "☎️ 📮", "\U000e0001"])
def test_label_of_signs_alone_is_still_told_from_another_and_never_empty_or_a_box(label):
    for display in (False, True):
        said = drawable(plain(label), display)
        assert "\uffff" not in said and (said.strip() or not plain(label))
        assert all(_has(letter, display) for letter in said)
    assert drawable("👍") == "(thumbs up sign)" != drawable("👎")


@pytest.mark.parametrize("width", WIDTHS)
def test_emoji_keep_within_the_sheet_of_the_svg_that_shows_them(width):
    chart = Bars(title="😀 " * 60, rows=(Bar("😀" * 40, 60.0), Bar("Žluťoučký kůň 🐴 " * 6, 20.0)))
    assert opened(chart, width).width == width * 2
    for mark in lay_out(chart, width).marks:
        if isinstance(mark, Text) and mark.anchor == "start":
            emoji = sum(char in "😀🐴" for char in mark.words)
            assert mark.x + emoji * mark.size * 1.2 <= width


def test_svg_and_table_keep_what_pixels_cannot_draw():
    chart = Bars(title="Łódź 👍", rows=(Bar("Ž 😀", 60.0),))
    assert "Łódź 👍" in svg(chart) and "Ž 😀" in csv(chart)
