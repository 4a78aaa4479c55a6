"""A poll of each method and kind, with ballots that look like people's.

A story's question has `lean`, which draws an answer (`leaning.py`); `age` in it tilts by age band where a poll is weighted.
"""

from datetime import timedelta
from random import Random
from typing import Any

from django.db.models import F
from django.utils.text import slugify

from core.public_ids import ALPHABET, LENGTH
from members.models import Member
from members.states import AgeBand, Kind, Product, Segment

from ..domain.opening import audience_of
from ..models import RECEIPT_ALPHABET, AudienceShare, Ballot, Option, Participation, Poll, Question, pack, voter_key
from ..states import CHOICES, Apart, Method, ResultsPolicy, State
from . import leaning, writing
from .choosing import BATCH, at_hour
from .course import first_close
from .crowd import a_crowd

YOUNG, ADULT, MIDDLE, SENIOR = AgeBand.values
ACCOUNT, SAVINGS, LOAN = Product.ACCOUNT.value, Product.SAVINGS.value, Product.LOAN.value
POLLS: list[dict[str, Any]] = [
    {
        "title": "L’appli en 2027 : dans quel ordre devons-nous travailler ?", "state": State.CLOSED, "opened": 33, "closed": 12,
        "intro": "Notre équipe peut mener ces cinq chantiers, un par un. Classez-les, le plus utile pour vous en premier.",
        "turnout": 0.58, "staff": 3, "new": 6, "counted_in": (Apart.NEW, "Ces six comptes viennent de l’atelier du Lab à l’agence de "
        "Quimper : nous avons vérifié leurs inscriptions avec l’équipe."),
        "questions": [{
            "method": Method.RANKING, "ties": True, "blanks": True, "options": [
                ("Un virement instantané vraiment instantané", "Même le dimanche, même vers une autre banque."),
                ("Bloquer sa carte d’un geste", "Et la débloquer aussi vite quand on la retrouve."),
                ("Retrouver une opération", "Une recherche qui comprend « garage » ou « août »."),
                ("De plus gros caractères", "Et un contraste qui tient au soleil."),
                ("Partager une dépense", "À plusieurs, sans faire les comptes."),
            ],
            # The instant transfer leads in first places; most would rather find an operation than have it.
            "lean": leaning.ranks((35, (0, 2, 4, 1, 3)), (29, (2, 1, 0, 3, 4)), (20, (1, 2, 3, 0, 4)), (16, (3, 2, 1, 0, 4))),
        }],
    },
    {
        "title": "Notez ce que nous vous écrivons", "state": State.OPEN, "opened": 9, "closes": 12, "turnout": 0.41, "staff": 2,
        "intro": "Lettres, courriels, messages de l’appli : nous les réécrivons tous cette année. Par lesquels commencer ?",
        "policy": ResultsPolicy.ALWAYS, "new": 4,
        "questions": [{
            "method": Method.SCORE, "blanks": True, "options": [
                ("Le relevé de compte", "Celui que vous recevez chaque mois."),
                ("La lettre des frais annuels", "En janvier."),
                ("Les messages de l’appli", "« Votre paiement a été accepté »."),
                ("Les conditions générales", "Quarante-deux pages."),
            ],
            "lean": leaning.scores(3.9, 2.4, 4.3, 1.5),
        }],
    },
    {
        # Two towns with as many ballots each: no option leads.
        "title": "La rencontre du printemps : dans quelle ville ?", "state": State.CLOSED, "opened": 30, "closed": 2,
        "intro": "Une journée avec les équipes du Lab, en avril. Le train et le déjeuner sont offerts ; reste à choisir la ville.",
        "turnout": 0.5, "in_turn": 5,
        "questions": [{
            "options": [("Rennes", "À dix minutes à pied de la gare."), ("Nantes", "Dans notre agence de l’île, face à la Loire."),
                        ("Brest", "Au siège, avec la visite du centre d’appels.")],
            "lean": leaning.in_turn(0, 1, 0, 1, 2),
        }],
    },
    {
        # A link to this poll went round: accounts made for it gave all to the evenings. They are counted apart.
        "title": "100 points pour le budget du Lab : où les mettez-vous ?", "state": State.OPEN, "opened": 6, "closes": 9,
        "crowd": (34, 22, leaning.points(0, 0, 0, 1)),
        "intro": "Le Lab dispose de 240 000 € en 2027. Partagez 100 points : ils diront comment partager la somme.", "turnout": 0.36,
        "spare": ["cliente", "prospect"],
        "questions": [{
            "method": Method.POINTS, "options": [
                ("Construire vos idées", "Les mieux classées par le comité."),
                ("Aider les gens en difficulté avec le numérique", "Des ateliers en agence, près de chez vous."),
                ("Des bêta-tests avec plus de monde", "Et le prêt d’un téléphone à qui n’en a pas."),
                ("Rencontrer les équipes", "Quatre soirées dans l’année, en région."),
            ],
            "lean": leaning.points(46, 27, 17, 10),
        }],
    },
    {
        "title": "Votre dernier rendez-vous avec un conseiller", "state": State.OPEN, "opened": 4, "closes": 17, "turnout": 0.33,
        "intro": "Trois minutes pour nous dire comment cela s’est passé, ou pourquoi cela ne s’est pas fait.",
        "kinds": [Kind.CUSTOMER], "spare": ["cliente"], "policy": ResultsPolicy.STAFF_ONLY,
        "questions": [
            {"text": "Avez-vous eu un rendez-vous cette année ?", "shuffled": False, "options": [
                ("Oui, en agence", ""), ("Oui, par téléphone ou en vidéo", ""), ("Non", "")],
             "lean": leaning.one(44, 21, 35)},
            {"text": "Notez ce rendez-vous", "method": Method.SCORE, "blanks": True, "only_if": (0, 0, 1), "options": [
                ("L’accueil", ""), ("La clarté des réponses", ""), ("Le délai pour l’obtenir", "")],
             "lean": leaning.scores(4.4, 3.8, 2.6)},
            {"text": "Qu’est-ce qui vous en a éloigné ?", "method": Method.MULTIPLE, "max_choices": 2, "only_if": (0, 2),
             "options": [("Je n’en avais pas besoin", ""), ("Les horaires", ""), ("Je ne sais pas qui est mon conseiller", ""),
                         ("Je n’ai pas osé", ""), ("Autre chose", "")],
             "other": ("Il fallait trop attendre au téléphone.", "Mon conseiller change tous les ans."),
             "lean": leaning.some(2, 38, 24, 26, 9, 3)},
            {"text": "La prochaine fois, vous préférez…", "required": False, "comments": True, "options": [
                ("Une agence", ""), ("Un appel", ""), ("Une vidéo", ""), ("Un message écrit", "")],
             "said": ("Le soir après 18 h, sinon je ne peux pas.", "Avec quelqu’un qui connaît mon dossier.",
                      "Un message me suffit, si on me répond vraiment."),
             "lean": leaning.one(37, 22, 12, 29)},
        ],
    },
    {
        "title": "Visite du centre d’appels de Brest : quel jour vous va ?", "state": State.OPEN, "opened": 3, "closes": 5,
        "intro": "Nous ouvrons les portes à douze membres. Vous verrez qui répond quand vous appelez.", "turnout": 0.05,
        "policy": ResultsPolicy.ALWAYS, "confidential": False, "spare": ["cliente"],
        "questions": [{
            "method": Method.MULTIPLE, "shuffled": False,
            "options": [("Jeudi 14 h", ""), ("Vendredi 10 h", ""), ("Samedi 10 h", "")], "lean": leaning.some(2, 20, 30, 50),
        }],
    },
    {
        "title": "Quel nom pour l’agence mobile des îles ?", "state": State.OPEN, "opened": 2, "closes": 8, "turnout": 0.29,
        "min_account_days": 30,
        "intro": "Un bateau, un comptoir, deux conseillères : l’agence fait le tour de Groix, Ouessant et Molène dès mai. Le nom est "
        "tenu secret jusqu’au dernier jour, pour nous aussi.",
        "policy": ResultsPolicy.AFTER_CLOSE, "sealed": True, "spare": ["cliente", "prospect"],
        "questions": [{
            "options": [("La Marie-Galante", ""), ("Le Petit Phare", ""), ("L’Embellie", ""), ("Cap Ouest", "")],
            "lean": leaning.one(14, 33, 41, 12),
        }],
    },
    {
        "title": "Recevoir sa carte : chez soi, en relais ou en agence ?", "state": State.OPEN, "opened": 29, "closes": 4,
        "intro": "Ce sondage devait fermer la semaine dernière. Plusieurs d’entre vous ont demandé un peu plus de temps : il est "
        "rouvert, et vos bulletins sont gardés.",
        "turnout": 0.47, "reopened": 6,
        "questions": [{
            "options": [("Chez moi, par la poste", "En quatre jours."), ("Dans un relais du quartier", "En deux jours, sur code."),
                        ("En agence", "Le jour même, avec une pièce d’identité.")],
            "lean": leaning.one(48, 31, 21),
        }],
    },
    {
        "title": "Payer avec son téléphone : et vous ?", "state": State.CLOSED, "opened": 52, "closed": 24, "turnout": 0.72,
        "intro": "Nous préparons le paiement par téléphone pour tous les modèles. Où en êtes-vous ?", "kinds": [Kind.CUSTOMER],
        # The Lab's customers are younger than the bank's: its figures say how much.
        "shares": {
            (YOUNG, ACCOUNT): 0.07, (YOUNG, SAVINGS): 0.02,
            (ADULT, ACCOUNT): 0.13, (ADULT, SAVINGS): 0.03, (ADULT, LOAN): 0.08,
            (MIDDLE, ACCOUNT): 0.14, (MIDDLE, SAVINGS): 0.08, (MIDDLE, LOAN): 0.13,
            (SENIOR, ACCOUNT): 0.12, (SENIOR, SAVINGS): 0.20,
        },
        "questions": [{
            "options": [("Je le fais déjà", ""), ("J’aimerais essayer", ""), ("Je préfère ma carte", ""), ("Autre réponse", "")],
            "comments": True, "others": writing.OTHER_WAYS, "letters": writing.ON_PAYING_BY_PHONE,
            "lean": leaning.one_by_age(
                {YOUNG: (69, 18, 8, 5), ADULT: (53, 26, 15, 6), MIDDLE: (28, 32, 33, 7), SENIOR: (8, 19, 60, 13)}
            ),
        }],
    },
]  # fmt: skip


