"""Many ideas for speed tests: the shapes of real ones (states, themes, long tail of votes), written by the thousand.

Votes are inserted by the database itself: two million rows in Python would take the minutes that this takes seconds for.
"""

from datetime import timedelta
from random import Random

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from members.models import Member

from .. import search
from ..domain.grouping import put_authors_right
from ..domain.measuring import measure_all
from ..domain.tallying import count_all
from ..models import Category, Idea
from ..states import State
from ..votes import trend_of
from .themes import load_themes

BATCH = 2_000
VOTES_EACH = 20
STATES = {
    State.NEW: 30, State.UNDER_REVIEW: 18, State.CANDIDATE: 8, State.PLANNED: 7, State.IN_BETA: 3, State.DELIVERED: 12,
    State.DECLINED: 22,
}  # fmt: skip
WISHES = (
    "Pouvoir modifier", "Recevoir une alerte pour", "Choisir la date de", "Suspendre", "Partager", "Exporter", "Simplifier",
    "Voir en un coup d’œil", "Programmer", "Plafonner", "Retrouver facilement", "Signer à distance", "Comparer", "Regrouper",
    "Annuler en ligne", "Personnaliser", "Rembourser plus vite", "Traduire en langue des signes", "Imprimer", "Classer",
)  # fmt: skip
THINGS = (
    "le virement instantané", "la carte virtuelle", "le relevé mensuel", "le livret d’épargne", "le prêt immobilier",
    "le rendez-vous en agence", "la facture du commerçant", "le chéquier", "le découvert autorisé", "l’assurance habitation",
    "le prélèvement du loyer", "la cagnotte commune", "le compte joint", "la carte de mon ado", "le plafond de paiement",
    "le bénéficiaire enregistré", "l’attestation fiscale", "le code confidentiel", "le distributeur de billets",
    "la messagerie sécurisée", "le portefeuille de titres", "l’arrondi solidaire", "le crédit renouvelable",
    "la note de frais", "le terminal de paiement",
)  # fmt: skip
MOMENTS = (
    "depuis l’appli", "en voyage", "le week-end", "sans appeler", "à deux", "pour mon association", "depuis ma montre",
    "quand je change de téléphone", "avant la fin du mois", "pour mes parents âgés", "en une seule fois", "à l’étranger",
    "pendant les vacances", "avec un lecteur d’écran", "pour un auto-entrepreneur", "hors connexion", "après un vol",
    "pour mes colocataires", "au bureau", "la nuit",
)  # fmt: skip
REASONS = (
    "Aujourd’hui je dois téléphoner et attendre, alors que deux gestes devraient suffire.",
    "Cela m’est arrivé trois fois cette année et chaque fois j’ai perdu une matinée.",
    "Ma conseillère m’aide volontiers, mais elle a mieux à faire que cela.",
    "Une autre banque le propose déjà et mes amis s’en servent toutes les semaines.",
    "Je tiens un petit commerce : chaque minute passée sur les comptes est prise sur le soir.",
    "Je vois mal, et ce que l’écran montre en couleur m’échappe tout à fait.",
)


def load_scale(demo, n: int) -> None:
    """`n` more ideas and twenty votes for each on average, spread over the members there are. Deterministic by a seed."""
    random, now = Random(n), demo.now  # noqa: S311 - the same rows each time, not a secret
    authors = list(Member.objects.living().community().order_by("id").values_list("pk", flat=True))
    load_themes(demo.accounts)
    themes = list(Category.objects.filter(is_active=True).values_list("pk", flat=True))
    first = Idea.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with transaction.atomic():
        search.engine().pause()
        for start in range(0, n, BATCH):
            rows = [_idea(random, now, authors, themes, len(authors)) for _ in range(min(BATCH, n - start))]
            Idea.objects.bulk_create(rows, batch_size=500)
        search.engine().resume()
    with transaction.atomic():
        _vote(first)
    measure_all()
    put_authors_right(Idea.objects.filter(pk__gt=first))
    count_all()
    # What autovacuum does within minutes: index-only reads need the visibility map. No transaction may be open around it.
    tidy = "VACUUM ANALYZE" if connection.vendor == "postgresql" and not connection.in_atomic_block else "ANALYZE"
    with connection.cursor() as cursor:
        for table in ("ideas_idea", "vote_vote"):
            cursor.execute(f"{tidy} {table}")


def _idea(random, now, authors, themes, crowd) -> Idea:
    title = f"{random.choice(WISHES)} {random.choice(THINGS)} {random.choice(MOMENTS)}"
    body = " ".join([f"{title}, voilà ce que j’attends de ma banque.", *random.sample(REASONS, 3)])
    created = now - timedelta(seconds=random.randrange(18 * 30 * 86_400))
    state = random.choices(list(STATES), list(STATES.values()))[0]
    # A long tail: most have a few votes, one in a hundred some hundreds; twenty on average.
    votes = min(int(random.paretovariate(1.12) * 4.1), 2_000, crowd)
    answered = created + timedelta(days=9) if state not in (State.NEW, State.UNDER_REVIEW) else None
    return Idea(
        title=title, body=body, category_id=random.choice(themes), author_id=random.choice(authors), state=state,
        created_at=created, state_since=created, answered_at=answered, vote_score=votes, num_vote_up=votes,
        trend=trend_of(votes, created),
    )  # fmt: skip


def _vote(after: int) -> None:
    """As many rows as each idea's counter says, by members counted from a place of its own: never the same twice."""
    kind = ContentType.objects.get_for_model(Idea).pk
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE scale_member AS SELECT row_number() OVER (ORDER BY id) - 1 AS n, id"
                       " FROM members_member WHERE is_active AND NOT is_staff")  # fmt: skip
        cursor.execute("CREATE UNIQUE INDEX scale_member_n ON scale_member (n)")
        cursor.execute("SELECT count(*) FROM scale_member")
        crowd = cursor.fetchone()[0]
        cursor.execute("CREATE TEMPORARY TABLE scale_number AS SELECT n FROM scale_member WHERE n < 2000")
        cursor.execute("CREATE UNIQUE INDEX scale_number_n ON scale_number (n)")
        cursor.execute(
            "INSERT INTO vote_vote (user_id, content_type_id, object_id, action, create_at)"
            " SELECT m.id, %s, i.id, 0, i.created_at FROM ideas_idea i"
            " JOIN scale_number k ON k.n < i.vote_score JOIN scale_member m ON m.n = (i.id * 7919 + k.n) %% %s"
            " WHERE i.id > %s",
            [kind, crowd, after],
        )
        cursor.execute("DROP TABLE scale_member")
        cursor.execute("DROP TABLE scale_number")
