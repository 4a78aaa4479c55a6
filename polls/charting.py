"""A result as charts to look at and to keep: drawn from what is published, so that a file tells no more than the page.

Charts of a question, by name: `result` for every method; `duels` and `rounds` of a ranking, `scores` of scores; `weighted`, where
the bank gave the shares of its audience, and `by-kind`, `by-segment`, `by-age`, where groups are large enough, after the close.
Of the poll: `growth`.
"""

from collections.abc import Iterator
from dataclasses import replace

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts import (
    PERCENT,
    PHONE,
    WIDE,
    Bar,
    Bars,
    Chart,
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
    Unit,
    csv,
    png,
    svg,
    table,
)
from core.charts.tables import written
from core.errors import NotFound
from core.sheets import as_csv
from core.words import number

from .domain.results import Breakdown, Mean, QuestionResult, Share, Summary, Weighed, summarise
from .models import Poll
from .permissions import ResultsHidden, can_see_results
from .states import HIGHEST_SCORE, LOWEST_SCORE, POINTS, Method

WRITERS = {
    "svg": ("image/svg+xml", svg),
    "png": ("image/png", png),
    "csv": ("text/csv; charset=utf-8", None),
}


def in_ballots(count: float) -> str:
    said = number(count, 0 if float(count).is_integer() else 1)
    return ngettext("%(n)s ballot", "%(n)s ballots", _plural_of(count)) % {"n": said}


def _plural_of(count: float) -> int:
    """A whole number of the same plural: French has one from two on, English for all but one, and ties share a ballot."""
    return 1 if count == 1 else 0 if count < 2 else 2


def charts_of(summary: Summary, found: QuestionResult) -> dict[str, Chart]:
    """The charts of one question by their names; none where too few answered it."""
    if not (summary.enough and found.enough):
        return {}
    charts: dict[str, Chart] = {"result": _result(summary, found)}
    if found.scores and found.scores.options:
        charts["scores"] = _scores(summary, found)
    if found.ranking:
        charts["duels"] = _duels(summary, found)
        if found.ranking.rounds:
            charts["rounds"] = _rounds(summary, found)
    if found.weighted and found.weighted.usable:
        charts["weighted"] = _weighted(summary, found)
    for breakdown in found.breakdowns:
        if breakdown.shown and len(breakdown.groups) > 1:
            charts[f"by-{breakdown.by}"] = _groups(summary, found, breakdown)
    asked = found.question.text or summary.poll.title
    return {name: replace(chart, language=summary.poll.language, asked=asked) for name, chart in charts.items()}


def _title(summary: Summary, found: QuestionResult, what: str = "") -> str:
    asked = found.question.text or summary.poll.title
    return f"{asked} – {what}" if what else asked


def _said(found: QuestionResult, *more: str) -> str:
    return " ".join([f"{in_ballots(found.answered)}.", *more])


def _margin() -> str:
    return _("The line through a bar is the margin of error, 95%.")


def _unit(found: QuestionResult) -> Unit:
    if found.method == Method.SCORE:
        return Unit(_("Mean score"), least=LOWEST_SCORE, most=HIGHEST_SCORE)
    if found.method == Method.POINTS:
        return Unit(_("Mean points"), most=POINTS)
    return PERCENT


def _bar(figure: Share | Mean, label: str, win: bool = False) -> Bar:
    if not figure.shown:
        return Bar(label, None)
    if isinstance(figure, Mean):
        return Bar(label, figure.value, figure.low, figure.high, figure.n, win)
    return Bar(label, figure.percent, figure.low_percent, figure.high_percent, figure.votes, win)


def _mean(figure: Mean, win: bool) -> SpreadRow:
    if not figure.shown:
        return SpreadRow(figure.option.text, None)
    return SpreadRow(figure.option.text, figure.value, figure.spread, figure.low, figure.high, figure.n, win)


