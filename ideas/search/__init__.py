"""Finding ideas by words, accents and typing errors forgiven, best first; and those that look like a title being typed.

    search(Idea.objects.listed(), "virment instantane")   → a queryset ordered by `rank`, the best hundred
    matching(queryset, text)                              → only the filter, for another order
    similar("Une alerte avant le découvert")              → the nearest ideas

Each lookup is bounded: the hundred liveliest matches are read and ranked here, the same on both databases.
"""

from math import log10

from django.db import connection
from django.db.models import Case, IntegerField, QuerySet, Value, When
from rapidfuzz import fuzz

from ..models import Idea
from ..states import State, Visibility
from . import postgres, sqlite
from .words import fold, stem, words_of

BEST, CANDIDATES, FEW, MOST_DOUBTFUL = 100, 100, 5, 4
NEAR_ENOUGH = 72  # of 100: one letter wrong, missing or swapped in a word of five
SAME_WORD, NEARLY_THE_SAME = 78, 0.75
ALIKE = 0.33


def engine():
    return postgres if connection.vendor == "postgresql" else sqlite


def search(queryset: QuerySet, text: str) -> QuerySet:
    """Ideas of `queryset` that speak of `text`, the best hundred, each with its `rank` from 1."""
    return in_rank(queryset, ranked(queryset, text))


def in_rank(queryset: QuerySet, keys: list[int]) -> QuerySet:
    places = [When(pk=key, then=Value(place)) for place, key in enumerate(keys, 1)]
    rank = Case(*places, default=Value(0), output_field=IntegerField()) if places else Value(0)
    return queryset.filter(pk__in=keys).annotate(rank=rank).order_by("rank", "id")


def matching(queryset: QuerySet, text: str) -> QuerySet:
    """Only the filter: ideas that hold every word, in whatever order the queryset has."""
    words = words_of(text)
    return queryset.filter(pk__in=engine().matching([[word] for word in words])) if words else queryset.none()


def ranked(queryset: QuerySet, text: str) -> list[int]:
    """Keys of the best hundred, best first. Words that give next to nothing are also read as their nearest ones."""
    words = words_of(text)
    if not words:
        return []
    rows = _candidates(queryset, [[word] for word in words])
    groups = [[word] for word in words]
    if len(rows) < FEW:
        groups = _widened(words)
        rows = _candidates(queryset, groups)
        if not rows and len(words) > 1:
            rows = _candidates(queryset, groups, every=False)
    rows.sort(key=lambda row: (-_score(groups, *row[1:]), -row[0]))
    return [row[0] for row in rows[:BEST]]


def _candidates(queryset, groups, *, every: bool = True) -> list[tuple]:
    found = queryset.filter(pk__in=engine().matching(groups, every=every)).order_by("-trend", "-id")
    return list(found.values_list("pk", "title", "body", "vote_score")[:CANDIDATES])


def _widened(words: list[str]) -> list[list[str]]:
    """Each word with those of the vocabulary that it may be a slip of; the longest words only, which tell most."""
    doubtful = sorted((word for word in words if len(word) >= 4 and word.isalpha()), key=len)[-MOST_DOUBTFUL:]
    near = engine().near_words(doubtful) if doubtful else {}
    groups = []
    for word in words:
        others = dict.fromkeys(map(fold, near.get(word, ())))
        groups.append(
            [word, *(other for other in others if other != word and fuzz.ratio(word, other) >= NEAR_ENOUGH)][:6]
        )
    return groups


def _score(groups, title: str, body: str, votes: int) -> float:
    """A word in the title weighs three times one in the body, the very word more than a near one; support breaks ties."""
    titled, told = words_of(title, 40), set(words_of(body, 400))
    score = 0.1 * log10(1 + max(votes, 0))
    for word, *near in groups:
        begun = stem(word)
        if any(other.startswith(begun) for other in titled):
            score += 3
        elif any(fuzz.ratio(word, other) >= NEAR_ENOUGH for other in titled):
            score += 2
        elif any(other.startswith(begun) for other in told):
            score += 1
        elif near:
            score += 0.5
    return score


def similar(title: str, limit: int = 5, *, among: QuerySet | None = None, leave_out: Idea | None = None) -> list[Idea]:
    """Public ideas that look like this title, nearest first; fewer than `limit` when few do. None for one short word."""
    words = words_of(title)
    if not words or len(fold(title)) < 4:
        return []
    if among is None:  # beside an idea, those of its own circle; else what a stranger may read
        among = Idea.objects.filter(circle=leave_out.circle_id) if leave_out else Idea.objects.listed()
    ideas = among
    near = engine().closest(words, " ".join(fold(title).split()), limit * 8)
    ideas = ideas.filter(pk__in=near, visibility=Visibility.PUBLIC).exclude(state=State.MERGED)
    if leave_out:
        ideas = ideas.exclude(pk=leave_out.pk)
    scored = [(_alike(words, idea.title), idea) for idea in ideas.select_related("category")]
    scored = [(score, idea) for score, idea in scored if score >= ALIKE]
    scored.sort(key=lambda pair: (-pair[0], -pair[1].vote_score, pair[1].pk))
    return [idea for _score, idea in scored[:limit]]


def _alike(words: list[str], title: str) -> float:
    """0 to 1: the share of words in common (Dice, slips forgiven), and how alike the titles are letter by letter."""
    theirs = words_of(title, 20)
    if not theirs:
        return 0.0
    common = sum(any(fuzz.ratio(stem(word), stem(other)) >= SAME_WORD for other in theirs) for word in words)
    dice = 2 * min(common, len(theirs)) / (len(words) + len(theirs))
    letters = fuzz.token_sort_ratio(" ".join(words), " ".join(theirs)) / 100
    return max(0.7 * dice + 0.3 * letters, letters if letters >= NEARLY_THE_SAME else 0)
