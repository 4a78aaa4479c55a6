"""Three quarters of the demo's board: two published, with their reasons and hashes, and the current one at its meeting.

The subjects come from the demo's ideas by their states: what is delivered, planned, in a beta or declined was decided by a
past quarter; candidates are before the current one. Where an idea's timeline says why, the board said the same.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Prefetch

from core import roles
from core.text import excerpt
from ideas.demo.sessions import past_sessions, start_of_quarter
from ideas.models import Idea, IdeaMove
from ideas.states import State
from members.models import Member
from polls.demo import leaning, methods
from polls.domain.tallying import recount
from polls.models import Poll
from polls.states import State as PollState

from .domain.demand import demand_of
from .domain.freezing import keep
from .domain.placing import sort_by_score
from .models import REASON_MAX, TITLE_MAX, BoardItem, Evidence, Factor, Placement, Quarter, Score
from .states import DEFAULT_WEIGHTS, SCORED, Column, EvidenceKind, FactorKey, QuarterState

ASKED = ("Oui, je l’utiliserais", "Non, ce n’est pas pour moi", "Je ne sais pas encore")
EFFORTS = (2, 3, 3, 5, 5, 5, 8, 8, 13)
BOARD = (
    ("h.marzin", "Hélène Marzin", "Directrice des offres"),
    ("p.kervella", "Pierre Kervella", "Risques"),
    ("s.tanguy", "Soizic Tanguy", "Réseau des agences"),
    ("k.haddad", "Karim Haddad", "Informatique"),
)
# {n}: how many people support the ideas behind the subject, each once.
WHY = {
    Column.THIS_QUARTER: (
        "Vous êtes {n} à le demander, et une équipe est libre dès le mois prochain.",
        "{n} soutiens pour un effort raisonnable : nous commençons ce trimestre.",
        "Les notes sont hautes chez tout le monde, et {n} d’entre vous l’attendent.",
        "Demandé par {n} personnes, de tous les âges. Une première version simple suffira pour commencer.",
        "{n} soutiens, un risque faible et une équipe déjà désignée : rien ne sert d’attendre.",
        "Vous êtes {n} à l’attendre. Mieux vaut une petite version maintenant qu’une grande plus tard.",
        "C’est le genre de détail qui fait gagner du temps chaque semaine. {n} d’entre vous l’ont dit.",
    ),
    Column.NEXT: (
        "Nous le voulons, mais il dépend d’un chantier qui finit ce trimestre. Il sera le premier de la liste.",
        "Il manque quelques points de capacité. Priorité annoncée pour le prochain comité.",
        "L’effort est chiffré et l’équipe désignée. Nous commençons dès qu’une place se libère.",
        "{n} soutiens : la place lui est gardée au prochain comité, après ce qui est déjà commencé.",
    ),
    Column.LATER: (
        "L’idée est bonne, mais nous devons d’abord finir ce dont elle dépend. Nous en reparlerons dans six mois.",
        "Nous manquons encore de chiffres. Une enquête en agence nous dira combien de clients sont concernés.",
        "Les avis du comité sont partagés. Nous voulons d’abord en parler avec ceux qui l’ont proposée.",
    ),
    Column.NOT_RETAINED: (
        "{n} soutiens, mais un coût trop élevé pour l’usage attendu. Nous préférons améliorer ce qui existe.",
        "Le risque est trop fort aujourd’hui. Nous rouvrirons le sujet si la règle change.",
        "Les notes sont basses chez tout le monde : peu de clients s’en serviraient chaque mois.",
        "D’autres sujets servent plus de monde pour le même travail. Celui-ci ne sera pas construit cette année.",
    ),
}  # fmt: skip
HEARD = (
    "Quatorze appels sur ce sujet en un mois, d’après le centre de relation client.",
    "Remonté par les agences de Quimper et de Lorient.",
    "Deux banques voisines le proposent depuis ce printemps.",
    "Cité par un client sur cinq dans l’enquête de satisfaction de juin.",
    "Demandé par trois associations de clients reçues en septembre.",
    "L’équipe informatique a déjà fait la moitié du chemin l’an dernier.",
)
WORDS = (
    "Vous nous demandiez de vous laisser la main, nous commençons par là. La plupart des sujets retenus vous évitent un "
    "appel ou un déplacement.\n\nNous avons gardé quelques points de capacité pour les imprévus : l’hiver dernier, nous n’en "
    "avions pas prévu assez.",
    "Ce trimestre, nous finissons avant de commencer. Les bêta-tests en cours passent d’abord, et deux sujets attendus "
    "entrent en chantier.\n\nNous n’étions pas tous d’accord. Les notes le montrent, et c’est très bien ainsi.",
)  # fmt: skip


def load(demo: Any) -> None:
    """Needs the demo's members and ideas; without ideas there is nothing to decide."""
    board = Board(demo)
    if board.pool.left(State.CANDIDATE, State.PLANNED, State.DELIVERED, State.DECLINED):
        for published_at, words in zip(past_sessions(demo.now), WORDS, strict=True):
            board.hold_past(published_at, words)
        board.hold_current(start_of_quarter(demo.now))


