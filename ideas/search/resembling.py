"""Ideas that look like a title: while one is typed, beside an idea, and for who sorts."""

from django.db.models import QuerySet
from rapidfuzz import fuzz

from ..models import Idea
from ..states import State, Visibility
from .readings import widened
from .tables import engine
from .words import fold, stem, words_of

SAME_WORD, NEARLY_THE_SAME = 78, 0.75
ALIKE = 0.33
LOOKED_AT = 40


def similar(title: str, limit: int = 5, *, among: QuerySet | None = None, leave_out: Idea | None = None) -> list[Idea]:
    """Public ideas that look like this title, nearest first; fewer than `limit` when few do. None for one short word."""
    words = words_of(title)
    if not words or len(fold(title)) < 4:
        return []
    if among is None:  # beside an idea, those of its own circle; else what a stranger may read
        among = Idea.objects.filter(circle=leave_out.circle_id) if leave_out else Idea.objects.listed()
    ideas = among.filter(visibility=Visibility.PUBLIC).exclude(state=State.MERGED).select_related("category")
    if leave_out:
        ideas = ideas.exclude(pk=leave_out.pk)
    scored: dict[int, tuple[float, Idea]] = {}
    for idea in _near(ideas, words, leave_out is not None):
        score = _alike(words, idea.title)
        if score >= ALIKE:
            scored[idea.pk] = (score, idea)
    best = sorted(scored.values(), key=lambda pair: (-pair[0], -pair[1].vote_score, pair[1].pk))
    return [idea for _score, idea in best[:limit]]


def _near(ideas: QuerySet, words: list[str], is_known: bool) -> list[Idea]:
    """Those whose titles share two words (the only one, where there is one). A title being typed may hold slips."""
    query = " ".join(words)
    groups = tuple((word,) for word in words) if is_known else widened(words)
    least = min(2, len(words))
    keys = engine().matching(groups, least=least, in_titles=True, nearest=query, limit=LOOKED_AT)
    return list(ideas.filter(pk__in=keys))


def likeness(title: str, other: str) -> float:
    """How alike two titles are, from 0 to 1."""
    return _alike(words_of(title), other)


def _alike(words: list[str], title: str) -> float:
    """0 to 1: the share of words in common (Dice, slips forgiven), and how alike the titles are letter by letter."""
    theirs = words_of(title, 20)
    if not theirs:
        return 0.0
    common = sum(any(fuzz.ratio(stem(word), stem(other)) >= SAME_WORD for other in theirs) for word in words)
    dice = 2 * min(common, len(theirs)) / (len(words) + len(theirs))
    letters = fuzz.token_sort_ratio(" ".join(words), " ".join(theirs)) / 100
    return max(0.7 * dice + 0.3 * letters, letters if letters >= NEARLY_THE_SAME else 0)
