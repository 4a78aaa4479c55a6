"""The charts of a page: words beside bars, the table behind, nothing of what must not be shown."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from core.charts import (
    Bar,
    Matrix,
    PairedBars,
    PairedRow,
    Round,
    Rounds,
    Spread,
    SpreadRow,
    Stacked,
    StackedRow,
    Standing,
)
from tests.core.charts.examples import EMPTY, HOSTILE, of_each_kind

FRAGMENTS = {
    "Stacked": "scores",
    "Spread": "spread",
    "Rounds": "rounds",
    "Matrix": "matrix",
    "Curve": "growth",
    "PairedBars": "pairs",
}


def shown(chart, **more):
    with translation.override("fr"):
        return render_to_string(f"ui/chart_{FRAGMENTS[type(chart).__name__]}.html", {"chart": chart, **more})


@pytest.mark.parametrize("rows", [1, 3, 12])
def test_any_number_of_rows_stands_on_the_page_with_its_table(rows):
    for chart in of_each_kind(rows):
        if type(chart).__name__ in FRAGMENTS:
            page = shown(chart, base="/sondages/x/charts/y/z")
            assert "<table" in page and 'href="/sondages/x/charts/y/z.png"' in page and "style=" not in page


@pytest.mark.parametrize("kind", [kind for kind in EMPTY if kind.__name__ in FRAGMENTS])
def test_chart_of_nothing_is_drawn_without_fail(kind):
    assert "<figure" in shown(kind(title="Rien encore"))


def test_hostile_words_stay_words():
    for chart in of_each_kind(2, HOSTILE):
        if type(chart).__name__ in FRAGMENTS:
            assert "<script" not in shown(chart)


def test_what_must_not_be_shown_is_not_on_the_page():
    charts = [
        Stacked(title="Q", rows=(StackedRow("Rien", (), 3.77, 77),)),
        Spread(title="Q", rows=(SpreadRow("Rien", None, 77.7, 77.1, 77.9, 77),)),
        Rounds(title="Q", rounds=(Round((Standing("Rien", None), Standing("Un an", 77)), 77),)),
        PairedBars(title="Q", groups=("A",), rows=(PairedRow("Rien", (Bar("A", None, 77.1, 77.9, 77),)),)),
    ]
    for chart in charts:
        page = shown(chart)
        assert "77" not in page and "3,7" not in page and "masqué" in page
    assert "masqué" in shown(Matrix(title="Q", names=("A", "B"), cells=((None, None), (None, None))))
