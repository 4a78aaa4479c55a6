"""Searching: candidates from the database by the readings of the query, ranked here, the same on every database."""

from math import log10

from django.db.models import CharField, QuerySet, Value
from django.db.models.functions import Cast, Concat, StrIndex
from rapidfuzz import fuzz

from . import semantic
from .gathering import candidates
from .readings import NEAR_ENOUGH, Reading, readings, stages
from .tables import engine
from .words import fold, stem, words_of

BEST, FEW = 100, 5
MEANS_THE_SAME, MEANING = 0.33, 1.5  # the cosine from which a title is shown; what it weighs beside the words
SPECIFIC = 4  # an idea that holds so many words as typed is what was meant
BODY_READ = 1500  # letters of a body that count for its place


def search(queryset: QuerySet, text: str) -> QuerySet:
    """Ideas of `queryset` that speak of `text`, the best hundred, each with its `rank` from 1."""
    return in_rank(queryset, ranked(queryset, text))


def in_rank(queryset: QuerySet, keys: list[int]) -> QuerySet:
    """`rank` is the place of ",key," in ",9,4,7,": a hundred cases of a CASE take longer to write than to read."""
    places = Value("," + "".join(f"{key}," for key in keys))
    this = Concat(Value(","), Cast("pk", CharField()), Value(","))
    return queryset.filter(pk__in=keys).annotate(rank=StrIndex(places, this)).order_by("rank", "id")


def matching(queryset: QuerySet, text: str) -> QuerySet:
    """Only the filter, for whatever order the queryset has: by the strictest reading that finds something.

    The loosest is not tried first: there is none after it. Three queries at most, the vocabulary's among them.
    """
    found, left = queryset.none(), readings(text)
    reading = next(left, None)
    while reading:
        found = queryset.filter(pk__in=engine().matching(reading.groups, least=reading.least))
        if reading.is_partial or found.order_by().exists():
            break
        reading = next(left, None)
    return found


def ranked(queryset: QuerySet, text: str) -> list[int]:
    """Keys of the best hundred, best first. A looser reading is tried while the stricter ones give next to nothing.

    Three queries at most: the words as typed, the vocabulary, the words that they may be slips of.
    """
    words = words_of(text)
    query, rows, last = " ".join(words), {}, None
    enough = 1 if len(words) >= SPECIFIC else FEW
    for stage in stages(text):
        for reading, found in candidates(queryset, stage, query, enough):
            last = reading
            rows.update((row[0], row) for row in found if row[0] not in rows)
            if len(rows) >= enough:
                break
        if len(rows) >= enough:
            break
    if last is None:
        return []
    scores = {key: _score(last, query, *row[1:]) for key, row in rows.items()}
    if last.is_partial or not rows:
        scores = _with_meaning(queryset, text, last, query, scores)
    return sorted(scores, key=lambda key: (-scores[key], -key))[:BEST]


def _with_meaning(queryset: QuerySet, text: str, reading: Reading, query: str, scores: dict) -> dict[int, float]:
    """Where the words alone found little: titles that mean the same, if the encoder is there. Words count as well."""
    near = semantic.nearest(text)
    near = {key: cosine for key, cosine in near.items() if cosine >= MEANS_THE_SAME or key in scores}
    if not near:
        return scores
    missing = queryset.filter(pk__in=[key for key in near if key not in scores])
    for key, *row in missing.values_list("pk", "title", "body", "vote_score"):
        scores[key] = _score(reading, query, *row)
    most = 3 * len(reading.groups) + 1
    return {key: score / most + MEANING * near.get(key, 0) for key, score in scores.items()}


def _score(reading: Reading, query: str, title: str, body: str, votes: int) -> float:
    """A word in the title weighs three times one in the body, the very word more than a near one.

    Then the title that is most alike letter by letter, then the one that more people support.
    """
    titled, told = words_of(title, 40), None
    score = 0.0
    for word, *near in reading.groups:
        in_title = _found(word, near, titled)
        if in_title:
            score += 2 + in_title
            continue
        told = told if told is not None else words_of(body, 300, reads=BODY_READ)
        score += _found(word, near, told)
    likeness = fuzz.token_sort_ratio(query, " ".join(titled)) / 100
    return score + likeness + 0.05 * log10(1 + max(votes, 0))


def _found(word: str, near: list[str], words: list[str]) -> float:
    """1 if the word is there, or begins one; 0.4 to 0.8 for one of its near words, by how near; else 0."""
    begun = stem(word)
    if any(other.startswith(begun) for other in words):
        return 1.0
    best = max((fuzz.ratio(word, other) for other in words), default=0) if len(word) > 3 else 0
    if best >= NEAR_ENOUGH:
        return 0.4 + 0.4 * (best - NEAR_ENOUGH) / (100 - NEAR_ENOUGH)
    return 0.4 if any(fold(other).startswith(stem(one)) for one in near for other in words) else 0.0
