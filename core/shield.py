"""The privacy shield: card numbers, IBANs and national numbers are never stored; phones and e-mails are masked in public text.

Spans are consumed in the order IBAN, RIB, NIR, card, e-mail, phone: a NIR would pass for a card. Digits may be of any
script, and separated by spaces (no-break and invisible ones too), dots, dashes, slashes or the signs of Markdown.
"""

import html
import re
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from stdnum import iban as iban_rule
from stdnum import luhn
from stdnum.fr import nir as nir_rule

from .errors import DomainError

SEPARATOR = r"[\s.\-_/*`~\u00b7\u2010-\u2015\u2022\u2212\u200b]"  # invisible characters are read as \u200b
GAP = rf"{SEPARATOR}{{0,3}}"  # « 4970 - 1012 »
KEY = rf"(?:{GAP}|[\s(:,|]{{0,3}}cl[eé]f?[\s:]{{0,3}})"  # « 451 089 (clé 46) »
SECRET_KINDS = ("iban", "rib", "nir", "card")
PATTERNS = {
    "iban": re.compile(
        rf"(?:(?<![A-Z0-9])|(?<=IBAN))[A-Z]{SEPARATOR}?[A-Z]{GAP}\d{GAP}\d(?:{GAP}[A-Z0-9]){{11,30}}", re.I
    ),
    "rib": re.compile(rf"(?<!\d)\d(?:{GAP}\d){{9}}(?:{GAP}[A-Z0-9]){{11}}(?:{GAP}\d){{2}}(?!\d)", re.I),
    "nir": re.compile(
        rf"(?<!\d)[1-478](?:{GAP}\d){{4}}{GAP}(?:\d{GAP}\d|2{GAP}[AB])(?:{GAP}\d){{6}}{KEY}\d{GAP}\d(?!\d)", re.I
    ),
    "card": re.compile(rf"(?<!\d)\d(?:{GAP}\d){{12,18}}(?!\d)"),
    "email": re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,4}", re.I),
    "phone": re.compile(
        rf"(?<![\d\w])(?:(?:\+|00)\d{{2}}{SEPARATOR}{{0,2}}(?:\(0\){SEPARATOR}{{0,2}})?|0)[1-9](?:{SEPARATOR}{{0,2}}\d{{2}}){{4}}(?!\d)"
    ),
}


# What a card of each scheme looks like, for digits that are only a part of those in a row.
CARD = re.compile(r"4\d{12}(?:\d{3}){0,2}|5\d{15}|2[2-7]\d{14}|3[47]\d{13}|35\d{14}|6\d{15,18}")


@dataclass(frozen=True)
class Found:
    kind: str
    start: int
    end: int


class PrivateData(DomainError):
    """A text holds a number that we never keep. `extra["masked"]` gives the texts back with it masked; the number is nowhere.
    `kept_out` is the first sentence alone, for a page whose next ones lead to the secure messaging."""

    code, status = "private_data", 400

    def __init__(self, kind: str, field: str, masked: dict[str, str]):
        self.kept_out = {
            "card": _("We never keep a card number."),
            "iban": _("We never keep an IBAN."),
            "rib": _("We never keep bank account details."),
            "nir": _("We never keep a social security number."),
        }[kind]
        super().__init__(
            f"{self.kept_out} {_('Write to us from your secure messaging.')}",
            field=field,
            extra={"kind": kind, "masked": masked, "secure_messaging": secure_messaging()},
        )


def secure_messaging() -> str:
    """The whole address of the bank's own messaging: it is read in apps and in mail too."""
    from django.conf import settings

    url = settings.LAB["SECURE_MESSAGING_URL"]
    return url if "://" in url else f"{settings.SITE_URL.rstrip('/')}{url}"


def _plain(text: str) -> str:
    """The same length, digits and letters ASCII ones where they stand for them: spans found here hold in the original."""
    return text if text.isascii() else "".join(map(_plain_character, text))