class Pool:
    """Ideas by state, most supported first, each given out once."""

    def __init__(self, demo: Any) -> None:
        self.random = Random(demo.seed)  # noqa: S311 - the same demo each time, not a secret
        moves = IdeaMove.objects.filter(undone_at__isnull=True, is_silent=False)
        ideas = (
            Idea.objects.listed().select_related("category").prefetch_related(Prefetch("moves", moves, to_attr="told"))
        )
        self.ideas = {state: [] for state in State.values}
        for idea in ideas.order_by("-vote_score", "id"):
            self.ideas[idea.state].append(idea)
        self.turn = dict.fromkeys(WHY, 0)
        self.said: set[str] = set()

    def left(self, *states: str) -> int:
        return sum(len(self.ideas[state]) for state in states)

    def take(self, state: str, most: int) -> Iterator[list[Idea]]:
        """Up to `most` groups: an idea, and now and then one or two others of its theme."""
        for number in range(most):
            here = self.ideas[state]
            if not here:
                return
            first = here.pop(0)
            spare = max(len(here) - (most - number - 1), 0)
            others = [idea for idea in here if idea.category_id == first.category_id][: min(number % 3, spare)]
            for idea in others:
                here.remove(idea)
            yield [first, *others]

    def why(self, column: str, ideas: list[Idea], people: int) -> str:
        """What an idea's timeline says of this decision, where no other card says the same; else the board's own reason."""
        decided = {Column.THIS_QUARTER: State.PLANNED, Column.NOT_RETAINED: State.DECLINED}.get(column)
        told = [move.reason for idea in ideas for move in getattr(idea, "told", ()) if move.to_state == decided]
        for reason in told:
            if reason and reason not in self.said:
                self.said.add(reason)
                return reason[:REASON_MAX]
        if not people:
            return "Le sondage a tranché : nous suivons ce que vous avez choisi."
        self.turn[column] += 1
        return WHY[column][(self.turn[column] - 1) % len(WHY[column])].format(n=people)


def _code(moment: datetime) -> str:
    return f"{moment.year}-Q{(moment.month + 2) // 3}"


def _members(demo: Any) -> list[Member]:
    """Who scores: the two accounts with a seat, and four more, who have no password."""
    seat = Group.objects.get_or_create(name=roles.BOARD_MEMBER)[0]
    found = [demo.accounts["presidence"], demo.accounts["comite"]]
    for mail, name, title in BOARD:
        member, made = Member.objects.get_or_create(
            email=f"{mail}@demo.example",
            defaults={
                "nickname": name, "job_title": title, "is_staff": True, "kind": "customer",
                "date_joined": demo.now - timedelta(days=420),
            },
        )  # fmt: skip
        if made:
            member.set_unusable_password()
            member.save(update_fields=["password"])
            member.groups.add(seat)
        found.append(member)
    return found


