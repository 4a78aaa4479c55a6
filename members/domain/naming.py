"""Choosing the name others see: readable, free, and never one that passes for the bank.

Names are compared by skeleton (after Unicode TR39): folded, without accents, spaces or signs, look-alike letters of other
scripts and digits read as the Latin letter they imitate. « Cоnsei11er » and « conseiller » have one skeleton.
"""

import re
import unicodedata

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from core.errors import Invalid
from core.shield import refuse_private, scan

from ..models import Member

SHORTEST, LONGEST = 2, 30
TAKEN = _("This name is taken. Try another.")
_PAIRS = (
    ("aаɑα@4", "a"), ("bвьЬб8", "b"), ("cсϲ", "c"), ("dԁ", "d"), ("eеєҽε€3", "e"), ("gɡց6", "g"), ("hһнհ", "h"),
    ("iіıιӏɩ1!|lⅼ", "i"), ("jјϳ", "j"), ("kкκ", "k"), ("mмⅿ", "m"), ("nոηпп", "n"), ("oоοօσө0", "o"), ("pрρ", "p"),
    ("qԛ", "q"), ("rгр", "r"), ("sѕ$5ꜱ", "s"), ("tтτ7", "t"), ("uυսц", "u"), ("vѵν", "v"), ("wԝω", "w"),
    ("xхχ", "x"), ("yуγў", "y"), ("zᴢ2", "z"),
)  # fmt: skip
LOOKALIKES = {ord(char): latin for imitations, latin in reversed(_PAIRS) for char in imitations}

# Anywhere in a name.
RESERVED_PARTS = (
    "conseiller", "conseillere", "moderat", "administrat", "officiel", "official", "mediateur", "mediatrice",
    "serviceclient", "customerservice", "customerlab", "banquier", "bankadvisor", "bankadviser",
)  # fmt: skip
# A whole word of it.
RESERVED_WORDS = (
    "admin", "mod", "modo", "staff", "support", "banque", "bank", "direction", "directeur", "directrice", "comite",
    "system", "systeme", "root", "securite", "security", "lab", "equipe", "dpo", "webmaster", "anonyme",
)  # fmt: skip


def skeleton(text: str) -> str:
    """What the eye takes the text for, as Latin letters alone."""
    folded = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in folded if not unicodedata.combining(char)).translate(LOOKALIKES)
    return "".join(char for char in unicodedata.normalize("NFKD", plain) if char.isalnum())


def _reserved() -> tuple[set[str], set[str]]:
    bank = [settings.LAB["BANK_NAME"], settings.SITE_NAME]
    parts = {skeleton(part) for part in (*RESERVED_PARTS, *bank, *settings.LAB["RESERVED_NAMES"])}
    return parts, {skeleton(word) for word in RESERVED_WORDS}


def passes_for_the_bank(nickname: str) -> bool:
    """Whether the name imitates a role, the bank, or one of its employees."""
    parts, words = _reserved()
    whole = skeleton(nickname)
    if any(part in whole for part in parts) or whole in words:
        return True
    if any(
        skeleton(part) in words for word in re.split(r"[\W_]+", nickname) for part in (word, word.rstrip("0123456789"))
    ):
        return True
    return whole in {skeleton(name) for name in Member.objects.staff().values_list("nickname", flat=True)}


def tidy(nickname: str) -> str:
    """One form of the name: composed, no invisible character, single spaces."""
    text = unicodedata.normalize("NFKC", nickname or "")
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs"))
    return " ".join(text.split())


def choose_nickname(nickname: str, *, member: Member | None = None) -> str:
    """The name as it will be stored. Raises Invalid or PrivateData at `nickname`; `member` keeps their own."""
    name = tidy(nickname)
    _refuse(not SHORTEST <= len(name) <= LONGEST, "nickname_length", _("Choose a name of 2 to 30 characters."))
    refuse_private(nickname=name)
    _refuse(bool(scan(name)) or "@" in name or "://" in name, "nickname_contact",
            _("A name others see holds no e-mail, phone number or address of a site. Choose another."))  # fmt: skip
    _refuse(not any(char.isalpha() for char in name), "nickname_letters", _("A name needs at least one letter."))
    if member and member.nickname == name:
        return name
    is_staff = bool(member and member.is_staff)
    _refuse(not is_staff and passes_for_the_bank(name), "nickname_reserved",
            _("This name could pass for the bank or its staff. Choose another."))  # fmt: skip
    others = Member.objects.exclude(pk=member.pk) if member and member.pk else Member.objects.all()
    taken = others.filter(nickname__iexact=name).exists()
    _refuse(taken, "nickname_taken", TAKEN)
    return name


def save_named(member: Member, **options) -> None:
    """Save; if someone took the name between the check and now, say so as the check would have."""
    try:
        with transaction.atomic():
            member.save(**options)
    except IntegrityError as error:
        others = Member.objects.exclude(pk=member.pk) if member.pk else Member.objects.all()
        if not others.filter(nickname__iexact=member.nickname).exists():
            raise
        raise Invalid(TAKEN, code="nickname_taken", field="nickname") from error


def _refuse(wrong: bool, code: str, message) -> None:
    if wrong:
        raise Invalid(message, code=code, field="nickname")
