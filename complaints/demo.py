"""The demo's complaints: one in time, one near its limit, one refused with the mediator named, one from a comment under a poll.
All invented."""

from datetime import timedelta

from core.public_ids import ALPHABET, LENGTH
from core.roles import role_of
from core.words import day
from ideas.demo.texts import french
from ideas.models import Category, Idea
from ideas.states import crowd_of
from ideas.votes import trend_of
from polls.demo.consultation import COMPLAINT
from polls.models import Remark

from .domain.deadlines import acknowledge_by, answer_by
from .domain.sources import Source, fields_of
from .models import Complaint, Step
from .states import Outcome, State

MEDIATOR = "Le médiateur, Banque du Phare, 1 quai du Phare, 29200 Brest, https://mediateur.example/"
RECEIVED = "Bonjour {name},\n\nVotre message est bien reçu et traité comme une réclamation. Nous vous répondrons au plus tard le {last}."
REFUSED = (
    "Bonjour {name},\n\nNous avons relu les conditions que vous citez : les frais correspondent au tarif en vigueur, annoncé deux "
    "mois plus tôt. Nous ne pouvons pas les rembourser, et nous comprenons votre déception."
)
# Theme, title, text: posted as ideas, and more than ideas.
POSTED = (
    ("compte", "Rendez-moi les 42 € de rejet de prélèvement",
     "Mon salaire est arrivé à 9 h, le prélèvement est passé à 6 h. Trois heures de décalage et 42 € de frais : je demande qu’on me les "
     "rende."),
    ("agence", "Trois semaines que mon agence doit me rappeler",
     "J’ai déposé la procuration de ma mère le 1er du mois. Deux messages, une visite, aucune réponse. Qui décide, et quand ?"),
    ("assurance", "Une assurance que je n’ai jamais demandée",
     "On me l’a fait signer avec l’ouverture du compte, sans m’en parler. 7,50 € par mois pendant un an : je veux qu’on me rembourse."),
)  # fmt: skip
REASONS = (
    "Conteste des frais et demande leur remboursement : ce n’est plus une idée, c’est une réclamation.",
    "Dit attendre une réponse de son agence depuis des semaines.",
    "Met en cause un conseil donné en agence et demande réparation.",
    "Virement bloqué, rappel promis et jamais fait, pénalités : à instruire, ce n’est pas un avis sur la campagne.",
)


def load(demo) -> None:
    _from_a_poll(demo)
    handler, product = demo.accounts["moderation"], demo.accounts["produit"]
    people = [member for member in demo.members if member.kind == "customer" and member.date_joined < demo.ago(days=90)]
    if len(people) < len(POSTED):
        return
    fresh, near, old = (
        _posted(demo, author, told, demo.ago(days=days))
        for author, told, days in zip(people, POSTED, (0.4, 57, 80), strict=False)
    )
    _open(demo, fresh, 0, handler, opened=demo.ago(hours=5))
    second = _open(demo, near, 1, product, opened=near.created_at + timedelta(days=3))
    _acknowledge(second, product, near.created_at + timedelta(days=5))
    third = _open(demo, old, 2, handler, opened=old.created_at + timedelta(days=1))
    _acknowledge(third, handler, old.created_at + timedelta(days=2))
    third.state, third.outcome, third.mediator = State.ANSWERED, Outcome.REFUSED, MEDIATOR
    third.answer = REFUSED.format(name=third.complainant)
    third.answered_at = old.created_at + timedelta(days=40)
    third.save()
    Step.objects.create(
        complaint=third,
        state=State.ANSWERED,
        by=handler,
        by_role=role_of(handler),
        at=third.answered_at,
        note=Outcome.REFUSED,
    )


def _from_a_poll(demo) -> None:
    """A comment under the consultation that asks for more than a campaign's answer."""
    remark = Remark.objects.select_related("author").filter(body=COMPLAINT).first()
    if remark is None:
        return
    handler = demo.accounts["moderation"]
    found = _open(demo, remark, 3, handler, opened=remark.created_at + timedelta(hours=4))
    _acknowledge(found, handler, remark.created_at + timedelta(hours=26))


def _posted(demo, author, told: tuple[str, str, str], at) -> Idea:
    """The message, as old as its clock says."""
    theme, title, body = (french(part) for part in told)
    category = Category.objects.filter(slug=theme).first() or Category.objects.order_by("position", "id").first()
    key = "".join(demo.random.choice(ALPHABET) for _ in range(LENGTH))
    return Idea.objects.create(
        public_id=key, title=title, body=body, category=category, author=author, created_at=at, state_since=at,
        trend=trend_of(0, at), author_crowd=crowd_of(author.kind, author.segment),
    )  # fmt: skip


def _open(demo, source: Source, place: int, handler, *, opened) -> Complaint:
    received = source.created_at
    complaint = Complaint.objects.create(
        reference=f"R{received:%y}-DEMO-{place + 1:04}", **fields_of(source), complainant=source.author, owner=handler,
        reason=REASONS[place], received_at=received, opened_at=opened, acknowledge_by=acknowledge_by(received),
        answer_by=answer_by(received),
    )  # fmt: skip
    Step.objects.create(complaint=complaint, state=State.OPENED, by=handler, by_role=role_of(handler), at=opened)
    return complaint


def _acknowledge(complaint: Complaint, by, at) -> None:
    complaint.state, complaint.acknowledged_at = State.ACKNOWLEDGED, at
    complaint.acknowledgement = RECEIVED.format(name=complaint.complainant, last=day(complaint.answer_by))
    complaint.save()
    Step.objects.create(complaint=complaint, state=State.ACKNOWLEDGED, by=by, by_role=role_of(by), at=at)