def _result(summary: Summary, found: QuestionResult) -> Chart:
    told = {
        "title": _title(summary, found),
        "counted": _("Ballots"),
        "count_in_words": in_ballots,
        "unit": _unit(found),
    }
    if found.method in (Method.SCORE, Method.POINTS):
        rows = tuple(_mean(figure, figure.option == found.winner) for figure in found.shares)
        note = _("Dot: the mean, with its margin of error, 95%. Band: one standard deviation to each side.")
        return Spread(rows=rows, note=_said(found, note), **told)
    bars = tuple(_bar(figure, figure.option.text, figure.option == found.winner) for figure in found.shares)
    firsts = [_("Bars: the share of ballots that rank the option first.")] if found.ranking else []
    return Bars(rows=bars, note=_said(found, *firsts, _margin()), **told)


def _scores(summary: Summary, found: QuestionResult) -> Stacked:
    rows = tuple(
        StackedRow(
            one.option.text, tuple(share for _score, _count, share in one.parts), one.figure.value, one.figure.n,
            one.option == found.winner, one.median,
        )
        for one in found.scores.options
    )  # fmt: skip
    return Stacked(
        title=_title(summary, found, _("how the scores spread")), rows=rows, unit=_unit(found), counted=_("Ballots"),
        note=_said(found), count_in_words=in_ballots,
    )  # fmt: skip


def _duels(summary: Summary, found: QuestionResult) -> Matrix:
    """In percent of those who prefer one of the two; nothing where fewer than the smallest cell do."""
    rows, pairs = found.ranking.matrix, found.ranking.pairs

    def share(one: int, other: int) -> float | None:
        both = pairs[one, other] + pairs[other, one]
        return 100 * pairs[one, other] / both if both >= summary.smallest_cell else None

    cells = tuple(
        tuple(None if row == column else share(row.pk, column.pk) for column, _count in line) for row, line in rows
    )
    names = tuple(option.text for option, _line in rows)
    return Matrix(title=_title(summary, found, _("who beats whom")), names=names, cells=cells, note=_said(found))


def _rounds(summary: Summary, found: QuestionResult) -> Rounds:
    last, survivor = found.ranking.rounds[-1], found.ranking.survivor
    rounds = tuple(
        Round(
            tuple(
                Standing(
                    option.text,
                    _whole(count),
                    option in one.out,
                    one is last and option == survivor,
                    option in one.tied,
                )
                for option, count in one.votes
            ),
            _whole(one.exhausted),
            one.reason,
        )
        for one in found.ranking.rounds
    )
    title = _title(summary, found, _("instant run-off"))
    return Rounds(title=title, rounds=rounds, note=_said(found), count_in_words=in_ballots)


def _whole(count: float) -> float:
    return int(count) if float(count).is_integer() else round(count, 2)


def _weighted(summary: Summary, found: QuestionResult) -> PairedBars:
    """As voted, and as it would be did each age and product weigh what it weighs in the real audience."""
    raw, weighted = _("As voted"), _("Weighted")
    rows = tuple(
        PairedRow(row.option.text, (_value(row.figure, raw), Bar(weighted, _scaled(row))))
        for row in found.weighted.rows
    )
    told = {"ballots": in_ballots(found.weighted.ballots), "effective": number(found.weighted.effective)}
    note = (
        _("Weighted by age and product: %(ballots)s then tell as much as %(effective)s of a simple random sample.")
        % told
    )
    return PairedBars(
        title=_title(summary, found, _("weighted to the real audience")), groups=(raw, weighted), rows=rows,
        unit=_unit(found), note=note, counted=_("Ballots"), count_in_words=in_ballots,
    )  # fmt: skip


def _value(figure: Share | Mean, label: str) -> Bar:
    """The figure without its margin, which the weighted one beside it has not."""
    return replace(_bar(figure, label), low=None, high=None)


def _scaled(row: Weighed) -> float | None:
    """A share in percent, a mean as it is."""
    return row.value if row.value is None or isinstance(row.figure, Mean) else row.percent


def _groups(summary: Summary, found: QuestionResult, breakdown: Breakdown) -> PairedBars:
    groups = tuple(str(group.label) for group in breakdown.groups)
    rows = tuple(
        PairedRow(whole.option.text, tuple(_bar(one, name) for one, name in zip(row, groups, strict=True)))
        for whole, row in breakdown.rows
    )
    note = [_margin()]
    if breakdown.anything_hidden:
        note.append(_("Figures that would tell on someone are hidden, with others beside them."))
    return PairedBars(
        title=_title(summary, found, str(breakdown.label)), groups=groups, rows=rows, unit=_unit(found),
        note=" ".join(note), counted=_("Ballots"), count_in_words=in_ballots,
    )  # fmt: skip


