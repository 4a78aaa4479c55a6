"""The demo's people: ten accounts to sign in with, and a community of customers and prospects. All invented."""

from datetime import timedelta
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db.models import OuterRef, Subquery

from core import roles
from core.public_ids import ALPHABET, LENGTH

from .domain.consenting import text_version
from .models import Consent, Member
from .states import REGIONS, AgeBand, Channel, Kind, Product, Purpose, Segment

PASSWORD = "lab-clients-demo"  # noqa: S105 - shown to everyone who starts the demo
COMMUNITY = 300
BATCH = 2000

# e-mail's local part: nickname, roles, fields
ACCOUNTS = {
    "cliente": ("Maëlle R.", [], {
        "kind": Kind.CUSTOMER, "age_band": AgeBand.ADULT, "region": "Bretagne", "shows_details": True,
        "bio": "Infirmière à Brest, deux enfants. Je note tout ce qui me ferait gagner cinq minutes."}),
    "prospect": ("Yanis B.", [], {
        "kind": Kind.PROSPECT, "segment": Segment.STUDENT, "age_band": AgeBand.YOUNG, "region": "Île-de-France",
        "bio": "En master à Créteil. Je cherche une banque qui parle simplement."}),
    "ambassadeur": ("Thomas G.", [], {
        "kind": Kind.CUSTOMER, "age_band": AgeBand.MIDDLE, "region": "Pays de la Loire", "is_ambassador": True,
        "shows_details": True, "bio": "Artisan à Nantes. J’aime les réponses courtes et les frais clairs."}),
    "moderation": ("Claire Le Goff", [roles.MODERATOR], {"job_title": "Animatrice du Lab"}),
    "expert": ("Hugo Prigent", [roles.EXPERT], {"job_title": "Expert cartes et paiements"}),
    "produit": ("Nadia Kermarrec", [roles.PRODUCT_OWNER], {"job_title": "Responsable de l’appli mobile"}),
    "comite": ("Bruno Salaün", [roles.BOARD_MEMBER], {"job_title": "Directeur de la relation client"}),
    "presidence": ("Anne Guéguen", [roles.BOARD_CHAIR, roles.BOARD_MEMBER], {"job_title": "Présidente du comité trimestriel"}),
    "audit": ("Solenn Abhervé", [roles.AUDITOR], {"job_title": "Déléguée à la protection des données"}),
    "admin": ("Gwenaël Morvan", [roles.ADMINISTRATOR], {"job_title": "Administrateur du Lab"}),
}  # fmt: skip

FIRST_NAMES = (
    "Camille Léa Manon Chloé Inès Jade Louise Alice Emma Sarah Nour Aïcha Fatou Yasmine Salomé Margaux Anaïs "
    "Élodie Céline Sandrine Nathalie Sylvie Véronique Martine Monique Jacqueline Odile Soizic Nolwenn Enora "
    "Rozenn Lucas Hugo Gabriel Raphaël Louis Adam Mehdi Karim Moussa Ibrahim Antoine Baptiste Maxime Julien "
    "Nicolas Sébastien Stéphane Laurent Philippe Patrick Gérard Bernard Marcel Erwan Loïc Yann Ronan Tanguy "
    "Kévin Florian Rémi Théo Nathan Malik Sofiane Paulo Minh Linh Wei Ewa Milan Svetlana Carmen Giulia Rosa "
    "Diego "
)
INITIALS = "ABCDEFGHJKLMNPQRSTV"
HANDLES = (
    "Mamie Jo", "Papy Dédé", "Le Breizh Malin", "Fourmi 29", "Écureuille", "Petit Budget", "Marin d’eau douce", "La Rochelaise",
    "Vélo et livret", "Boulangère du 44", "Étudiante fauchée", "Prof à Rennes", "Jeune retraité", "Maman solo", "Nomade 56",
    "Freelance 35", "Compte rond", "Zéro découvert", "Tirelire", "Le Panda épargnant", "Paysagiste 49", "Lycée Colbert",
    "Sage-femme", "Colocs de Lyon", "Taxi Toulouse", "Menuisier 22", "Chat perché", "Bulle", "Pivoine", "Grand large",
)  # fmt: skip
BIOS = (
    "J’utilise surtout l’appli, dans le métro.", "Toujours en agence, par habitude et pour le sourire.",
    "Je compare tout avant de signer.", "Deux comptes, un livret, et beaucoup de questions.",
    "Je gère le budget de la famille.", "À mon compte depuis trois ans.", "Je vois mal : je teste la lecture d’écran.",
    "Je prépare mon premier achat immobilier.", "Pas encore chez vous : je regarde.", "Je veux comprendre mes frais.",
)  # fmt: skip
PRODUCTS = {
    AgeBand.YOUNG: {Product.ACCOUNT: 84, Product.SAVINGS: 16},
    AgeBand.ADULT: {Product.ACCOUNT: 56, Product.SAVINGS: 14, Product.LOAN: 30},
    AgeBand.MIDDLE: {Product.ACCOUNT: 40, Product.SAVINGS: 24, Product.LOAN: 36},
    AgeBand.SENIOR: {Product.ACCOUNT: 38, Product.SAVINGS: 62},
}


def load(demo) -> None:
    """Fill `demo.accounts` (by local part) and `demo.members` (the community), seeded by `demo.random`."""
    demo.accounts = _accounts(demo)
    demo.members = _community(demo, COMMUNITY)
    _products(demo, [*demo.accounts.values(), *demo.members])
    _consents(demo, [*demo.accounts.values(), *demo.members])


