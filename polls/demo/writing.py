"""What voters of the demo wrote on their ballots: under “other”, and as a comment."""

from collections.abc import Sequence
from random import Random

from ..models import Ballot, Option

OTHER_WAYS = (
    "Avec ma montre.",
    "En espèces, chez mes commerçants.",
    "Mon téléphone est trop vieux pour cela.",
    "C’est ma fille qui paie pour moi, avec sa carte.",
    "Seulement dans le bus.",
    "Par chèque, encore.",
)
ON_PAYING_BY_PHONE = (
    "Je l’ai essayé à la boulangerie : deux secondes, et personne derrière moi n’a soupiré.",
    "Que se passe-t-il si on me vole mon téléphone ? C’est la seule chose qui me retient.",
    "J’aimerais que quelqu’un me montre, en agence, une fois.",
    "Pratique, mais je ne vois plus ce que je dépense. Un message après chaque achat m’aiderait.",
    "Le plafond est trop bas pour faire le plein.",
    "Ma banque précédente ne le proposait pas sur mon modèle. Merci de penser à tous les téléphones.",
    "Quand la batterie est vide, je n’ai plus rien pour payer. Je garde donc ma carte.",
    "Au marché, la moitié des terminaux ne le prennent pas.",
    "Je voudrais pouvoir choisir la carte au moment de payer, sans passer par les réglages.",
    "Mes yeux ne lisent plus le petit écran : une confirmation à voix haute serait bienvenue.",
    "Pour mes enfants, un montant par semaine, et c’est tout.",
    "Très bien depuis un an. Rien à redire.",
    "Je ne comprends pas pourquoi il faut encore taper un code au-dessus de 50 €.",
)


def put_words(told: dict, questions: Sequence[Sequence[Option]], ballots: Sequence[Ballot]) -> None:
    """`others` of a question for all who chose its last option, so that some say the same; each of its `letters` once, for some of
    those counted. Drawn apart, so that the rest of the demo is what it was."""
    pen = Random(told["title"])  # noqa: S311 - the same demo each time, not a secret
    for asked, options in zip(told["questions"], questions, strict=True):
        key, last = options[0].question.public_id, options[-1].public_id
        for ballot in ballots:
            if "others" in asked and last in ballot.choices.get(key, ()):
                ballot.words.setdefault(key, {})["other"] = pen.choice(asked["others"])
        letters = asked.get("letters", ())
        answered = [ballot for ballot in ballots if key in ballot.choices and not ballot.apart]
        for ballot, letter in zip(pen.sample(answered, min(len(letters), len(answered))), letters, strict=False):
            ballot.words.setdefault(key, {})["comment"] = letter