def growth_chart(summary: Summary) -> Curve | None:
    """How the turnout of the poll grew, in whole steps; None before the first."""
    if not (summary.enough and summary.growth):
        return None
    note = [
        ngettext(
            "Members whose ballot is counted, rounded down to %(n)d person.",
            "Members whose ballot is counted, rounded down to %(n)d people.",
            summary.growth.step,
        )
        % {"n": summary.growth.step}
    ]
    if not summary.final:
        note.append(_("Today is added once it is over."))
    title = f"{summary.poll.title} – " + _("how the turnout grew")
    return Curve(
        title=title, points=tuple(summary.growth.points), note=" ".join(note), language=summary.poll.language,
        asked=summary.poll.title,
        counted=_("Members, in all"), count_in_words=in_people,
    )  # fmt: skip


def in_people(count: float) -> str:
    return ngettext("%(n)s person", "%(n)s people", _plural_of(count)) % {"n": number(count)}


def published_summary(user, poll: Poll) -> Summary:
    """The result as it is published to this reader; 403 `results_hidden` before its time."""
    sight = can_see_results(user, poll)
    if not sight:
        raise ResultsHidden(poll, sight)
    return summarise(poll)


def chart_file(user, poll: Poll, question: str, name: str, kind: str, *, on_phone: bool = False) -> HttpResponse:
    """One chart to keep. Raises `results_hidden` (403), and `unknown_chart` (404) for what there is not, or not yet."""
    summary = published_summary(user, poll)
    found = next((one for one in summary.questions if one.question.public_id == question), None)
    chart = charts_of(summary, found).get(name) if found else None
    place = summary.questions.index(found) + 1 if found else 0
    return _drawn(chart, f"{poll.slug}-{place}-{name}", kind, on_phone)


def growth_file(user, poll: Poll, kind: str, *, on_phone: bool = False) -> HttpResponse:
    """How the turnout grew, to keep. Raises as `chart_file`."""
    return _drawn(growth_chart(published_summary(user, poll)), f"{poll.slug}-growth", kind, on_phone)


def _drawn(chart: Chart | None, name: str, kind: str, on_phone: bool) -> HttpResponse:
    if chart is None or kind not in WRITERS:
        raise NotFound(code="unknown_chart")
    mime, write = WRITERS[kind]
    content = write(chart, width=PHONE if on_phone else WIDE) if write else csv(chart)
    return _as_file(content, mime, f"{name}.{kind}")


def results_file(user, poll: Poll) -> HttpResponse:
    """All figures of a poll as one CSV, a figure a row, so that a spreadsheet can filter it. Raises `results_hidden`."""
    summary = published_summary(user, poll)
    head = [_("Question"), _("Table"), _("Option"), _("Group"), _("Figure"), _("Value")]
    lines = [line for found in summary.questions for line in _lines(summary, found)]
    if grown := growth_chart(summary):
        lines += _figures(grown, "", "growth")
    return _as_file(as_csv(head, lines), WRITERS["csv"][0], f"{poll.slug}.csv")


def _lines(summary: Summary, found: QuestionResult) -> Iterator[list]:
    asked = found.question.text or summary.poll.title
    for name, chart in charts_of(summary, found).items():
        yield from _figures(chart, asked, name)


def _figures(chart: Chart, asked: str, name: str) -> Iterator[list]:
    behind = table(chart)
    for row in behind.rows:
        group = row[1] if behind.names == 2 else ""
        for head, cell in zip(behind.head[behind.names :], row[behind.names :], strict=True):
            if cell != "":
                yield [asked, name, row[0], group, head, written(cell)]


def _as_file(content: str | bytes, mime: str, name: str) -> HttpResponse:
    """A file that runs nothing, is guessed to be nothing else, and that no cache keeps for others."""
    return HttpResponse(
        content, content_type=mime,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-cache",
            "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )  # fmt: skip