def load_scale(demo, size: int) -> None:
    """`size` members in all, for speed tests; the accounts are made too where they are not."""
    if not demo.accounts and not _recall(demo, size):
        load(demo)
    more = _community(demo, size - len(demo.members), start=len(demo.members))
    _consents(demo, more)
    demo.members = [*demo.members, *more]


def _recall(demo, size: int) -> bool:
    """Take up the people whom an earlier run loaded; whether there are any. Other draws than theirs come after."""
    there = Member.objects.filter(email__endswith="@demo.example").order_by("id")
    demo.accounts = {
        member.email.partition("@")[0]: member
        for member in there.filter(email__in=[f"{name}@demo.example" for name in ACCOUNTS])
    }
    demo.members = list(there.filter(email__startswith="membre"))
    demo.random.seed(f"{demo.seed}, then {size} after {len(demo.members)}")
    return bool(demo.accounts)


def _public_id(demo) -> str:
    return "".join(demo.random.choice(ALPHABET) for _ in range(LENGTH))


def _accounts(demo) -> dict[str, Member]:
    password, made = make_password(PASSWORD), {}
    for place, (local, (nickname, held, fields)) in enumerate(ACCOUNTS.items()):
        joined = demo.now - timedelta(days=640 - 10 * place)
        member = Member.objects.create(
            email=f"{local}@demo.example", nickname=nickname, password=password, public_id=_public_id(demo),
            is_staff=bool(held), is_superuser=roles.ADMINISTRATOR in held, date_joined=joined, adult_confirmed_at=joined,
            **fields,
        )  # fmt: skip
        member.groups.set(Group.objects.filter(name__in=held))
        made[local] = member
    EmailAddress.objects.bulk_create(
        EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in made.values()
    )
    return made


def _nicknames(demo, count: int, start: int):
    """`count` names, no two alike even without their case."""
    taken = {nickname.lower() for nickname, _held, _fields in ACCOUNTS.values()}
    names = [*HANDLES, *(f"{first} {initial}." for first in FIRST_NAMES.split() for initial in INITIALS)]
    names = [name for name in names if name.lower() not in taken]
    demo.random.shuffle(names)
    for number in range(start, start + count):
        turn, place = divmod(number, len(names))
        yield names[place] if not start and not turn else f"{names[place]} {start or ''}{turn + 1}"


def _community(demo, count: int, start: int = 0) -> list[Member]:
    unusable, pick, made = make_password(None), demo.random, []
    for number, nickname in enumerate(_nicknames(demo, count, start), start + 1):
        # More people join as the Lab gets known.
        joined = demo.now - timedelta(days=620 * pick.random() ** 1.4, minutes=pick.randrange(1440))
        age = pick.choices(AgeBand.values, (22, 34, 29, 15))[0]
        segment = Segment.PROFESSIONAL if pick.random() < 0.14 else Segment.PRIVATE
        if age == AgeBand.YOUNG and pick.random() < 0.6:
            segment = Segment.STUDENT
        made.append(Member(
            email=f"membre{number}@demo.example", nickname=nickname, password=unusable, public_id=_public_id(demo),
            kind=Kind.CUSTOMER if pick.random() < 0.68 else Kind.PROSPECT, segment=segment,
            age_band=age if pick.random() < 0.86 else "", region=pick.choice(REGIONS) if pick.random() < 0.8 else "",
            bio=pick.choice(BIOS) if pick.random() < 0.3 else "", is_ambassador=pick.random() < 0.03,
            shows_details=pick.random() < 0.4, date_joined=joined, adult_confirmed_at=joined,
        ))  # fmt: skip
    members = Member.objects.bulk_create(made, batch_size=BATCH)
    EmailAddress.objects.bulk_create(
        (EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in members),
        batch_size=BATCH,
    )
    return members


def _products(demo, members: list[Member]) -> None:
    """What each customer mainly has, as the bank says it: more savings with age, more loans in the middle of life.

    Draws of its own: what is drawn after stays as it was.
    """
    pick = Random(f"{demo.seed}, products")  # noqa: S311 - the same demo each time, not a secret
    customers = [member for member in members if member.kind == Kind.CUSTOMER and not member.is_staff]
    for member in customers:
        weights = PRODUCTS.get(member.age_band, PRODUCTS[AgeBand.MIDDLE])
        member.product = pick.choices(list(weights), list(weights.values()))[0]
    Member.objects.bulk_update(customers, ["product"], batch_size=BATCH)


def _consents(demo, members: list[Member]) -> None:
    """Everyone accepted the charter as they joined; some wanted the letter, or polls of their own."""
    lines = []
    for member in members:
        given = [Purpose.CHARTER]
        given += [Purpose.NEWSLETTER] if demo.random.random() < 0.45 else []
        given += [Purpose.PROFILING] if demo.random.random() < 0.3 else []
        lines += [
            Consent(
                member=member, purpose=purpose, given=True, text_version=text_version(purpose), channel=Channel.SIGNUP
            )
            for purpose in given
        ]
    Consent.objects.bulk_create(lines, batch_size=BATCH)
    joined = Member.objects.filter(pk=OuterRef("member")).values("date_joined")[:1]
    Consent.objects.update(at=Subquery(joined))
