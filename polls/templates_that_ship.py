"""Templates that ship with the lab: what banks ask again and again, in French and English. Data alone; the studio reads it.

They are no rows of the database, so no list, count, search or API can meet them. A poll written from one is a draft.
"""

from dataclasses import dataclass
from typing import Any

from .states import Method, ResultsPolicy


@dataclass(frozen=True)
class Shipped:
    """A template in one language. `poll` is what `write_poll` takes."""

    key: str
    about: str
    poll: dict[str, Any]

    @property
    def title(self) -> str:
        return self.poll["title"]


def _two(french: str, english: str) -> dict[str, str]:
    return {"fr": french, "en": english}


def _option(french: str, english: str, *, about: tuple[str, str] = ("", ""), **more: Any) -> dict[str, Any]:
    return {"text": _two(french, english), "description": _two(*about)} | more


WELCOME = {
    "about": _two("Espèces, frais remboursés ou un an sans courtage", "Cash, refunded fees or a year of free trades"),
    "title": _two(
        "Vous ouvrez un compte-titres. Quelle offre de bienvenue choisiriez-vous ?",
        "You open a share account. Which welcome offer would you choose?",
    ),
    "intro": _two(
        "Nous préparons une offre de bienvenue, et une seule. Les trois pistes coûtent autant à la banque. Votre réponse nous aide "
        "à décider ; nous publierons la décision ici.",
        "We are preparing a welcome offer, and one only. The three ideas cost the bank the same. Your answer helps us decide; we "
        "will publish the decision here.",
    ),
    "results_policy": ResultsPolicy.AFTER_CLOSE,
    "questions": [{
        "method": Method.SINGLE, "comments": True,
        "options": [
            _option("100 € en espèces", "€100 in cash", drawing="cash",
                    about=("Versés sur votre compte après le premier ordre.", "Paid into your account after the first trade.")),
            _option("Vos frais de transfert remboursés", "Your transfer fees refunded", drawing="d-card",
                    about=("Ceux que prend votre ancienne banque.", "Those your former bank charges.")),
            _option("Un an d’ordres sans courtage", "A year of free trades", drawing="grow",
                    about=("Jusqu’à 100 ordres, sur Euronext.", "Up to 100 trades, on Euronext.")),
        ],
    }],
}  # fmt: skip

BETA = {
    "about": _two("Des notes, puis ce qui manque", "Scores, then what is missing"),
    "title": _two("Vous avez essayé la nouveauté : qu’en pensez-vous ?", "You tried the new feature: what do you think of it?"),
    "intro": _two(
        "Vos notes disent ce que nous corrigeons avant de l’ouvrir à tous.",
        "Your scores say what we fix before everyone gets it.",
    ),
    "results_policy": ResultsPolicy.AFTER_VOTE,
    "questions": [
        {
            "text": _two("Quelle note donnez-vous à chaque point ?", "Which score do you give each point?"),
            "method": Method.SCORE, "blanks": True,
            "options": [
                _option("Facile à trouver", "Easy to find"), _option("Facile à comprendre", "Easy to understand"),
                _option("Rapide", "Fast"), _option("Sans panne", "Without a fault"),
            ],
        },
        {
            "text": _two("Continueriez-vous à l’utiliser ?", "Would you go on using it?"),
            "method": Method.SINGLE, "shuffled": False,
            "options": [
                _option("Oui", "Yes"), _option("Non", "No", key="no"),
                _option("Je ne sais pas encore", "I don’t know yet", key="unsure"),
            ],
        },
        {
            "text": _two("Qu’est-ce qui vous manque ?", "What is missing for you?"),
            "method": Method.MULTIPLE, "max_choices": 2, "only_if": ["no", "unsure"], "required": False, "comments": True,
            "options": [
                _option("Une explication", "An explanation"), _option("Un réglage", "A setting"),
                _option("La confiance", "Trust"), _option("L’utilité pour moi", "A use for me"),
                _option("Autre chose", "Something else", is_other=True),
            ],
        },
    ],
}  # fmt: skip

