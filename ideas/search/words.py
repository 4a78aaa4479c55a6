"""A text as the words that are looked up: no accent, no capital, no word that says nothing."""

import re
import unicodedata

MOST_WORDS = 8
SHORTEST = 2
# Words that are in every idea, in the two languages of the site, without their accents.
_EMPTY = (
    "a ai ainsi alors au aussi aux avec avoir bien car ce cela ces cet cette chez comme dans de des donc du "
    "elle en encore est et etre eu faire faut il ils j je jamais l la le les leur lors lui ma mais me meme mes "
    "moi mon n ne ni nos notre nous on ont ou par pas peu peut plus pour pouvoir qu quand que qui sa sans se "
    "depuis puis quelque quelques "
    "ses si son sont sous sur ta te toi ton tous tout toute toutes tres trop tu un une vos votre vous y d c s "
    "t m an and are as at be by can for from has have how i if in is it its me my no not of on or our so that "
    "the their them then there this to too up us was we what when which who will with would you your "
)
EMPTY = frozenset(_EMPTY.split())
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "’": " ", "'": " "})
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """« Épargne » → "epargne"."""
    plain = text.casefold().translate(_LIGATURES)
    if plain.isascii():
        return plain
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(char for char in plain if not unicodedata.combining(char))


def words_of(text: str, most: int = MOST_WORDS, *, reads: int = 400) -> list[str]:
    """The words worth looking up, each once, in their order; the empty ones are kept when there is nothing else."""
    found = list(dict.fromkeys(WORD.findall(fold(text[:reads]))))
    telling = [word for word in found if word not in EMPTY and len(word) >= SHORTEST]
    return (telling or found)[:most]


def stem(word: str) -> str:
    """The word without the endings that number and gender give it, so that « cartes » finds « carte »."""
    for ending in ("euses", "euse", "ements", "ement", "es", "s", "x", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