def an_id(random: Random) -> str:
    return "".join(random.choice(ALPHABET) for _ in range(LENGTH))


def write(demo: Any, random: Random, told: dict) -> Poll:
    """The poll, its questions and its ballots. The caller counts."""
    opens_at = at_hour(demo.ago(days=told["opened"]), 9)
    ends = demo.ago(days=told["closed"]) if "closed" in told else demo.now + timedelta(days=told["closes"])
    poll = Poll(
        public_id=an_id(random), slug=slugify(told["title"])[:80].strip("-"), title=told["title"], intro=told["intro"],
        state=told["state"], opens_at=opens_at, closes_at=at_hour(ends, 18), owner=demo.accounts.get("produit"),
        results_policy=told.get("policy", ResultsPolicy.AFTER_VOTE), audience_kinds=pack(told.get("kinds", [])),
        sealed=told.get("sealed", False), confidential=told.get("confidential", True), weighted="shares" in told,
        consultation=told.get("consultation", False), created_at=opens_at - timedelta(days=6),
        min_account_days=told.get("min_account_days", 0),
    )  # fmt: skip
    poll.set_dates()
    if "counted_in" in told:
        kind, poll.counted_in_reason = told["counted_in"]
        poll.counted_in = pack([kind])
    if "decision" in told:
        poll.decision, poll.decided_by = told["decision"], poll.owner
        poll.decided_at = at_hour(demo.ago(days=told["decided"]), 10)
    if "reopened" in told:
        poll.reopened_at = at_hour(demo.ago(days=told["reopened"]), 9)
    crowd = a_crowd(demo, random, *told["crowd"][:2]) if "crowd" in told else []
    poll.circle = told.get("circle")
    poll.audience_size = audience_of(poll).count()
    poll.save()
    AudienceShare.objects.bulk_create(
        AudienceShare(poll=poll, age_band=age, product=product, share=share)
        for (age, product), share in told.get("shares", {}).items()
    )
    questions: list[list[Option]] = []
    for place, asked in enumerate(told["questions"]):
        questions.append(_question(random, poll, place, asked, questions))
    if "retained" in told:
        question, option = told["retained"]
        poll.retained = questions[question][option]
        poll.save(update_fields=["retained"])
    _answers(demo, random, told, poll, questions)
    _crowded(random, told, poll, questions, crowd)
    if poll.reopened_at:  # nobody voted while it was closed
        night = Participation.objects.filter(poll=poll, at__range=(first_close(poll), poll.reopened_at))
        night.update(at=F("at") - (poll.reopened_at - first_close(poll)))
    return poll


