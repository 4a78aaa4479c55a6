"""A result, from what of the tallies is published: figures, turnout, winners, and groups in which nobody can be made out.

`summarise(poll)` is the one way to a result for page, API, desk, file and mail; `can_see_results` says who may ask.
"""

from ..growing import Growth
from .aside import BothWays, Pair, Way, both_ways
from .breakdowns import GROUPS, Breakdown, Group
from .differences import Finding
from .figures import Mean, Share, leader
from .headlines import Headline, headlines_of
from .publishing import Published, keep_as_published, published
from .summary import QuestionResult, Summary, summarise
from .weights import Weighed

__all__ = [
    "GROUPS",
    "BothWays",
    "Breakdown",
    "Finding",
    "Group",
    "Growth",
    "Headline",
    "Mean",
    "Pair",
    "Published",
    "QuestionResult",
    "Share",
    "Summary",
    "Way",
    "Weighed",
    "both_ways",
    "headlines_of",
    "keep_as_published",
    "leader",
    "published",
    "summarise",
]
