"""Two circles of the demo: one by profile, with its ideas, its poll and its test; one that waits for the customer's yes."""

from datetime import timedelta
from random import Random
from typing import Any

from betas.domain.checking import in_house_language
from betas.domain.making import CHARTER
from betas.models import Programme
from betas.states import State as BetaState
from core.public_ids import ALPHABET, LENGTH
from ideas.domain.voting import recount
from ideas.models import Category, Comment, Idea
from ideas.votes import trend_of
from members.domain.circling import refresh_circle
from members.models import Circle, CircleMember, Member
from members.states import CircleEntry, Joining
from polls.demo import leaning, methods
from polls.domain.tallying import recount as recount_poll
from polls.states import State as PollState

IDEAS = (
    ("agence", "ambassadeur", 9, 6, "Ouvrir les agences de la côte le samedi matin, de juin à septembre",
     "L’été, la ville triple et nos commerces ne désemplissent pas. Le samedi matin est le seul moment où je peux déposer "
     "ma caisse sans fermer la boutique.",
     "À Pornic aussi. Même deux heures suffiraient, avec l’automate de dépôt en service."),
    ("appli", "cliente", 16, 11, "Prévenir la veille quand le distributeur du bourg est vide",
     "Chez nous il n’y a qu’un distributeur à douze kilomètres. Le savoir avant de prendre la voiture changerait la vie des "
     "anciens du village.",
     "Ma mère a fait trois fois la route le mois dernier."),
)  # fmt: skip


def load(demo: Any) -> None:
    west = Circle.objects.create(
        public_id=_id(demo), name_fr="Le cercle de l’Ouest", name_en="The western circle", entry=CircleEntry.RULE,
        bank_set_only=False,
        rule={"kind": ["customer"], "region": ["Bretagne", "Pays de la Loire"]}, owner=demo.accounts["produit"],
        description_fr="Clients de Bretagne et des Pays de la Loire : nous y essayons ce qui touche les agences et les bourgs.",
        description_en="Customers of Brittany and Pays de la Loire: we try here what concerns branches and small towns.",
        created_at=demo.ago(days=70),
    )  # fmt: skip
    refresh_circle(west)
    CircleMember.objects.filter(circle=west).update(at=demo.ago(days=70))
    for row in IDEAS:
        _idea(demo, west, *row)
    _poll(demo, west)
    _programme(demo, west)
    _eyes(demo)


def _id(demo: Any) -> str:
    return "".join(demo.random.choice(ALPHABET) for _ in range(LENGTH))


def _idea(
    demo: Any, circle: Circle, theme: str, author: str, days: int, votes: int, title: str, body: str, said: str
) -> None:
    posted = demo.ago(days=days)
    category = Category.objects.filter(slug__contains=theme).first() or Category.objects.first()
    idea = Idea.objects.create(
        public_id=_id(demo), title=title, body=body, category=category, author=demo.accounts[author], circle=circle,
        created_at=posted, state_since=posted, trend=trend_of(0, posted), comment_count=1,
    )  # fmt: skip
    people = list(Member.objects.of_circle(circle.pk).exclude(pk=idea.author_id).order_by("pk")[: votes + 1])
    for voter in people[:votes]:
        idea.votes.up(voter.pk)
    recount(idea)
    Comment.objects.create(
        public_id=_id(demo), idea=idea, author=people[-1], body=said, created_at=posted + timedelta(days=1)
    )


def _poll(demo: Any, circle: Circle) -> None:
    told = {
        "title": "Quel jour votre agence devrait-elle rester ouverte jusqu’à 19 h ?", "circle": circle, "state": PollState.OPEN,
        "intro": "Une soirée par semaine, essayée pendant trois mois dans dix agences de l’Ouest.", "opened": 3, "closes": 9,
        "turnout": 0.5, "spare": ["cliente"],
        "questions": [{"options": [("Le mardi", ""), ("Le jeudi", ""), ("Le vendredi", "")], "lean": leaning.one(22, 47, 31)}],
    }  # fmt: skip
    recount_poll(methods.write(demo, Random(f"{demo.seed}, the circle’s poll"), told))  # noqa: S311 - the same demo each time


def _programme(demo: Any, circle: Circle) -> None:
    Programme.objects.create(
        public_id=_id(demo), title="Le dépôt de caisse sans rendez-vous", circle=circle, state=BetaState.INTEREST, seats=20,
        summary="Un automate qui compte la caisse et crédite le compte dans l’heure, essayé dans trois agences.",
        intro="Vous déposez votre caisse à l’automate de Nantes, Vannes ou Brest, et vous nous dites ce qui coince.",
        charter=in_house_language(CHARTER), owner=demo.accounts["produit"], created_at=demo.ago(days=8),
        state_since=demo.ago(days=8),
    )  # fmt: skip


def _eyes(demo: Any) -> None:
    """By invitation: a few are in it, the customer of the story has not answered yet."""
    circle = Circle.objects.create(
        public_id=_id(demo), name_fr="Bien voir, bien entendre", name_en="Seeing and hearing well",
        entry=CircleEntry.INVITATION, owner=demo.accounts["produit"], created_at=demo.ago(days=20),
        description_fr="Huit personnes qui utilisent une loupe, un lecteur d’écran ou la langue des signes, et l’équipe de l’appli.",
        description_en="Eight people who use a magnifier, a screen reader or sign language, and the team of the app.",
    )  # fmt: skip
    people = [(member, Joining.IN) for member in demo.members[10:18]] + [(demo.accounts["cliente"], Joining.INVITED)]
    CircleMember.objects.bulk_create(
        CircleMember(circle=circle, member=member, joining=joining, at=demo.ago(days=6)) for member, joining in people
    )