def _question(random: Random, poll: Poll, place: int, asked: dict, before: list[list[Option]]) -> list[Option]:
    """Its options. `only_if` is the place of an earlier question, then those of its options."""
    earlier, *chosen = asked.get("only_if", (0,))
    question = Question(
        public_id=an_id(random), poll=poll, position=place, text=asked.get("text", ""),
        method=asked.get("method", Method.SINGLE), max_choices=asked.get("max_choices"),
        only_if=" ".join(before[earlier][one].public_id for one in chosen),
        **{name: asked[name] for name in ("blanks", "comments", "required", "shuffled", "ties") if name in asked},
    )  # fmt: skip
    if "image" in asked:
        question.image_alt = asked["image_alt"]
        question.image.save(asked["image"].name, asked["image"], save=False)
    question.save()
    last = len(asked["options"]) - 1
    options = [
        Option(
            public_id=an_id(random), question=question, position=row, text=text, description=description,
            is_other=("other" in asked or "others" in asked) and row == last,
        )
        for row, (text, description) in enumerate(asked["options"])
    ]  # fmt: skip
    for option, picture in zip(options, asked.get("pictures", ()), strict=False):
        option.image.save(picture.name, picture, save=False)
    return Option.objects.bulk_create(options)


def voters_of(demo: Any, random: Random, told: dict) -> list:
    spared = {demo.accounts[name].pk for name in told.get("spare", []) if name in demo.accounts}
    since = demo.ago(days=told["opened"] + told.get("min_account_days", 0) + 1)  # nobody votes before they are a member
    people = [
        member for member in [*demo.accounts.values(), *demo.members]
        if not member.is_staff and member.pk not in spared and member.kind in told.get("kinds", Kind.values)
        and member.segment in told.get("segments", Segment.values) and member.date_joined <= since
    ]  # fmt: skip
    if "circle" in told:
        inside = set(Member.objects.of_circle(told["circle"].pk).values_list("pk", flat=True))
        people = [member for member in people if member.pk in inside]
    voters = [member for member in people if random.random() < told["turnout"]]
    return voters[: len(voters) // told.get("in_turn", 1) * told.get("in_turn", 1)]


def _answers(demo: Any, random: Random, told: dict, poll: Poll, questions: list[list[Option]]) -> None:
    voters = voters_of(demo, random, told)
    apart = {member.pk: Apart.NEW for member in voters[: told.get("new", 0)]}
    staff = [member for member in demo.accounts.values() if member.is_staff][: told.get("staff", 0)]
    apart |= {member.pk: Apart.STAFF for member in staff}
    voters += staff
    ballots = [_ballot(random, told, poll, questions, member, apart.get(member.pk, "")) for member in voters]
    writing.put_words(told, questions, ballots)
    rows, until = list(zip(voters, ballots, strict=True)), min(poll.closes_at, demo.now)
    random.shuffle(ballots)  # no order of rows that says whose is whose
    Ballot.objects.bulk_create(ballots, batch_size=BATCH)
    Participation.objects.bulk_create(
        [
            Participation(
                poll=poll, member=member, at=poll.opens_at + (until - poll.opens_at) * random.random() ** 1.5,
                ballot=None if poll.confidential else ballot, apart=ballot.apart,
            )
            for member, ballot in rows
        ],
        batch_size=BATCH,
    )  # fmt: skip


def _crowded(random: Random, told: dict, poll: Poll, questions: list[list[Option]], crowd: list) -> None:
    """The crowd's ballots, all in one night, at the hour its accounts were drawn for."""
    if not crowd:
        return
    alike = {**told, "questions": [{**asked, "lean": told["crowd"][2]} for asked in told["questions"]]}
    ballots = [_ballot(random, alike, poll, questions, member, apart) for member, apart, _at in crowd]
    random.shuffle(ballots)
    Ballot.objects.bulk_create(ballots, batch_size=BATCH)
    Participation.objects.bulk_create(
        Participation(poll=poll, member=member, at=at, apart=apart) for member, apart, at in crowd
    )


def _ballot(random: Random, told: dict, poll: Poll, questions: list[list[Option]], member: Any, apart: str) -> Ballot:
    choices: dict[str, Any] = {}
    words: dict[str, dict[str, str]] = {}
    chosen: set[str] = set()
    for asked, options in zip(told["questions"], questions, strict=True):
        question = options[0].question
        if not question.applies_to(chosen) or (not question.required and random.random() < 0.2):
            continue
        kept = asked["lean"](random, [option.public_id for option in options], member)
        choices[question.public_id] = kept
        if question.method in CHOICES:
            chosen |= set(kept)
        said = {}
        if "other" in asked and options[-1].public_id in kept:
            said["other"] = random.choice(asked["other"])
        if "said" in asked and random.random() < 0.12:
            said["comment"] = random.choice(asked["said"])
        if said:
            words[question.public_id] = said
    code = "".join(random.choice(RECEIPT_ALPHABET) for _ in range(10))
    return Ballot(
        voter_key=voter_key(poll, member), poll=poll, receipt=f"{code[:4]}-{code[4:8]}-{code[8:]}", choices=choices,
        words=words, kind=member.kind, segment=member.segment, age_band=member.age_band, product=member.product, apart=apart,
    )  # fmt: skip
