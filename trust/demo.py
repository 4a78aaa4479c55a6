"""The demo's moderation: a held idea, a reported comment, a removed one with an appeal pending, a burst of votes set aside.

All of it goes through the verbs, so that statements, cases and events are those of life.
"""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from vote.models import UP, Vote

from core.public_ids import ALPHABET, LENGTH
from ideas.domain.posting import post_idea
from ideas.domain.voting import recount
from ideas.models import Category, Comment, Idea
from ideas.states import Visibility
from members.models import Member

from .domain.appealing import appeal_statement
from .domain.bursts import look_for_bursts
from .domain.deciding import decide
from .domain.reporting import report_content
from .models import Appeal, Case, Report, Statement

BURST = 48
HELD = (
    "Un placement que ma banque devrait proposer",
    "J’ai trouvé un rendement garanti de 12 % par an, tout est expliqué sur www.placement-serein.example. Pourquoi pas ici ?",
)
REMOVED = "Celle du guichet de Quimper, tout le monde la connaît, elle est nulle et je donnerai son nom à qui le veut."
WHY_REMOVED = (
    "Votre commentaire s’en prend à une conseillère que l’on peut reconnaître, et promet de donner son nom. "
    "La charte ne le permet pas (article 4 : on parle de ce qui se passe, pas des personnes)."
)
APPEAL = "Je n’ai donné aucun nom. J’étais en colère après deux heures d’attente ; je veux bien récrire mon message."
REPORTED = "Pour débloquer votre compte plus vite, envoyez-moi votre identifiant en privé, je travaille avec le service client."
REPORTS = (
    ("fraud", "Cette personne se fait passer pour le service client et demande des identifiants.", "Odile Martin"),
    ("fraud", "On m’a écrit la même chose sur une autre messagerie, c’est une arnaque.", "Paul Guivarch"),
)
KEPT = "Le ton est vif, mais la critique porte sur nos délais, pas sur une personne. Nous le laissons en ligne."


def load(demo) -> None:
    people, moderator = demo.members, demo.accounts["moderation"]
    angry, fake = people[7], people[-2]
    _held_idea(demo)
    _comment_removed_and_contested(demo, angry, moderator)
    _comment_reported(demo, fake)
    _report_refused(demo, moderator)
    _burst(demo)


def _held_idea(demo) -> None:
    """A link from an account of three days, which did nothing else."""
    author = Member.objects.create(
        public_id=_key(demo), email="placement@demo.example", nickname="Rente Facile", password="!", kind="prospect",  # noqa: S106
        date_joined=demo.ago(days=3), adult_confirmed_at=demo.ago(days=3),
    )  # fmt: skip
    title, body = HELD
    idea = post_idea(title=title, body=body, category=Category.objects.order_by("position", "id").first(), by=author)
    _back(demo, Idea, idea.pk, public_id=_key(demo), created_at=demo.ago(hours=5), state_since=demo.ago(hours=5))
    Case.objects.filter(kind="idea", subject_id=idea.pk).update(opened_at=demo.ago(hours=5))
    Statement.objects.filter(kind="idea", subject_id=idea.pk).update(at=demo.ago(hours=5))


def _key(demo) -> str:
    return "".join(demo.random.choice(ALPHABET) for _ in range(LENGTH))


def _say(demo, author, body: str, *, days: float) -> Comment:
    """A comment under an idea that is talked about, as it stood before anyone reported it."""
    idea = (
        Idea.objects.listed().filter(circle__isnull=True).order_by("-comment_count", "id")[:6][demo.random.randrange(6)]
    )
    comment = Comment.objects.create(idea=idea, author=author, body=body, created_at=demo.ago(days=days))
    Idea.objects.filter(pk=idea.pk).update(comment_count=idea.comment_count + 1)
    return comment


