"""`{% load polls %}`: results and ballots in words."""

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.templatetags.ui import quoting, spoken
from core.words import number, percent, typographic
from polls.charting import charts_of, growth_chart
from polls.domain.counting_in import said_of
from polls.domain.results import Mean
from polls.permissions import results_in_words, secrecy_of
from polls.sheets import lines_of, mark_of, words_of
from polls.states import CHOICES, POINTS

register = template.Library()


@register.simple_tag
def charts(summary, found):
    """The charts of a question as its page shows them: {name: (chart, the address of its files without the ending)}."""
    return {
        name.replace("-", "_"): {"chart": chart, "base": chart_base(summary.poll, found, name)}
        for name, chart in charts_of(summary, found).items()
    }


@register.simple_tag
def growth(summary):
    """How the turnout grew, as the page shows it: the chart and the address of its files without the ending; or nothing."""
    chart = growth_chart(summary)
    if chart is None:
        return None
    address = reverse("polls:growth", args=[summary.poll.public_id, "csv"])
    return {"chart": chart, "base": address.removesuffix(".csv")}


def chart_base(poll, found, name):
    address = reverse("polls:chart", args=[poll.public_id, found.question.public_id, name, "csv"])
    return address.removesuffix(".csv")


@register.filter
def in_one_line(found) -> str:
    """What came of a question, in a sentence: who is first and with how much, as far as the data say so. Names are marked with the
    poll's language."""
    if not found.enough:
        return _("Too few answered this question to show a result.")

    def name(option) -> str:
        return conditional_escape(spoken(typographic(option.text), found.question.poll))

    if found.question.weighs_criteria:  # nothing runs against the others: each stands with its own figure
        shown = [f"{name(one.option)} {escape(figure(one, 1))}" for one in found.shares if one.shown]
        return mark_safe("; ".join(shown)) if shown else _("Too few answered this question to show a result.")
    if found.winner:
        first = next((one for one in found.shares if one.option == found.winner), found.shares[0])
        told = {"option": name(found.winner), "figure": escape(figure(first, 1)) if first.shown else "–"}
        return mark_safe(_("Ahead: %(option)s, %(figure)s") % told)
    if found.ranking:
        level = quoting(typographic(found.ranking.first_level), found.question.poll)
        return mark_safe(
            _("%(options)s share the first place: the ranking does not separate them.") % {"options": level}
        )
    if found.level:
        return mark_safe(_("Level with each other: %(options)s") % {"options": ", ".join(map(name, found.level))})
    if found.scores and found.scores.winner:
        said = _("No mean is clearly ahead. By score, then run-off (STAR): %(option)s")
        return mark_safe(said % {"option": name(found.scores.winner)})
    if found.scores and found.scores.reason:
        return quoting(found.scores.reason, found.question.poll)
    return _("The first two are too close to tell apart.") if found.is_choice else _("No option is clearly ahead.")


@register.filter
def share_in(group, option):
    """The share of an option within a group of a breakdown."""
    return group.shares[option.pk]


@register.filter
def is_short(sheets):
    """Whether a ballot is short enough to stand open in another page: one question of choices, without words to write."""
    return len(sheets) == 1 and sheets[0].question.method in CHOICES and not sheets[0].question.comments


@register.simple_tag
def ballot_lines(poll, standing):
    """The voter's own answers in words: [(question, lines, words)], ranks in order, scores and points beside their option, then
    what they wrote."""
    return [
        (question, lines_of(question, standing.choices.get(question.public_id, ())), said)
        for question in poll.questions.all()
        if (said := words_of(question, standing.words)) or question.public_id in standing.choices
    ]


@register.simple_tag
def mark(standing, question, option) -> str:
    """What the reader's own ballot gave this option, in words; empty without one."""
    kept = standing.choices.get(question.public_id) if standing else None
    return mark_of(question, kept, option) if kept else ""


@register.filter
def place_of(ranking, option) -> int:
    """The option's place in a ranking's result; options that are level share one."""
    before = 0
    for place in ranking.places:
        if option in place:
            break
        before += len(place)
    return before + 1


@register.filter
def counted_in(poll) -> str:
    """What the bank changed about who is counted."""
    return said_of(poll)


@register.filter
def results_rule(poll) -> str:
    """When the result appears and to whom."""
    return results_in_words(poll)


@register.filter
def secrecy(poll) -> str:
    """Whether names stand beside answers, as it is said before the vote."""
    return secrecy_of(poll)


@register.filter
def figure(found, decimals=0):
    """An option's figure as it is read: « 46 % », « 3,8 sur 5 », « 27 points »."""
    if not isinstance(found, Mean):
        return percent(found.percent, decimals)
    if not found.shown:
        return "–"
    return _mean_in_words(found.value, found.top)


def _mean_in_words(value, top):
    if top == POINTS:
        return ngettext("%(n)s point", "%(n)s points", 2) % {"n": number(value, 1)}
    return _("%(mean)s out of 5") % {"mean": number(value, 1)}


@register.filter
def ballots(found):
    """How many ballots stand behind a figure."""
    return found.n if isinstance(found, Mean) else found.votes


@register.filter
def margin(found):
    """The interval: « 41,2 à 50,9 »."""
    decimals = 1
    if not found.shown:
        return "–"
    low, high = (found.low, found.high) if isinstance(found, Mean) else (found.low_percent, found.high_percent)
    return _("%(low)s to %(high)s") % {"low": number(low, decimals), "high": number(high, decimals)}


@register.filter
def counted(found):
    """The line under a bar: ballots and interval."""
    behind = ballots(found)
    if not found.shown:
        return _("no score")
    if isinstance(found, Mean):
        told = {"n": number(behind), "low": number(found.low, 1), "high": number(found.high, 1)}
        return (
            ngettext(
                "%(n)s ballot, between %(low)s and %(high)s", "%(n)s ballots, between %(low)s and %(high)s", behind
            )
            % told
        )
    told = {"n": number(behind), "low": number(found.low_percent), "high": percent(found.high_percent)}
    return (
        ngettext("%(n)s ballot, between %(low)s and %(high)s", "%(n)s ballots, between %(low)s and %(high)s", behind)
        % told
    )