class Board:
    """The demo's board: it places, scores, freezes and publishes with the verbs' own arithmetic, in the past."""

    def __init__(self, demo: Any) -> None:
        self.demo, self.pool = demo, Pool(demo)
        self.random = Random(demo.seed)  # noqa: S311 - the same demo each time, not a secret
        self.members = _members(demo)
        self.chair, self.second = self.members[:2]
        self.owner = demo.accounts["produit"]
        self.reference = max(Member.objects.living().community().count(), 10)
        self.waiting: list[Placement] = []
        self.ideas_of: dict[int, list[Idea]] = {}

    def hold_past(self, published_at: datetime, word: str) -> None:
        """A quarter from its opening to its publication; what it puts off waits for the next."""
        quarter = self.open(
            published_at, state=QuarterState.DECIDING, foreword=word, opened_at=published_at - timedelta(days=40),
            scoring_since=published_at - timedelta(days=26), revealed_at=published_at - timedelta(days=9),
        )  # fmt: skip
        take, carried = self.pool.take, [row.item for row in self.waiting]
        self.waiting = []
        for item in carried:
            self.place(quarter, Column.THIS_QUARTER, item=item, carried_over=True)
        if carried:
            plan = [(Column.THIS_QUARTER, State.PLANNED, 4),
                    (Column.NEXT, State.CANDIDATE, 2), (Column.LATER, State.CANDIDATE, 2)]  # fmt: skip
        else:
            plan = [(Column.THIS_QUARTER, State.DELIVERED, 6), (Column.THIS_QUARTER, State.IN_BETA, 4),
                    (Column.NEXT, State.PLANNED, 2)]  # fmt: skip
        for column, state, most in [*plan, (Column.NOT_RETAINED, State.DECLINED, 3)]:
            for ideas in take(state, most):
                row = self.place(quarter, column, ideas=ideas, at=published_at - timedelta(days=34))
                if column in (Column.NEXT, Column.LATER):
                    self.waiting.append(row)
        for row in quarter.placements.select_related("item"):
            self.score(quarter, row, self.members, at=published_at - timedelta(days=15))
        self.close(quarter, published_at)

    def hold_current(self, start: datetime) -> None:
        """The meeting is on: scores are revealed, cards stand across the columns, two of them wait for someone's notes."""
        age = self.demo.now - start
        quarter = self.open(
            self.demo.now, state=QuarterState.DECIDING, opened_at=start + age * 0.3, scoring_since=start + age * 0.5,
            revealed_at=start + age * 0.9,
        )  # fmt: skip
        rows = [self.place(quarter, Column.CANDIDATE, item=row.item, carried_over=True) for row in self.waiting]
        rows += [
            self.place(quarter, Column.CANDIDATE, ideas=ideas, at=quarter.opened_at)
            for ideas in self.pool.take(State.CANDIDATE, 12 - len(rows))
        ]
        rows.append(self.place_poll(quarter))
        rows = [row for row in rows if row]
        self.ask(next((row.item for row in rows if row.item.evidence.filter(idea__isnull=False).exists()), None))
        for number, row in enumerate(rows):
            late = number in (3, 7)
            self.score(
                quarter, row, self.members[2:] if late else self.members, at=quarter.revealed_at - timedelta(hours=9)
            )
        sort_by_score(quarter)
        ranked = sorted(rows, key=lambda row: Placement.objects.get(pk=row.pk).rank)
        columns = (
            [Column.THIS_QUARTER] * 5 + [Column.NEXT] * 2 + [Column.CANDIDATE] * 3 + [Column.LATER, Column.NOT_RETAINED]
        )
        for row, column in zip(ranked, columns, strict=False):
            why = self.why(column, row.item) if column in WHY else ""
            Placement.objects.filter(pk=row.pk).update(column=column, reason=why)
        now = list(quarter.placements.in_column(Column.THIS_QUARTER).order_by("rank"))
        # The last card of the column does not fit any more: the line is drawn before it.
        quarter.capacity = sum(row.effort for row in now[:-1]) + min(2, now[-1].effort - 1 if now else 2)
        quarter.save(update_fields=["capacity"])

    def open(self, day: datetime, **fields: Any) -> Quarter:
        quarter = Quarter.objects.create(
            code=_code(day), demand_reference=self.reference, opened_by=self.chair, **fields
        )
        Factor.objects.bulk_create(
            [Factor(quarter=quarter, key=key, weight=weight, position=place)
             for place, (key, weight) in enumerate(DEFAULT_WEIGHTS.items())]
        )  # fmt: skip
        return quarter

    def place(
        self, quarter: Quarter, column: str, *, ideas: list[Idea] | None = None, item: BoardItem | None = None,
        at: datetime | None = None, carried_over: bool = False,
    ) -> Placement:  # fmt: skip
        item = item or self.make(ideas or [], at or quarter.opened_at)
        reason = self.why(column, item) if column in WHY else ""
        return Placement.objects.create(
            quarter=quarter, item=item, column=column, effort=self.random.choice(EFFORTS), reason=reason,
            carried_over=carried_over,
        )  # fmt: skip

    def why(self, column: str, item: BoardItem) -> str:
        """The public reason; the ideas' timelines are known while they are fresh from the pool."""
        return self.pool.why(column, self.ideas_of.get(item.pk, []), demand_of([item.pk])[item.pk].people)

    def make(self, ideas: list[Idea], at: datetime) -> BoardItem:
        first = ideas[0]
        item = BoardItem.objects.create(
            title=first.title[:TITLE_MAX], summary=excerpt(first.body, 320), owner=self.owner, created_at=at
        )
        self.ideas_of[item.pk] = ideas
        Evidence.objects.bulk_create(
            [Evidence(item=item, idea=idea, added_by=self.owner, added_at=at) for idea in ideas]
        )
        if len(self.ideas_of) % 2:
            said = HEARD[len(self.ideas_of) // 2 % len(HEARD)]
            Evidence.objects.create(
                item=item, kind=EvidenceKind.NOTE, note=said, weight=0, added_by=self.owner, added_at=at
            )
        return item

    def place_poll(self, quarter: Quarter) -> Placement | None:
        """The welcome offer: its evidence is a poll."""
        poll = Poll.objects.filter(decided_at__isnull=False).order_by("-decided_at").first()
        if poll is None:
            return None
        at = quarter.opened_at
        item = BoardItem.objects.create(
            title="L’offre de bienvenue choisie par vos bulletins", summary=excerpt(poll.decision, 320), owner=self.owner,
            created_at=at,
        )  # fmt: skip
        Evidence.objects.create(
            item=item, kind=EvidenceKind.POLL, poll=poll, weight=0, added_by=self.owner, added_at=at
        )
        return self.place(quarter, Column.CANDIDATE, item=item)

    def ask(self, item: BoardItem | None) -> None:
        """A subject about which members are asked, as “ask members” makes the poll of it: it is open, and speaks for the subject."""
        if item is None:
            return
        told = {
            "title": f"{item.title} : cela vous servirait-il ?", "intro": item.summary, "state": PollState.OPEN, "opened": 5,
            "closes": 11, "turnout": 0.35, "spare": ["cliente", "prospect"],
            "questions": [{"shuffled": False, "options": [(text, "") for text in ASKED], "lean": leaning.one(61, 24, 15)}],
        }  # fmt: skip
        # Draws of its own: the notes that follow stay as they were.
        random = Random(f"{self.demo.seed}, members asked")  # noqa: S311 - the same demo each time, not a secret
        poll = methods.write(self.demo, random, told)
        recount(poll)
        Evidence.objects.create(
            item=item, kind=EvidenceKind.POLL, poll=poll, weight=0, added_by=self.owner, added_at=poll.created_at
        )

    def score(self, quarter: Quarter, row: Placement, members: list[Member], *, at: datetime) -> None:
        """Notes around what the column says, with disagreements; now and then an abstention."""
        aim = {Column.THIS_QUARTER: 3.9, Column.NEXT: 3.2, Column.LATER: 2.6, Column.NOT_RETAINED: 1.7}.get(row.column)
        aim = self.random.uniform(1.8, 4.3) if aim is None else aim
        lean = {key: self.random.uniform(-0.9, 0.9) for key in SCORED}
        lean[FactorKey.REGULATORY] -= 1.2
        scores = []
        for member in members:
            away = self.random.random() < 0.04
            for key in SCORED:
                note = min(5, max(0, round(self.random.gauss(aim + lean[key], 0.8))))
                value = None if away else note
                scores.append(Score(quarter=quarter, item=row.item, member=member, factor=key, value=value, at=at))
        Score.objects.bulk_create(scores)

    def close(self, quarter: Quarter, published_at: datetime) -> None:
        """Freeze two days before, with the chair's hand, and publish with another's."""
        sort_by_score(quarter)
        effort = sum(row.effort for row in quarter.placements.in_column(Column.THIS_QUARTER))
        quarter.capacity = effort + self.random.choice((1, 2, 3))
        quarter.save(update_fields=["capacity"])
        quarter.state, quarter.frozen_by = QuarterState.FROZEN, self.chair
        quarter.frozen_at = published_at - timedelta(days=2)
        keep(quarter)
        quarter.state, quarter.published_by, quarter.published_at = QuarterState.PUBLISHED, self.second, published_at
        quarter.save(update_fields=["state", "published_by", "published_at"])
