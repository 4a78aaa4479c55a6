"""The language of a text: French or English, told by its commonest words. For `lang=` on pages of the other language."""

import re
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

LANGUAGES = ("fr", "en")
CHOICES = (("fr", _("French")), ("en", _("English")))
DEFAULT = "fr"
ENOUGH = 2  # fewer marks of a language than that tell nothing
FRENCH = (
    "le la les l un une des du de d et est sont dans sur pour par avec sans que qui qu quand mais ou où je j nous vous on il "
    "elle ils elles mon ma mes votre vos notre nos ce cette ces cet ne n pas plus très bien merci être avoir ai avons serait "
    "chaque aussi tout tous toute depuis avant après chez fait faire peut idée banque carte compte"
)
ENGLISH = (
    "the a an of and is are was were in on for by with without that which who when but or where i we you he she they it my "
    "our your their this these those not no very well thanks thank be been have has had would could should each also all "
    "every from before after at do does can to if idea bank card account"
)
WORDS = {"fr": frozenset(FRENCH.split()), "en": frozenset(ENGLISH.split())}
MARKS = re.compile(r"[àâæçéèêëîïôœùûüÿ]", re.I)


@lru_cache(maxsize=512)
def language_of(text: str, default: str = DEFAULT) -> str:
    """ "fr" or "en"; `default` where the text is too short or says as much of both."""
    words = re.findall(r"[^\W\d_]+", text[:1_500].lower().replace("’", " ").replace("'", " "))
    scores = {language: sum(word in common for word in words) for language, common in WORDS.items()}
    scores["fr"] += sum(bool(MARKS.search(word)) for word in words)
    best, other = sorted(LANGUAGES, key=lambda language: -scores[language])
    return best if scores[best] >= ENOUGH and scores[best] > scores[other] else default
