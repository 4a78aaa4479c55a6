"""Finding ideas by words, accents and typing errors forgiven, best first; and those that look like a title being typed.

    search(Idea.objects.listed(), "virment instantane")   → a queryset ordered by `rank`, the best hundred
    matching(queryset, text)                              → only the filter, for another order
    similar("Une alerte avant le découvert")              → the nearest ideas
    Marker("virment").title(idea.title)                   → the title with the found words in <mark>

How words are read, step by step, is in readings.py; each lookup is bounded. docs/search.md has what was measured.
"""

from .marking import Marker
from .ranking import BEST, in_rank, matching, ranked, search
from .resembling import likeness, similar
from .tables import engine

__all__ = ["BEST", "Marker", "engine", "in_rank", "likeness", "matching", "ranked", "search", "similar"]
