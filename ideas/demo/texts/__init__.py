"""What the demo's members wrote: one module a few themes. Each line of IDEAS is (theme, state, weight, title, body).

`weight` is how much the community wants it, from 1 to 100: votes follow it.
"""

import re

from . import answers, daily, money, people, talk


def french(text):
    """The spaces of French typography, which nobody types: a text, or any heap of texts."""
    if isinstance(text, dict):
        return {french(key): french(value) for key, value in text.items()}
    if isinstance(text, tuple):
        return tuple(french(part) for part in text)
    if not isinstance(text, str):
        return text
    text = re.sub(r" ([:»€%])", "\u00a0\\1", re.sub(r" ([;!?])", "\u202f\\1", text)).replace("« ", "«\u00a0")
    return re.sub(r"(?<=\d) (?=\d{3}\b)", "\u202f", text)


IDEAS = french((*daily.IDEAS, *money.IDEAS, *people.IDEAS))
COMMENTS = french(talk.COMMENTS)
ANY = french(talk.ANY)
OFFICIAL = french(talk.OFFICIAL)
REPLIES = french(talk.REPLIES)
LETTERS = french(answers.LETTERS)
DELIVERED = french(answers.DELIVERED)
REASONS = french(answers.REASONS)
MERGED = french(answers.MERGED)
