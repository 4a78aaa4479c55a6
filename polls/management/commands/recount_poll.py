"""`manage.py recount_poll FILE`: recount a tally file. Asks no database, and fails on any difference."""

from collections.abc import Iterable, Iterator

from django.core.management.base import BaseCommand, CommandError

from polls import recount_alone
from polls.domain.counting.condorcet import borda, condorcet_winner, schulze
from polls.domain.counting.intervals import wilson
from polls.domain.counting.runoff import Rule, instant_runoff
from polls.domain.counting.scores import mean, median, star
from polls.states import CHOICES, Method

BROKEN_TIES = (Rule.EARLIER, Rule.TOGETHER, Rule.PAIRS)


class Command(BaseCommand):
    help = __doc__
    requires_system_checks: list[str] = []

    def add_arguments(self, parser):
        parser.add_argument("file")

    def handle(self, *, file, **options):
        try:
            tally = recount_alone.read(file)
            totals, wrong = recount_alone.check(tally)
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise CommandError(f"{file} cannot be read: {type(error).__name__}: {error}", returncode=2) from error
        for line in recount_alone.report(tally, totals):
            self.stdout.write(line)
        if wrong:
            raise CommandError("\n".join(wrong))
        for question in tally["questions"]:
            if not question["withheld"]:
                for line in figures_of(question, totals["questions"][question["id"]], tally["ballots"]):
                    self.stdout.write(line)
        self.stdout.write("The totals in the file are what its ballots give.")


def figures_of(question: dict, count: dict, ballots: list[dict]) -> Iterator[str]:
    """What the method makes of the counts, as the results page says it: winners, means, intervals."""
    names = {option["id"]: option["text"] for option in question["options"]}
    options, method = list(names), question["method"]
    yield f"{question['text']}:"
    if method in CHOICES:
        for one in options:
            low, high = wilson(count["options"][one]["votes"], count["answers"])
            yield f"  {names[one]}: between {low:.1%} and {high:.1%} (Wilson, 95 %)"
    elif method == Method.RANKING:
        yield from _ranked(
            names, count, [ballot["choices"].get(question["id"]) for ballot in ballots if ballot["counted"]]
        )
    elif method == Method.SCORE:
        yield from _scored(names, count, criteria=question.get("criteria", False))
    else:
        for one in options:
            yield f"  {names[one]}: {count['options'][one]['sum'] / max(count['answers'], 1):.2f} points on average"


def _pairs(count: dict) -> dict[tuple[str, str], int]:
    return {(one, other): n for one, found in count["options"].items() for other, n in found["over"].items()}


def _ranked(names: dict, count: dict, ranks: list) -> Iterator[str]:
    pairs, options = _pairs(count), list(names)
    winner = condorcet_winner(pairs, options)
    yield f"  Condorcet: {names[winner] if winner else 'nobody'}"
    yield "  Schulze: " + " > ".join(" = ".join(names[one] for one in place) for place in schulze(pairs, options))
    points = borda(pairs, options, count["answers"])
    yield "  Borda: " + ", ".join(
        f"{names[one]} {points[one]:g}" for one in sorted(options, key=lambda one: -points[one])
    )
    profile: dict[tuple, int] = {}
    for kept in ranks:
        if kept is not None:
            key = tuple(tuple(rank) for rank in kept)
            profile[key] = profile.get(key, 0) + 1
    found = instant_runoff(profile, options)
    for place, one in enumerate(found.rounds, 1):
        if one.rule in BROKEN_TIES:
            yield f"  Instant run-off, round {place}: tied, {_list(names, one.out)} out by the rule “{one.rule}”"
    tied = found.rounds[-1].tied if found.rounds else ()
    yield f"  Instant run-off: {_winner(names, found.winner, tied)} in {len(found.rounds)} rounds"


def _scored(names: dict, count: dict, *, criteria: bool) -> Iterator[str]:
    """`criteria`: what a consultation has scored, among which nothing wins; files from before that was said have it not."""
    scores = {one: {int(score): n for score, n in count["options"][one]["scores"].items()} for one in names}
    for one in names:
        if any(scores[one].values()):
            yield f"  {names[one]}: mean {mean(scores[one]):.2f}, median {median(scores[one]):g}"
    if criteria:
        return
    totals = {one: sum(score * n for score, n in scores[one].items()) for one in names}
    found = star(totals, _pairs(count), list(names), {one: scores[one][5] for one in names})
    yield f"  STAR: {_winner(names, found.winner, found.tied)}"


def _list(names: dict, options: Iterable[str]) -> str:
    return ", ".join(names[one] for one in options)


def _winner(names: dict, winner: str | None, tied: Iterable[str]) -> str:
    """The winner's name; else between whom it is tied, as nothing draws lots here."""
    if winner:
        return names[winner]
    return f"nobody, tied: {_list(names, tied)}" if tied else "nobody"
