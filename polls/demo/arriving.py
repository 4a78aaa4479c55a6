"""A decided poll of several questions, of scores and of points: what would help to change banks, and what to mend first.

Customers remember who helped them, prospects look at what it costs: their means differ, and the decision says how both were heard.
"""

from typing import Any

from members.states import Kind

from ..states import Method, ResultsPolicy, State
from . import leaning

ARRIVING: dict[str, Any] = {
    "title": "Changer de banque sans y laisser son été : qu’est-ce qui vous aiderait ?", "state": State.DECIDED,
    "opened": 88, "closed": 64, "decided": 54, "turnout": 0.57, "staff": 2, "policy": ResultsPolicy.AFTER_VOTE,
    "intro": "Un salaire, un loyer, une quinzaine de prélèvements à déplacer : nous refaisons l’arrivée au Phare. Vous êtes passé "
    "par là, ou vous y pensez ? Deux questions, trois minutes.",
    "questions": [
        {"text": "Notez chacune de ces aides", "method": Method.SCORE, "blanks": True, "options": [
            ("Une seule personne du début à la fin", "Elle a un nom, un numéro direct, et connaît votre dossier."),
            ("La liste de vos prélèvements, prête à vérifier", "Nous la demandons à votre ancienne banque, vous la relisez."),
            ("Deux mois sans frais, le temps de basculer", "Les deux comptes vivent côte à côte, sans que cela vous coûte."),
            ("Un guide pas à pas dans l’appli", "Une étape par écran, et ce qu’il reste à faire."),
         ],
         "lean": leaning.by_kind({
             Kind.CUSTOMER: leaning.scores(4.5, 3.8, 2.7, 3.0), Kind.PROSPECT: leaning.scores(3.8, 3.7, 4.4, 2.9),
         })},
        {"text": "Que devons-nous améliorer d’abord dans l’arrivée ?", "method": Method.POINTS, "options": [
            ("Les délais", "Vingt-deux jours en moyenne aujourd’hui."),
            ("Le prix des premiers mois", "Cotisation, carte, virements."),
            ("Les explications", "Ce que vous signez, et quand."),
            ("Le contact humain", "Quelqu’un qui rappelle."),
         ],
         "lean": leaning.by_kind({
             Kind.CUSTOMER: leaning.points(24, 14, 24, 38), Kind.PROSPECT: leaning.points(29, 41, 16, 14),
         })},
    ],
    "retained": (0, 0),
    "decision": "**Chaque nouveau client du Phare sera suivi par une seule personne, de la première signature au dernier "
    "prélèvement, à partir du 1er février 2027.**\n\n"
    "Cette aide obtient les meilleures notes, et gagne la finale face à la suivante. Vous qui êtes déjà clients, vous l’avez "
    "placée très au-dessus du reste : vous savez ce qu’il en coûte d’expliquer trois fois la même chose.\n\n"
    "Les futurs clients ont mieux noté les deux mois sans frais, et mis leurs points sur le prix. Nous les avons entendus : le "
    "premier mois sera offert dès février, et nous dirons en juin si nous pouvons offrir le second. Le guide dans l’appli attendra.",
}  # fmt: skip
