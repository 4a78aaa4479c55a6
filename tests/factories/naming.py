"""Names that tell rows apart and hold nothing a test looks for."""

from collections.abc import Iterator
from itertools import product

CONSONANTS = "bcdfghjklmnpqrstvwxz"


def serials() -> Iterator[str]:
    """« bbbb », « bbbc »… in order: 160,000 of them.

    No digits and no vowels: « the page does not show 999 » must not fail for who happens to be « Membre 7999 »,
    nor a forbidden word be found within a name.
    """
    return map("".join, product(CONSONANTS, repeat=4))
