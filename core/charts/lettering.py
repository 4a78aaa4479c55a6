"""Words on a chart: cleaned, measured in the house's own fonts, and wrapped so that none runs out of its place."""

import unicodedata
from bisect import bisect
from functools import lru_cache

from django.contrib.staticfiles import finders
from PIL import ImageFont

from ..words import spaced

FACES = {"text": ("lab/fonts/lab-text.woff2", 400, 700), "display": ("lab/fonts/lab-display.woff2", 700, 700)}
SPARE = 1.08  # a reader's machine without our fonts sets wider ones
ELLIPSIS = "…"
WIDEST = 1.3  # of a sign such as an emoji, in sizes of its letters
# Letters that no decomposition leads to Latin, as ISO 843 and common use have them.
ROMANISED = (
    "ł=l đ=d ø=o ı=i ħ=h ŧ=t ŋ=n æ=ae œ=oe ß=ss þ=th ð=d →=-> ←=<- −=- ≥=>= ≤=<= ≠=!= "
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o "
    "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh "
    "щ=shch ъ=' ы=y ь=' э=e ю=yu я=ya і=i ї=yi є=ye ґ=g"
)
LATIN = dict(pair.split("=", 1) for pair in ROMANISED.split())
FORBIDDEN = ("Cc", "Cf", "Cs", "Co", "Cn")  # controls, marks of direction, halves of letters, what is no letter


def plain(words: object) -> str:
    """The words without what XML 1.0 forbids and what would turn the direction of writing; one line."""
    kept = (
        char
        for char in str(words or "")
        if unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn") or char in "\n\t"
    )
    return " ".join(part for line in "".join(kept).splitlines() for part in line.replace("\t", " ").split(" ") if part)


@lru_cache(maxsize=64)
def font(size: float, bold: bool = False, display: bool = False) -> ImageFont.FreeTypeFont:
    path, regular, heavy = FACES["display" if display else "text"]
    found = ImageFont.truetype(finders.find(path), size)
    found.set_variation_by_axes([heavy if bold else regular])
    return found


@lru_cache(maxsize=4096)
def _has(char: str, display: bool) -> bool:
    """Whether the face has the letter, and not its box for letters that it lacks."""
    face = font(20, False, display)
    return char.isspace() or bytes(face.getmask(char)) != bytes(face.getmask("\uffff"))


def drawable(words: str, display: bool = False) -> str:
    """The words in letters that the face has, for a picture made of pixels: no boxes, and never an error.

    Ž without its mark, Ł as L, Greek and Cyrillic in Latin letters, a question mark for a letter of another script. Emoji and signs
    are left out, unless there is nothing else: then they stand there by name. The SVG and the table keep all as it was written.
    """
    drawn = "".join(_letters(char, display) for char in words)
    if words.strip() and not drawn.strip():
        return _by_name(words)
    return drawn if len(drawn) == len(words) else " ".join(part for part in drawn.split(" ") if part)


@lru_cache(maxsize=4096)
def _letters(char: str, display: bool) -> str:
    """What stands for one character; "" for what is no letter."""
    for stand_in in (char, _latin(char), unicodedata.normalize("NFKD", char)[0]):
        if stand_in and all(_has(letter, display) for letter in stand_in):
            return stand_in
    return "?" if unicodedata.category(char)[0] in "LN" else ""


def _latin(char: str) -> str:
    small = char.lower()
    found = LATIN.get(small, LATIN.get(unicodedata.normalize("NFKD", small)[0], ""))
    return found if small == char else found.capitalize()


def _by_name(words: str) -> str:
    names = (
        unicodedata.name(char, "").lower() for char in words if not unicodedata.category(char).startswith(("M", "Z"))
    )
    return f"({', '.join(dict.fromkeys(name for name in names if name))[:60] or '?'})"


def width_of(words: str, size: float, bold: bool = False, display: bool = False) -> float:
    """How wide the words stand, whichever way they are drawn: what pixels leave out is there in an SVG, about this wide."""
    left_out = sum(not _letters(char, display) for char in words)
    return font(size, bold, display).getlength(drawable(words, display)) * SPARE + left_out * size * WIDEST


def wrap(words: str, width: float, size: float, bold: bool = False, display: bool = False, most: int = 6) -> list[str]:
    """Lines no wider than `width`. What is left after `most` lines ends in an ellipsis: the description says it whole."""

    def fits(line: str) -> bool:
        return width_of(line, size, bold, display) <= width

    lines, line = [], ""
    for word in _pieces(spaced(plain(words)[:2000]).split(" "), fits):
        if line and not fits(f"{line} {word}"):
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    lines.append(line)
    if len(lines) > most:
        last = lines[most - 1]
        while last and not fits(last + ELLIPSIS):
            last = last[:-1].rstrip()
        lines = [*lines[: most - 1], last + ELLIPSIS]
    return lines


def _pieces(words, fits):
    """The words, those too long for a line of their own cut up."""
    for word in words:
        while word and not fits(word):
            cut = max(1, bisect(range(1, len(word)), False, key=lambda at, word=word: not fits(word[:at])))
            yield word[:cut]
            word = word[cut:]
        if word:
            yield word
