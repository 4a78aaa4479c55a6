"""How well and how fast the search finds the titles of the corpus, on whatever database is connected.

The corpus stands in temporary tables that hide the real ones for this connection alone: nobody else sees it, nothing is
left behind, and no lock is taken.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter

from django.db import transaction
from django.utils import timezone

from core.public_ids import new_public_id

from ..models import Idea, IdeaVector
from ..votes import trend_of
from . import corpus, semantic
from .ranking import search
from .tables import engine

FIRST = 5
TARGETS = {"accents": 99, "typos": 95, "reordered": 99, "synonym": 55}  # percent
SYNONYM_WITH_ENCODER = 75
MEDIAN_MS = 30


def targets() -> dict[str, float]:
    return TARGETS | ({"synonym": SYNONYM_WITH_ENCODER} if semantic.is_on() else {})


@dataclass(frozen=True)
class Measured:
    """Of the queries of a kind: how many per cent have the right title among the first five, and the time of one, in ms."""

    kind: str
    found: float
    median_ms: float
    slow_ms: float  # 95 of 100 are quicker
    missed: tuple[tuple[str, str], ...]  # (query, title meant), the first few


@contextmanager
def only_the_corpus(titles: list[str], bodies: list[str]) -> Iterator[list[int]]:
    """While inside, `Idea.objects` holds the corpus alone. Gives the keys in the titles' order."""
    with transaction.atomic():
        engine().hide_real_tables()
        now = timezone.now()
        rows = [
            Idea(
                public_id=new_public_id(), title=title, body=body, category_id=1, author_id=1, created_at=now,
                trend=trend_of(n % 50, now),
            )
            for n, (title, body) in enumerate(zip(titles, bodies, strict=True))
        ]  # fmt: skip
        keys = [row.pk for row in Idea.objects.bulk_create(rows, batch_size=1000)]
        engine().rebuild()
        semantic.forget()
        if semantic.is_on():
            index_vectors(list(zip(keys, titles, strict=True)))
        try:
            yield keys
        finally:
            semantic.forget()
            engine().show_real_tables()


def index_vectors(rows: list[tuple[int, str]], batch: int = 256) -> None:
    """The titles' vectors, as the background work makes them."""
    for start in range(0, len(rows), batch):
        some = rows[start : start + batch]
        vectors = zip(some, semantic.vectors_of([title for _key, title in some]), strict=True)
        IdeaVector.objects.bulk_create(
            IdeaVector(idea_id=key, signs=signs, numbers=numbers, indexed_at=timezone.now())
            for (key, _title), (signs, numbers) in vectors
        )


def measure(
    *, size: int = corpus.SIZE, asked: int = 250, seed: int = corpus.SEED,
    find: Callable[[str], list[int]] | None = None,
) -> list[Measured]:  # fmt: skip
    """One line a kind of query. `find` gives keys, best first; the site's own search if it is not said."""
    titles = corpus.titles(size, seed)
    with only_the_corpus(titles, corpus.bodies(size, seed)) as keys:
        find = find or _first_keys
        find(titles[0])  # caches are warm, as on a site that runs
        return [_measure_kind(kind, titles, keys, asked, seed, find) for kind in corpus.KINDS]


def _first_keys(text: str) -> list[int]:
    return list(search(Idea.objects.listed(), text).values_list("pk", flat=True)[:FIRST])


def _measure_kind(kind, titles, keys, asked, seed, find) -> Measured:
    times, missed = [], []
    wanted = corpus.queries(kind, titles, asked, seed)
    for query in wanted:
        start = perf_counter()
        found = find(query.text)
        times.append(1000 * (perf_counter() - start))
        if keys[query.meant] not in found[:FIRST]:
            missed.append((query.text, titles[query.meant]))
    times.sort()
    share = 100 * (1 - len(missed) / len(wanted))
    return Measured(kind, share, median(times), times[int(0.95 * (len(times) - 1))], tuple(missed[:10]))