def _report(demo, comment: Comment, reason: str, explanation: str, name: str, *, days: float) -> Report:
    email = name.lower().replace(" ", ".") + "@exemple.invalid"
    report = report_content(
        url=f"{comment.idea.get_absolute_url()}#comment-{comment.public_id}", reason=reason, explanation=explanation,
        good_faith=True, by=AnonymousUser(), name=name, email=email,
    )  # fmt: skip
    _back(demo, Report, report.pk, created_at=demo.ago(days=days))
    Case.objects.filter(pk=report.case_id, opened_at__gt=demo.ago(days=days)).update(opened_at=demo.ago(days=days))
    return Report.objects.get(pk=report.pk)


def _comment_removed_and_contested(demo, author, moderator) -> None:
    comment = _say(demo, author, REMOVED, days=6)
    report = _report(demo, comment, "insult", "Ce message vise une conseillère précise.", "Maryvonne Le Bris", days=5)
    statement = decide(
        report.case,
        "remove",
        reason=WHY_REMOVED,
        by=moderator,
        rule="article 4",
        with_strike=True,
    )
    _back(demo, Statement, statement.pk, at=demo.ago(days=4.5))
    _back(demo, Report, report.pk, decided_at=demo.ago(days=4.5))
    _back(demo, Case, report.case_id, closed_at=demo.ago(days=4.5))
    appeal = appeal_statement(Statement.objects.get(pk=statement.pk), text=APPEAL, by=author)
    _back(demo, Appeal, appeal.pk, created_at=demo.ago(days=2))
    _back(demo, Case, appeal.case_id, opened_at=demo.ago(days=2))


def _comment_reported(demo, author) -> None:
    comment = _say(demo, author, REPORTED, days=1)
    for place, (reason, explanation, name) in enumerate(REPORTS):
        _report(demo, comment, reason, explanation, name, days=0.4 - place * 0.2)


def _report_refused(demo, moderator) -> None:
    """An older one, decided the same day: the year's figures have a median."""
    comment = Comment.objects.filter(
        visibility=Visibility.PUBLIC, is_official=False, is_internal=False, author__is_staff=False, parent__isnull=True
    ).order_by("id").first()  # fmt: skip
    report = _report(
        demo, comment, "insult", "Je trouve ce commentaire agressif envers la banque.", "Yvon Kerdreux", days=20
    )
    statement = decide(report.case, "keep", reason=KEPT, by=moderator)
    _back(demo, Statement, statement.pk, at=demo.ago(days=19.6))
    _back(demo, Report, report.pk, decided_at=demo.ago(days=19.6))
    _back(demo, Case, report.case_id, closed_at=demo.ago(days=19.6))


def _burst(demo) -> None:
    """Accounts of yesterday on one quiet idea, last night."""
    idea = (
        Idea.objects.listed()
        .open_to_votes()
        .filter(circle__isnull=True, merged_count=0, vote_score__gt=0)
        .order_by("vote_score", "id")
        .first()
    )
    made = Member.objects.bulk_create(
        Member(
            email=f"vague{number}@demo.example", nickname=f"Soutien {number:02}", password="!", kind="prospect",  # noqa: S106
            date_joined=demo.ago(hours=20), adult_confirmed_at=demo.ago(hours=20),
        )
        for number in range(1, BURST + 1)
    )  # fmt: skip
    content_type = ContentType.objects.get_for_model(Idea)
    rows = Vote.objects.bulk_create(
        Vote(user_id=member.pk, content_type=content_type, object_id=idea.pk, action=UP) for member in made
    )
    for place, row in enumerate(rows):
        row.create_at = demo.ago(hours=9) + timedelta(minutes=3 * place)
    Vote.objects.bulk_update(rows, ["create_at"])
    recount(idea)
    look_for_bursts()
    Case.objects.filter(matter="votes").update(opened_at=demo.ago(hours=6))


def _back(demo, model, pk: int, **moments) -> None:
    """Things that happen as the demo loads happened before."""
    model.objects.filter(pk=pk).update(**moments)
