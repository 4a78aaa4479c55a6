"""What is said of groups that differ: in plain words, and never more than the figures say."""

from django.utils.translation import override

from core.words import NO_BREAK
from polls.domain.results.breakdowns import Group
from polls.domain.results.differences import find
from polls.domain.results.figures import Share
from polls.models import Option, Question


def said(**counts: tuple[int, ...]) -> tuple[str, str]:
    """The finding on customers and prospects, who chose A, B, C so often: in French and in English."""
    options = [Option(pk=place, text="ABC"[place]) for place in range(len(counts["customer"]))]
    groups = [
        Group(code, code, sum(of), {one.pk: Share(one, n, sum(of)) for one, n in zip(options, of, strict=True)})
        for code, of in counts.items()
    ]
    [finding] = find(Question(method="single"), groups, list(zip(*counts.values(), strict=True)), "kind")
    with override("fr"):
        french = finding.sentence.replace(NO_BREAK, " ")
    with override("en"):
        return french, finding.sentence


def test_group_prefers_what_is_ahead_within_it():
    french, english = said(customer=(300, 300, 200), prospect=(50, 500, 50))
    assert french == ("Les futurs clients préfèrent nettement « B » : 83 %, contre 38 % des autres.")
    assert english == "Prospects clearly prefer “B”: 83%, against 38% of the others."


def test_group_does_not_prefer_what_it_only_chooses_more_often_than_others():
    french, english = said(customer=(550, 50, 400), prospect=(950, 50, 0))
    assert french == ("Les clients choisissent nettement plus souvent « C » : 40 %, contre 0 % des autres.")
    assert english == "Customers choose “C” clearly more often: 40%, against 0% of the others."


def test_tiny_difference_that_is_not_chance_is_said_to_be_both():
    french, english = said(customer=(5000, 5000), prospect=(4800, 5200))
    assert "hasard" not in french and "chance" not in english
    assert french == (
        "Les clients choisissent à peine plus souvent « A » : 50,0 %, contre 48,0 % des autres. "
        "L’écart est réel, mais minime."
    )
    assert english == (
        "Customers choose “A” barely more often: 50.0%, against 48.0% of the others. The gap is real, but tiny."
    )


def test_difference_that_may_be_chance_is_said_to_be_no_more():
    french, english = said(customer=(50, 50), prospect=(48, 52))
    assert "hasard" in french and "chance alone" in english
