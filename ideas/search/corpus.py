"""A test corpus: believable titles of ideas, and queries as people mistype them, both by a seed.

The same seed gives the same titles and the same queries on every machine. A title is a wish, a thing and a case of one
subject, in one of several shapes; no two titles hold the same three. A query is a title spoiled in one way (KINDS), half of
them shortened to the words that tell. The synonyms are kept for the measure: the search does not know them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from random import Random

from .corpus_words import BODIES, CONTEXTS, SHAPES, SHORT, SUBJECTS, SYNONYMS
from .words import EMPTY, fold

SEED, SIZE = 2026, 20_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHORT_SHARE = 0.15  # of the titles: a wish and a thing, without a case


@dataclass(frozen=True)
class Query:
    """What is typed, and the place in the corpus of the title that was meant."""

    text: str
    meant: int


def titles(size: int = SIZE, seed: int = SEED) -> list[str]:
    """`size` different titles."""
    random = Random(seed)  # noqa: S311 - the same titles each time, not a secret
    whole, short = list(_whole()), list(_short())
    random.shuffle(whole)
    random.shuffle(short)
    chosen = short[: int(size * SHORT_SHARE)]
    chosen += whole[: size - len(chosen)]
    if len(chosen) < size:
        raise ValueError(f"The word lists give {len(chosen)} titles at most.")
    made = [_worded(random, *parts) for parts in chosen]
    random.shuffle(made)
    return made


def bodies(size: int = SIZE, seed: int = SEED) -> list[str]:
    random = Random(seed)  # noqa: S311
    return [" ".join(random.sample(BODIES, 2)) for _ in range(size)]


def _whole() -> Iterator[tuple[str, str, str]]:
    for wishes, things, cases in SUBJECTS.values():
        yield from product(wishes, things, (*cases, *CONTEXTS))


def _short() -> Iterator[tuple[str, str, str]]:
    for wishes, things, _cases in SUBJECTS.values():
        yield from product(wishes, things, ("",))


def _worded(random: Random, wish: str, thing: str, case: str) -> str:
    shape = random.choice(SHAPES if case else SHORT)
    words = {"wish": wish, "thing": thing, "case": case}
    words |= {name.capitalize(): text[:1].upper() + text[1:] for name, text in words.items()}
    text = " ".join(shape.format(**words).split())
    return re.sub(r"\bde (?=[aeéèêiîoôuh])", "d’", text)


def without_accents(random: Random, text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe"))
    return "".join(char for char in plain if not unicodedata.combining(char))


def with_typos(random: Random, text: str) -> str:
    """One or two slips, in words of four letters or more: a letter left out, doubled, wrong, or two swapped."""
    for _slip in range(random.choice((1, 2))):
        places = [match.span() for match in re.finditer(r"[^\W\d_]{4,}", text)]
        start, end = random.choice(places)
        at = random.randrange(start, end)
        slip = random.choice(("drop", "double", "wrong", "swap"))
        if slip == "drop":
            text = text[:at] + text[at + 1 :]
        elif slip == "double":
            text = text[:at] + text[at] + text[at:]
        elif slip == "wrong":
            text = text[:at] + random.choice(LETTERS) + text[at + 1 :]
        else:
            at = min(at, end - 2)
            text = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text


def reordered(random: Random, text: str) -> str:
    words = text.split()
    random.shuffle(words)
    return " ".join(words)


def with_synonym(random: Random, text: str) -> str | None:
    """One word, or turn of phrase, in other words; None where the list knows none."""
    known = [word for word in SYNONYMS if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.I)]
    if not known:
        return None
    word = random.choice(known)
    return re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", SYNONYMS[word], text, count=1, flags=re.I)


def reworded(random: Random, text: str) -> str | None:
    """Two words in other words: no words are asked of the search here, only what a sentence encoder can do."""
    once = with_synonym(random, text)
    return with_synonym(random, once) if once else None


KINDS: dict[str, Callable[[Random, str], str | None]] = {
    "accents": without_accents, "typos": with_typos, "reordered": reordered, "synonym": with_synonym,
    "reworded": reworded,
}  # fmt: skip


def queries(kind: str, corpus: list[str], size: int, seed: int = SEED) -> list[Query]:
    """`size` queries of a kind, each for a title of its own. « accents » are made of titles that have some."""
    random = Random(f"{seed} {kind}")  # noqa: S311
    found: list[Query] = []
    for place in random.sample(range(len(corpus)), len(corpus)):
        if len(found) == size:
            break
        title = corpus[place]
        if kind == "accents" and title.isascii():
            continue
        text = title if random.random() < 0.5 else telling(title)
        spoiled = KINDS[kind](random, text)
        if spoiled and spoiled != text:
            found.append(Query(spoiled, place))
    return found


def telling(title: str) -> str:
    """The title as who is in a hurry types it: without the small words."""
    return " ".join(word for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", title) if fold(word) not in EMPTY)
