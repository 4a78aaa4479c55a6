"""Found words in <mark>, accents and slips forgiven as the search forgives them. What comes out is escaped HTML."""

from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from rapidfuzz.distance import OSA

from core.text import excerpt

from .words import WORD, fold, stem, words_of

EXCERPT = 160
SHORTEST_SLIP, LONG = 5, 10  # letters from which one slip is forgiven, and two


@dataclass(frozen=True)
class Marker:
    """Marks one query's words: `Marker("epargne").title("L’épargne")` → « L’<mark>épargne</mark> »."""

    text: str
    words: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", tuple(words_of(self.text)))

    def card(self, title: str, body: str) -> dict[str, SafeString]:
        return {"title": self.title(title), "text": self.excerpt(body)}

    def title(self, title: str) -> SafeString:
        return self._marked(title, self._spans(title))

    def excerpt(self, body: str, length: int = EXCERPT) -> SafeString:
        """The words of the body around the first that was found; its beginning where none was."""
        plain = excerpt(body, 100_000)
        spans = self._spans(plain)
        start = 0
        if spans and spans[0][1] > length:
            start = plain.rfind(" ", 0, max(spans[0][0] - length // 3, 0)) + 1
        shown = plain[start:]
        if len(shown) > length:
            shown = shown[:length].rsplit(" ", 1)[0].rstrip(",;:. ") + "…"
        inside = [(a - start, b - start) for a, b in spans if a >= start and b - start <= len(shown)]
        return mark_safe(("…" if start else "") + self._marked(shown, inside))

    def _spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in WORD.finditer(text) if self._is_found(fold(match.group()))]

    def _is_found(self, word: str) -> bool:
        return any(word.startswith(stem(asked)) or is_slip(asked, word) for asked in self.words)

    @staticmethod
    def _marked(text: str, spans: list[tuple[int, int]]) -> SafeString:
        parts, last = [], 0
        for start, end in spans:
            parts += [escape(text[last:start]), "<mark>", escape(text[start:end]), "</mark>"]
            last = end
        return mark_safe("".join([*parts, escape(text[last:])]))


def is_slip(asked: str, word: str) -> bool:
    """Whether one is the other mistyped: one letter wrong, missing, too many or swapped; two in long words.

    A mark says « this is what you asked for », so it forgives less than the search, which only ranks.
    """
    longest = max(len(asked), len(word))
    if longest < SHORTEST_SLIP:
        return False
    allowed = 1 if min(len(asked), len(word)) < LONG else 2
    return any(OSA.distance(asked, form, score_cutoff=allowed) <= allowed for form in {word, stem(word)})
