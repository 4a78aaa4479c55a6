"""The demo's polls: the welcome offer's story, and one poll of each method and kind.

Ballots go in through the models in bulk, then the tallies are made from them, as `recount_polls` would.
"""

from random import Random

from ..domain.growing import keep_days
from ..domain.tallying import recount
from ..models import Ballot, Poll
from . import choosing, consultation, course, drafting, methods
from .arriving import ARRIVING
from .ranking import RANKING
from .stories import POLLS


def load(demo) -> None:
    """Write the polls and let most members answer. Reads `demo.members` and `demo.accounts`."""
    for told in POLLS:
        poll, options = choosing.write(demo, told)
        if told["turnout"]:
            choosing.answer(demo, told, poll, options)
        _count(poll)
    # Draws of their own: what other apps draw after the first six stays as it was.
    random = Random(f"{demo.seed}, polls of each method")  # noqa: S311 - the same demo each time, not a secret
    for told in methods.POLLS:
        _count(methods.write(demo, random, told))
    _count(consultation.write(demo, random))
    _count(methods.write(demo, Random(f"{demo.seed}, arriving"), ARRIVING))  # noqa: S311 - as above, and it changes no other's
    _count(methods.write(demo, Random(f"{demo.seed}, ranking"), RANKING))  # noqa: S311 - as above
    drafting.write(demo)
    demo.say(f"{Poll.objects.count()} polls, {Ballot.objects.count()} ballots")


def _count(poll: Poll) -> None:
    recount(poll)
    keep_days(poll.pk)


def load_last(demo) -> None:
    """The record of what was done with every poll, those of circles too."""
    course.write(demo)
