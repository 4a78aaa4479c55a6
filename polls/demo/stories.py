"""The first six polls of the demo, one choice or several: the welcome offer decided, another decided, one that waits, two open, one
to come."""

from members.states import Kind, Segment

from ..states import Method, ResultsPolicy, State

# What each group leans to: weights by option for customers and prospects; then what age or profile adds.
POLLS = [
    {
        "key": "welcome", "state": State.DECIDED, "opened": 96, "closed": 68, "decided": 61, "turnout": 0.86,
        "title": "Vous ouvrez un compte. Quel cadeau vous ferait vraiment plaisir ?",
        "intro": "En 2027, nous ne ferons qu’une seule offre de bienvenue. Nous avons trois pistes, au même coût pour la "
        "banque. C’est vous qui tranchez, clients ou pas encore.",
        "options": [
            ("80 € en espèces", "Versés sur votre compte dès la première opération.", "cash"),
            ("Un an de frais à l’étranger offerts", "Paiements, retraits et change hors zone euro, sans commission.", "travel"),
            ("Un livret boosté à 4 % pendant six mois", "Jusqu’à 20 000 € d’épargne, puis le taux normal.", "grow"),
        ],
        "lean": {Kind.CUSTOMER: (17, 34, 49), Kind.PROSPECT: (14, 72, 14)},
        "policy": ResultsPolicy.AFTER_CLOSE, "retained": 1, "reminded": 20,
        "decision": "**Nous lançons « Un an de frais à l’étranger offerts » le 1er mars 2027.**\n\n"
        "Nous pensions que les 80 € gagneraient. Les futurs clients ont nettement préféré le voyage, et c’est à eux que "
        "s’adresse une offre de bienvenue. Vous qui êtes déjà clients, vous penchiez pour le livret : nous vous avons "
        "entendus aussi, et un livret à taux relevé vous sera proposé à la rentrée.\n\n"
        "Les 80 € en espèces ne sont pas retenus.",
    },
    {
        "key": "branch", "state": State.DECIDED, "opened": 180, "closed": 159, "decided": 150, "turnout": 0.61,
        "title": "Quand aimeriez-vous trouver votre agence ouverte ?",
        "intro": "Vos agences ferment à 17 h 30. Nous pouvons déplacer des heures, pas en ajouter. Choisissez-en deux au plus.",
        "options": [
            ("Le samedi matin", "De 9 h à 12 h 30, avec fermeture le lundi matin.", ""),
            ("Un soir par semaine, jusqu’à 19 h 30", "Le jeudi, sur rendez-vous ou sans.", ""),
            ("Entre midi et deux", "Sans fermeture de 12 h 30 à 14 h.", ""),
            ("Tôt le matin, dès 8 h", "Trois jours par semaine.", ""),
        ],
        "method": Method.MULTIPLE, "max_choices": 2, "kinds": [Kind.CUSTOMER],
        "lean": {Kind.CUSTOMER: (41, 33, 18, 8)}, "policy": ResultsPolicy.AFTER_VOTE, "retained": 0,
        "decision": "**Vos agences ouvriront le samedi matin, de 9 h à 12 h 30, à partir d’avril.**\n\n"
        "Le samedi arrive en tête, et de loin. Vingt-deux agences commencent, celles où deux conseillers au moins peuvent se "
        "relayer ; leur liste sera publiée en mars. L’ouverture du jeudi soir est gardée pour le second semestre.",
    },
    {
        "key": "notices", "state": State.CLOSED, "opened": 24, "closed": 3, "turnout": 0.55,
        "title": "Comment préférez-vous être prévenu d’une opération inhabituelle ?",
        "intro": "Quand un paiement ne vous ressemble pas, nous vous demandons si c’est bien vous. Par quel chemin ?",
        "options": [
            ("Une notification de l’appli", "Un geste suffit pour confirmer ou refuser.", "phone"),
            ("Un SMS", "Vous répondez OUI ou NON.", ""),
            ("Un appel d’un conseiller", "Entre 8 h et 20 h, d’un numéro que vous pouvez enregistrer.", ""),
        ],
        "lean": {Kind.CUSTOMER: (58, 31, 11), Kind.PROSPECT: (63, 32, 5)}, "older": (0.5, 1.0, 3.2),
        "policy": ResultsPolicy.AFTER_VOTE, "reminded": 14,
    },
    {
        "key": "rounding", "state": State.OPEN, "opened": 8, "closes": 6, "turnout": 0.5,
        "title": "Arrondir ses achats pour épargner : où doivent aller les centimes ?",
        "intro": "L’épargne automatique arrive dans l’appli. À chaque achat, l’arrondi part où vous voulez. Que proposer d’abord ?",
        "options": [
            ("Sur mon Livret A", "Disponible à tout moment.", "grow"),
            ("Dans une cagnotte à partager", "À deux, en famille ou entre amis.", "jar"),
            ("À une association de mon choix", "Avec un reçu fiscal chaque année.", "d-round"),
        ],
        "lean": {Kind.CUSTOMER: (52, 27, 21), Kind.PROSPECT: (38, 44, 18)}, "policy": ResultsPolicy.AFTER_VOTE,
        "spare": ["cliente", "prospect"],
    },
    {
        "key": "student", "state": State.OPEN, "opened": 5, "closes": 16, "turnout": 0.46,
        "title": "Votre compte d’étudiant : qu’est-ce qui vous manque le plus ?",
        "intro": "Entre la bourse, les stages et le loyer, un compte devrait aider. Dites-nous par quoi commencer.",
        "options": [
            ("Un découvert sans frais jusqu’à 200 €", "Remboursé à la prochaine rentrée d’argent.", ""),
            ("Une carte qui marche à l’étranger", "Sans frais pendant un semestre d’échange.", "d-card"),
            ("Un tableau de mes abonnements", "Pour les voir tous, et les arrêter.", ""),
            ("Une garantie pour mon logement", "La banque se porte caution.", ""),
            ("Quelqu’un à qui écrire", "Une conseillère qui répond dans la journée.", ""),
        ],
        "method": Method.MULTIPLE, "max_choices": 3, "segments": [Segment.STUDENT],
        "lean": {Kind.CUSTOMER: (34, 18, 14, 26, 8), Kind.PROSPECT: (30, 24, 18, 22, 6)},
        "policy": ResultsPolicy.AFTER_CLOSE, "spare": ["prospect"],
    },
    {
        "key": "card", "state": State.SCHEDULED, "opens": 3, "closes": 24, "turnout": 0,
        "title": "La prochaine carte du Phare : de quelle matière ?",
        "intro": "Les cartes arrivent en fin de vie par milliers chaque année. Trois matières tiennent aussi longtemps.",
        "options": [
            ("Plastique recyclé", "Récupéré sur les côtes, même toucher qu’aujourd’hui.", "d-card"),
            ("Bois de hêtre", "Forêts gérées, compostable sans la puce.", ""),
            ("Pas de carte du tout", "Le téléphone suffit ; une carte sur demande.", "phone"),
        ],
        "lean": {}, "policy": ResultsPolicy.AFTER_VOTE,
    },
]  # fmt: skip
