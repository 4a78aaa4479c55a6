"""The demo's complaints: one in time, one near its limit, one refused with the mediator named. All invented."""

from datetime import timedelta

from ideas.models import Idea

from .domain.deadlines import acknowledge_by, answer_by
from .models import Complaint, Step
from .states import Outcome, State

MEDIATOR = "Le médiateur, Banque du Phare, 1 quai du Phare, 29200 Brest, https://mediateur.example/"
RECEIVED = "Bonjour {name},\n\nVotre message est bien reçu et traité comme une réclamation. Nous vous répondrons au plus tard le {last:%d/%m/%Y}."
REFUSED = (
    "Bonjour {name},\n\nNous avons relu les conditions que vous citez : les frais correspondent au tarif en vigueur, annoncé deux "
    "mois plus tôt. Nous ne pouvons pas les rembourser, et nous comprenons votre déception."
)
REASONS = (
    "Conteste des frais et demande leur remboursement : ce n’est plus une idée, c’est une réclamation.",
    "Dit attendre une réponse de son agence depuis des semaines.",
    "Met en cause un conseil donné en agence et demande réparation.",
)


def load(demo) -> None:
    handler, product = demo.accounts["moderation"], demo.accounts["produit"]
    ideas = list(Idea.objects.listed().filter(state__in=("new", "under_review")).order_by("-created_at")[:12])
    if len(ideas) < 3:
        return
    fresh, middle, last = ideas[0], ideas[len(ideas) // 2], ideas[-1]
    near = _posted(middle, demo.now - timedelta(days=57))
    old = _posted(last, demo.now - timedelta(days=80))
    _open(demo, fresh, 0, handler, opened=demo.ago(hours=5))
    second = _open(demo, near, 1, product, opened=near.created_at + timedelta(days=3))
    _acknowledge(second, product, near.created_at + timedelta(days=5))
    third = _open(demo, old, 2, handler, opened=old.created_at + timedelta(days=1))
    _acknowledge(third, handler, old.created_at + timedelta(days=2))
    third.state, third.outcome, third.mediator = State.ANSWERED, Outcome.REFUSED, MEDIATOR
    third.answer = REFUSED.format(name=third.complainant)
    third.answered_at = old.created_at + timedelta(days=40)
    third.save()
    Step.objects.create(complaint=third, state=State.ANSWERED, by=handler, at=third.answered_at, note=Outcome.REFUSED)


def _posted(idea: Idea, at) -> Idea:
    """The message is as old as its clock says."""
    idea.created_at = at
    idea.save(update_fields=["created_at"])
    return idea


def _open(demo, idea: Idea, place: int, handler, *, opened) -> Complaint:
    received = idea.created_at
    complaint = Complaint.objects.create(
        reference=f"R{received:%y}-DEMO-{place + 1:04}", idea=idea, complainant=idea.author, owner=handler,
        reason=REASONS[place], received_at=received, opened_at=opened, acknowledge_by=acknowledge_by(received),
        answer_by=answer_by(received),
    )  # fmt: skip
    Step.objects.create(complaint=complaint, state=State.OPENED, by=handler, at=opened)
    return complaint


def _acknowledge(complaint: Complaint, by, at) -> None:
    complaint.state, complaint.acknowledged_at = State.ACKNOWLEDGED, at
    complaint.acknowledgement = RECEIVED.format(name=complaint.complainant, last=complaint.answer_by)
    complaint.save()
    Step.objects.create(complaint=complaint, state=State.ACKNOWLEDGED, by=by, at=at)