CAMPAIGN = {
    "about": _two("Une consultation sur un visuel, avec commentaires", "A consultation on a visual, with comments"),
    "title": _two("Notre prochaine campagne : que vous dit-elle ?", "Our next campaign: what does it tell you?"),
    "intro": _two(
        "Regardez le visuel comme si vous le croisiez dans la rue, puis répondez. Rien n’est encore imprimé.",
        "Look at the visual as if you passed it in the street, then answer. Nothing is printed yet.",
    ),
    "consultation": True, "results_policy": ResultsPolicy.AFTER_VOTE,
    "questions": [
        {
            "text": _two("Que pensez-vous de ce visuel ?", "What do you think of this visual?"),
            "method": Method.SCORE, "shuffled": False, "comments": True,
            "options": [
                _option("Je le comprends", "I understand it"), _option("Je le crois", "I believe it"),
                _option("Il parle de moi", "It speaks of me"),
            ],
        },
        {
            "text": _two("Après l’avoir vu, que feriez-vous ?", "Having seen it, what would you do?"),
            "method": Method.SINGLE, "shuffled": False,
            "options": [
                _option("J’irais voir l’offre", "I would go and see the offer"),
                _option("J’en parlerais autour de moi", "I would tell others"),
                _option("Rien de particulier", "Nothing in particular"), _option("Je serais gêné", "I would be ill at ease"),
            ],
        },
    ],
}  # fmt: skip

FEATURES = {
    "about": _two("Un classement, pour savoir par quoi commencer", "A ranking, to know where to begin"),
    "title": _two("Par quoi devons-nous commencer dans l’application ?", "Where should we begin in the app?"),
    "intro": _two(
        "Nous ferons ces chantiers l’un après l’autre. Classez-les, du plus utile pour vous au moins utile.",
        "We will do these one after the other. Rank them, from the most useful to you to the least.",
    ),
    "results_policy": ResultsPolicy.AFTER_VOTE,
    "questions": [{
        "method": Method.RANKING, "blanks": True,
        "options": [
            _option("Un virement en deux gestes", "A transfer in two gestures"),
            _option("Mes dépenses par catégorie", "My spending by category"),
            _option("Bloquer ma carte un moment", "Pausing my card for a while"),
            _option("Prendre rendez-vous en ligne", "Booking an appointment online"),
            _option("Une alerte avant le découvert", "A warning before an overdraft"),
        ],
    }],
}  # fmt: skip

BUDGET = {
    "about": _two("100 points à répartir entre des dépenses", "100 points to share between expenses"),
    "title": _two("Comment répartiriez-vous notre budget de l’année ?", "How would you share out our budget of the year?"),
    "intro": _two(
        "Vous avez 100 points, comme si c’était notre argent. Donnez-en davantage à ce qui compte pour vous.",
        "You have 100 points, as if they were our money. Give more to what matters to you.",
    ),
    "results_policy": ResultsPolicy.AFTER_CLOSE,
    "questions": [{
        "method": Method.POINTS,
        "options": [
            _option("L’accueil en agence", "Welcome in branches"), _option("L’application mobile", "The mobile app"),
            _option("La sécurité des paiements", "The safety of payments"),
            _option("L’aide aux associations locales", "Help to local associations"),
        ],
    }],
}  # fmt: skip

SHIPPED = {"welcome": WELCOME, "beta": BETA, "campaign": CAMPAIGN, "features": FEATURES, "budget": BUDGET}


def shipped_in(language: str) -> dict[str, Shipped]:
    """The templates by key, in a language; in French where there is no other."""
    code = "en" if language.startswith("en") else "fr"
    found = {key: _spoken(template, code) for key, template in SHIPPED.items()}
    return {key: Shipped(key, told.pop("about"), told) for key, told in found.items()}


def _spoken(told: Any, code: str) -> Any:
    """The same data with each text in one language."""
    if isinstance(told, dict):
        return told[code] if set(told) == {"fr", "en"} else {name: _spoken(value, code) for name, value in told.items()}
    return [_spoken(one, code) for one in told] if isinstance(told, list) else told