def _plain_character(char: str) -> str:
    if char.isascii():
        return char
    if char.isdigit():
        return str(unicodedata.digit(char))
    if unicodedata.category(char) == "Cf":
        return "\u200b"
    same = unicodedata.normalize("NFKC", char)  # full-width letters
    return same if len(same) == 1 and same.isascii() else char


def _is_real(kind: str, raw: str) -> int:
    """How many characters of `raw`, from its start, are the thing; 0 if it is not one."""
    compact = re.sub(SEPARATOR, "", raw).upper()
    if kind == "iban":
        return _iban_length(raw)
    if kind == "rib":
        return len(raw) if _rib_holds(compact) else 0
    if kind == "nir":
        return len(raw) if nir_rule.is_valid(re.sub(r"[^0-9AB]", "", compact)) else 0
    if kind == "card":
        return _card_length(raw)
    return len(raw)


def _card_length(raw: str) -> int:
    """A card number may be followed by its date or its code: try each shorter reading that ends where a group does."""
    for end in range(len(raw), 12, -1):
        if not raw[end - 1].isdigit() or raw[end : end + 1].isdigit():
            continue
        compact = re.sub(SEPARATOR, "", raw[:end])
        is_whole = end == len(raw) and compact[0] in "23456"
        is_part = raw[:4].isdigit() and CARD.fullmatch(compact)  # in groups of two, it would be telephone numbers
        if (is_whole or is_part) and len(set(compact)) > 1 and luhn.is_valid(compact):
            return end
    return 0


def _iban_length(raw: str) -> int:
    """An IBAN may be followed by words that look like more of it: try each shorter reading."""
    for end in range(len(raw), 14, -1):
        compact = re.sub(SEPARATOR, "", raw[:end]).upper()
        if len(compact) >= 15 and not re.match(SEPARATOR, raw[end - 1]) and iban_rule.is_valid(compact):
            return end
    return 0


def _rib_holds(compact: str) -> bool:
    """RIB key: 97 - (89 bank + 15 branch + 3 account) mod 97, letters as digits (Banque de France)."""
    letters = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
    bank, branch, account, key = compact[:5], compact[5:10], compact[10:21].translate(letters), compact[21:23]
    if not (bank + branch + account + key).isdigit() or len(key) != 2:
        return False
    return int(key) == 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(account)) % 97


def scan(text: str) -> list[Found]:
    """Everything private in the text, in order of place."""
    plain, found = _plain(text), []
    for kind, pattern in PATTERNS.items():
        start = 0
        while match := pattern.search(plain, start):
            length = _is_real(kind, match.group())
            if length:
                end = match.start() + length
                found.append(Found(kind, match.start(), end))
                plain = plain[: match.start()] + "\x00" * length + plain[end:]
                start = end
            else:
                start = match.start() + 1
    return sorted(found, key=lambda item: item.start)


def mask(text: str, kinds: tuple[str, ...] = (*SECRET_KINDS, "email", "phone")) -> str:
    """The text with each private thing as dots, so that it can be sent."""
    for item in reversed(scan(text)):
        if item.kind in kinds:
            text = text[: item.start] + "••••" + text[item.end :]
    return text


def refuse_private(**texts: str) -> None:
    """Raise PrivateData if any text (by field name) holds a card number, an IBAN, a RIB or a national number."""
    readable = {name: _as_read(text or "") for name, text in texts.items()}
    for field, text in readable.items():
        secret = _first_secret(text)
        if secret:
            raise PrivateData(secret.kind, field, {name: mask(value, SECRET_KINDS) for name, value in readable.items()})


def _as_read(text: str) -> str:
    """The text; where a number is written with entities, which Markdown shows as what they stand for, that."""
    plain = html.unescape(text) if "&" in text else text
    return plain if plain != text and _first_secret(plain) and not _first_secret(text) else text


def _first_secret(text: str) -> Found | None:
    return next((item for item in scan(text) if item.kind in SECRET_KINDS), None)


def for_public(text: str) -> str:
    """Text as it may be published: e-mails and phone numbers masked. Call `refuse_private` first."""
    return mask(text, ("email", "phone"))
