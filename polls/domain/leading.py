"""Words that lean one way, found by a small set of rules in French and English. They give hints, never a refusal.

The rules follow what survey methodology warns of: loaded words, agreement that is asked for, two questions in one, absolutes,
answers that leave no way to say no, options of unequal weight (J. A. Krosnick & S. Presser, "Question and Questionnaire Design",
in *Handbook of Survey Research*, 2nd ed., Emerald 2010, 263–313). Both languages are always read: a poll may be in either. They
know no grammar, so they miss some and are wrong on others; the product owner decides.
"""

import re
from collections.abc import Iterator, Sequence

LOADED = [
    "formidable",
    "excellent",
    "génial",
    "fantastique",
    "merveilleux",
    "merveilleuse",
    "révolutionnaire",
    "innovant",
    "exceptionnel",
    "exceptionnelle",
    "incroyable",
    "avantageux",
    "avantageuse",
    "attractif",
    "attractive",
    "généreux",
    "généreuse",
    "idéal",
    "parfait",
    "remarquable",
    "enfin",
    "évidemment",
    "clairement",
    "naturellement",
    "malheureusement",
    "hélas",
    "terrible",
    "scandaleux",
    "scandaleuse",
    "catastrophique",
    "inutile",
    "absurde",
    "dépassé",
    "great",
    "amazing",
    "fantastic",
    "wonderful",
    "revolutionary",
    "innovative",
    "exceptional",
    "incredible",
    "attractive",
    "generous",
    "ideal",
    "perfect",
    "remarkable",
    "obviously",
    "clearly",
    "naturally",
    "unfortunately",
    "awful",
    "useless",
    "absurd",
    "outdated",
]
LOADED_PHRASES = ("bien sûr", "sans aucun doute", "of course", "no doubt")
ABSOLUTES = [
    "toujours",
    "jamais",
    "aucun",
    "absolument",
    "systématiquement",
    "entièrement",
    "always",
    "never",
    "nobody",
    "everybody",
    "everyone",
    "none",
    "absolutely",
    "entirely",
]
ABSOLUTE_PHRASES = ("tout le monde", "à chaque fois", "all the time", "every time")
NOT_VERBS = [
    "premier",
    "dernier",
    "papier",
    "loyer",
    "métier",
    "courrier",
    "quartier",
    "dossier",
    "financier",
    "immobilier",
    "étranger",
    "particulier",
    "cher",
    "hier",
    "léger",
    "entier",
    "régulier",
    "avenir",
    "plaisir",
    "loisir",
    "espoir",
    "soir",
    "pouvoir",
]

ASKING = r"(?:qu[e']|pourquoi|comment|o[uù]|quand|combien|lesquel\w*|laquelle|lequel|quel\w*|what|why|how|which|when)\b"
OPINIONS = (
    "trouvez|pensez|croyez|estimez|aimeriez|souhaitez|souhaiteriez|voulez|voudriez|préférez|préféreriez|êtes|seriez"
)
AGREEMENT = re.compile(
    rf"\b(?:ne\s+|n')(?:{OPINIONS})-vous\s+pas\b|\bn'est-ce\s+pas\b|\bvous\s+conviendrez\b|\bd'accord\s+pour\s+dire\b"
    r"|\b(?:don't|wouldn't|aren't|shouldn't|won't)\s+(?:you|we)\b|\bisn't\s+it\b|\bsurely\b|\byou\s+(?:must|will)\s+agree\b"
)
INFINITIVE = r"[^\W\d]{2,}(?:er|ir|oir|dre)"
TWO_VERBS = re.compile(
    rf"\b\w+-(?:vous|t-il|t-elle|on|il|elle)\b.*\b(et|ou)\b.*\w-(?:vous|t-il|t-elle|on|il|elle)\b"
    rf"|\b(?P<one>{INFINITIVE})\s+(?:[\w']+\s+){{0,5}}(et|ou)\s+(?:(?:le|la|les|vous|y|en|de|à)\s+|[ld]')?(?P<two>{INFINITIVE})\b"
    r"|\b(?:do|does|did|are|is|would|should|can|will|have)\s+(?:you|we|it|they)\b.*\b(and|or)\s+"
    r"(?:do|does|did|are|is|would|should|can|will|have|how|why|what|when)\b"
    r"|\b(?:do|did|would)\s+you\s+[a-z]+\s+(and|or)\s+[a-z]+\s+(?:the|a|an|our|your|it|this)\b"
)
CHOOSING = re.compile(r"\b(?:préf|choisi|prefer|rather|choose)")
YES, NO = re.compile(r"(?:oui|yes)\b"), re.compile(r"(?:non|no|not|pas|aucun\w*|none|jamais|never)\b")
LONGER, MARGIN = 3, 40  # an option is too long beside another: so many times, and so many characters


def plain(text: str) -> str:
    """Small letters, straight apostrophes, single spaces: what the rules read."""
    return " ".join(text.casefold().replace("’", "'").split())


def _names(words: Sequence[str]) -> re.Pattern:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})(?:e|s|es)?\b")


_LOADED, _ABSOLUTES = _names([*LOADED, *LOADED_PHRASES]), _names([*ABSOLUTES, *ABSOLUTE_PHRASES])


def leanings_of(text: str) -> Iterator[tuple[str, str]]:
    """What leans in the words of a question, as (code, the words it was seen by)."""
    said = plain(text)
    if found := _LOADED.search(said):
        yield "loaded", found[0]
    if found := AGREEMENT.search(said):
        clause = re.split(r"[.?!,;:]", said[: found.start()])[-1]
        if not re.match(ASKING, clause.strip()):
            yield "agreement", found[0]
    if joined := _joint(said):
        yield "two_in_one", joined
    if found := _ABSOLUTES.search(said):
        yield "absolute", found[0]


def _joint(said: str) -> str:
    """The “and” or “or” that joins two verbs of one sentence; a choice between two (“do you prefer … or …”) is one question."""
    for sentence in re.split(r"[.?!]", said):
        found = TWO_VERBS.search(sentence)
        if not found or found["one"] in NOT_VERBS or found["two"] in NOT_VERBS:
            continue
        joint = next(word for word in found.groups() if word in ("et", "ou", "and", "or"))
        if joint in ("et", "and") or not CHOOSING.search(sentence):
            return joint
    return ""


def imbalances_of(options: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What leans in the options, each as (text, description), of a choice or a ranking: (code, the option it was seen by)."""
    texts = [plain(text) for text, _description in options]
    if sum(bool(YES.match(text)) for text in texts) and not any(NO.match(text) for text in texts):
        yield "no_way_to_say_no", options[0][0]
    if len(options) < 2:
        return
    praised = [text for (text, _description), said in zip(options, texts, strict=True) if _LOADED.search(said)]
    if 0 < len(praised) < len(options):
        yield "praised", praised[0]
    sizes = sorted((len(text) + len(description), text) for text, description in options)
    (shortest, _text), (longest, longest_text) = sizes[0], sizes[-1]
    if longest > LONGER * shortest and longest - shortest > MARGIN:
        yield "longer", longest_text
    described = [text for text, description in options if description.strip()]
    if 0 < len(described) < len(options):
        yield "described", next(text for text, description in options if not description.strip())
