"""Long but easily guessed: at 15 characters the usual lists of common passwords no longer catch anything."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

ROWS = (
    "0123456789012345678901234567890", "9876543210987654321098765432109", "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiopasdfghjklzxcvbnm", "abcdefghijklmnopqrstuvwxyz",
)  # fmt: skip
WORDS = (
    "motdepasse", "password", "azerty", "qwerty", "bonjour", "soleil", "chouchou", "doudou", "loulou", "marseille", "iloveyou",
    "jetaime", "jetaimeplusquetout", "coucou", "princesse", "nicolas", "camille", "letmein", "welcome", "bienvenue",
    "admin", "administrateur", "secret", "banque", "customerlab", "lelab", "phare", "lelabduphare", "compte", "client",
    "changeme", "liverpool", "football", "monmotdepasse", "cestmonmotdepasse", "mypassword", "thisismypassword", "azertyuiop",
)  # fmt: skip


def _folded(password: str) -> str:
    plain = unicodedata.normalize("NFKD", password.casefold())
    return re.sub(r"[\W_]", "", "".join(char for char in plain if not unicodedata.combining(char)))


def is_easily_guessed(password: str) -> bool:
    """Whether it is a short thing said again, a row of keys, or common words with figures."""
    text = _folded(password)
    if re.fullmatch(r"(.{1,7}?)\1+.{0,3}", text) and not re.search(r"\s", password):
        return True
    if any(text in row for row in ROWS):
        return True
    rest = re.sub(r"\d+", "", text)
    for word in sorted(WORDS, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(rest) <= 2


class EasilyGuessedValidator:
    def validate(self, password, user=None):
        if is_easily_guessed(password):
            raise ValidationError(
                _("This password is easily guessed. Try a few words that have nothing to do with each other."),
                code="password_too_common",
            )

    def get_help_text(self):
        return _("Your password is not made of common words, rows of keys or repetitions.")
