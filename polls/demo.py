"""Six polls of the demo: the welcome offer decided, another decided, one that waits for its decision, two open, one to come.

Ballots go in through the models in bulk, then the tallies are made from them, as `recount_polls` would.
"""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.text import slugify

from core.public_ids import ALPHABET, LENGTH
from members.states import AgeBand, Kind, Segment

from .domain.opening import audience_of
from .domain.tallying import recount
from .models import RECEIPT_ALPHABET, Ballot, Option, Participation, Poll, Question, pack, voter_key
from .states import Method, ResultsPolicy, State

BATCH = 2000

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
        "lean": {Kind.CUSTOMER: (20, 34, 46), Kind.PROSPECT: (25, 60, 15)},
        "policy": ResultsPolicy.AFTER_CLOSE,
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
        "lean": {Kind.CUSTOMER: (41, 33, 18, 8)}, "policy": ResultsPolicy.AFTER_VOTE,
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
        "policy": ResultsPolicy.AFTER_VOTE,
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


def load(demo) -> None:
    """Write the polls and let most members answer. Reads `demo.members` and `demo.accounts`."""
    for told in POLLS:
        poll, options = _write(demo, told)
        if told["turnout"]:
            _answer(demo, told, poll, options)
        recount(poll)
    demo.say(f"{len(POLLS)} polls, {Ballot.objects.count()} ballots")


def _id(demo) -> str:
    return "".join(demo.random.choice(ALPHABET) for _ in range(LENGTH))


def _at_hour(moment: datetime, hour: int) -> datetime:
    return timezone.localtime(moment).replace(hour=hour, minute=0, second=0, microsecond=0)


def _write(demo, told: dict) -> tuple[Poll, list[Option]]:
    owner = demo.accounts.get("produit")
    opens_at = demo.ago(days=told["opened"]) if "opened" in told else demo.now + timedelta(days=told["opens"])
    opens_at = _at_hour(opens_at, 9)
    closes_at = demo.ago(days=told["closed"]) if "closed" in told else demo.now + timedelta(days=told["closes"])
    closes_at = _at_hour(closes_at, 18)
    poll = Poll(
        public_id=_id(demo), slug=slugify(told["title"])[:80].strip("-"), title=told["title"], intro=told["intro"],
        state=told["state"], opens_at=opens_at, closes_at=closes_at, results_policy=told["policy"], owner=owner,
        audience_kinds=pack(told.get("kinds", [])), audience_segments=pack(told.get("segments", [])),
        created_at=opens_at - timedelta(days=4),
    )  # fmt: skip
    if "decision" in told:
        poll.decision, poll.decided_by, poll.decided_at = (
            told["decision"],
            owner,
            _at_hour(demo.ago(days=told["decided"]), 10),
        )
    poll.audience_size = audience_of(poll).count()
    poll.save()
    question = Question.objects.create(
        public_id=_id(demo), poll=poll, method=told.get("method", Method.SINGLE), max_choices=told.get("max_choices")
    )
    options = [
        Option(
            public_id=_id(demo), question=question, position=place, text=text, description=description, drawing=drawing
        )
        for place, (text, description, drawing) in enumerate(told["options"])
    ]
    return poll, Option.objects.bulk_create(options)


def _answer(demo, told: dict, poll: Poll, options: list[Option]) -> None:
    """Members of the audience answer at their own hour; `spare` accounts are left to answer in person."""
    spared = {demo.accounts[name].pk for name in told.get("spare", []) if name in demo.accounts}
    people = [*demo.accounts.values(), *demo.members]
    until = min(poll.closes_at, demo.now)
    voters = [
        member
        for member in people
        if not member.is_staff
        and member.pk not in spared
        and (not poll.kinds or member.kind in poll.kinds)
        and (not poll.segments or member.segment in poll.segments)
        and demo.random.random() < told["turnout"]
    ]
    # The customer of the demo's story has voted on the offer and reads its decision.
    if told["key"] == "welcome" and "cliente" in demo.accounts and demo.accounts["cliente"] not in voters:
        voters.append(demo.accounts["cliente"])
    participations = [
        Participation(
            poll=poll, member=member, at=poll.opens_at + (until - poll.opens_at) * demo.random.random() ** 1.6
        )
        for member in voters
    ]
    ballots = [_ballot(demo, told, poll, options, member) for member in voters]
    demo.random.shuffle(ballots)  # no order of rows that says whose is whose
    Participation.objects.bulk_create(participations, batch_size=BATCH)
    Ballot.objects.bulk_create(ballots, batch_size=BATCH)


def _ballot(demo, told: dict, poll: Poll, options: list[Option], member) -> Ballot:
    weights = list(told["lean"].get(member.kind) or next(iter(told["lean"].values())))
    if "older" in told and member.age_band == AgeBand.SENIOR:
        weights = [weight * more for weight, more in zip(weights, told["older"], strict=True)]
    how_many = 1 if told.get("method") != Method.MULTIPLE else demo.random.randint(1, told["max_choices"])
    chosen: list[Option] = []
    while len(chosen) < how_many:
        option = demo.random.choices(options, weights)[0]
        if option not in chosen:
            chosen.append(option)
    chosen.sort(key=lambda option: option.position)
    code = "".join(demo.random.choice(RECEIPT_ALPHABET) for _ in range(10))
    return Ballot(
        voter_key=voter_key(poll, member), poll=poll, receipt=f"{code[:4]}-{code[4:8]}-{code[8:]}",
        choices={options[0].question.public_id: [option.public_id for option in chosen]},
        kind=member.kind, segment=member.segment, age_band=member.age_band,
    )  # fmt: skip
