"""A chart of each kind, with something hidden in it, and hostile words to put on them."""

import datetime as dt

from core.charts import (
    Bar,
    Bars,
    Curve,
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

HOSTILE = "</text><script>alert(1)</script>&\"'\x00\ud800\u202e]]>=1+1"
LONG = "Un livret à 4 % pendant six mois " * 40
ENDLESS = "m" * 700
NAMES = ["Un an sans frais", "80 € à l’ouverture", "Livret à 4 %", "Rien"]
EMPTY = [Bars, PairedBars, Stacked, Spread, Rounds, Matrix, Curve]


def in_ballots(count):
    return f"{count} bulletins"


def of_each_kind(rows=3, label=""):
    """The seven charts with this many rows; `label` names each of them."""
    names = [f"{label or NAMES[at % 4]} {at}" for at in range(rows)]
    words = {"title": label or "Quel cadeau ?", "note": label or "Marge d’erreur à 95 %.", "count_in_words": in_ballots}
    bars = tuple(Bar(name, 40.5 - at, 38.0 - at, 43.0 - at, 400 - at, at == 0) for at, name in enumerate(names))
    pairs = tuple(PairedRow(name, (Bar("Clients", 47.3, 43, 51, 40), Bar("Prospects", None))) for name in names)
    scores = tuple(StackedRow(name, (4, 8.5, 22.5, 33, 32), 3.8, 412) for name in names)
    means = tuple(SpreadRow(name, 34.5, 18.2, 32.4, 35.6, 902, at == 0) for at, name in enumerate(names))
    races = [
        Round(tuple(Standing(name, 100 - at, out=at == left - 1) for at, name in enumerate(names[:left])), exhausted=at)
        for at, left in enumerate(range(rows, 1, -1))
    ]
    cells = tuple(tuple(None if i == j else 60.0 if i < j else 40.0 for j in range(rows)) for i in range(rows))
    days = tuple((dt.date(2026, 11, 3) + dt.timedelta(days=at), 30 * (at + 1)) for at in range(rows))
    return [
        Bars(rows=bars, **words), PairedBars(groups=("Clients", "Prospects"), rows=pairs, **words),
        Stacked(rows=scores, **words), Spread(rows=means, **words), Rounds(rounds=tuple(races), **words),
        Matrix(names=tuple(names), cells=cells, **words), Curve(points=days, **words),
    ]  # fmt: skip
