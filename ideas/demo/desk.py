"""What stands on the desk: tags, templates with their versions, questions to experts, votes on behalf, suggested merges."""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from vote.models import UP, Vote

from ..domain.measuring import measure
from ..domain.suggesting import FROM_SCORE, KEPT
from ..domain.voting import recount
from ..domain.voting_for_others import recount_on_behalf
from ..models import (
    AnswerTemplate,
    Comment,
    Deed,
    Idea,
    IdeaTag,
    MergeSuggestion,
    Routing,
    Tag,
    TemplateVersion,
    VoteOnBehalf,
)
from ..search import likeness
from ..states import AWAITING, Doing, Source
from ..votes import trend_of

TAGS = (
    ("vie-quotidienne", "Vie quotidienne", "Everyday life", True), ("a-l-etranger", "En voyage", "Travelling", True),
    ("sans-smartphone", "Sans smartphone", "Without a smartphone", True), ("gain-rapide", "Gain rapide", "Quick win", False),
    ("risque-conformite", "Risque conformité", "Compliance risk", False), ("a-chiffrer", "À chiffrer", "To be costed", False),
)  # fmt: skip
TEMPLATES = (
    ("Merci, nous étudions", "Thank you, we are looking into it",
     ("Bonjour {prenom},\n\nMerci pour « {idee} ». L’équipe {equipe} l’étudie et vous répond avant le {echeance}.",
      "Bonjour {prenom},\n\nMerci pour « {idee} » : {soutiens} personnes la soutiennent déjà. L’équipe {equipe} l’étudie et vous "
      "répond ici avant le {echeance}."),
     "Hello {prenom},\n\nThank you for “{idee}”: {soutiens} people support it. The {equipe} team is looking into it and answers "
     "here by {echeance}."),
    ("Cela existe déjà", "It is there already",
     ("Bonjour {prenom},\n\nBonne nouvelle : c’est déjà possible. Tout est expliqué ici : {lien}\n\nSi quelque chose vous manque, "
      "dites-le-nous sous cette réponse.",),
     "Hello {prenom},\n\nGood news: this is possible already. It is explained here: {lien}"),
    ("Devant le comité", "Before the board",
     ("Bonjour {prenom},\n\nVotre idée « {idee} » passe devant le comité du {trimestre}. Vous saurez ce jour-là ce qui est décidé, "
      "et pourquoi.",), ""),
)  # fmt: skip
QUESTIONS = (
    ("Ce réglage demande-t-il l’accord de notre prestataire de cartes ? Si oui, sous quel délai ?", -3),
    ("Combien de clients cela concerne-t-il chaque mois ? Une estimation suffit.", 6),
)
ANSWERED = "Le service existe chez notre prestataire : trois semaines de réglages, sans coût par client."
REFERENCES = {
    Source.BRANCH: ("Agence de Quimper, cahier de l’accueil", "Agence de Lille Centre, réunion du mardi"),
    Source.CALL_CENTRE: ("Centre d’appels, motif 312", "Centre d’appels, motif 118"),
    Source.SOCIAL: ("Fil public, message épinglé", "Sondage de la page du Phare"),
}
AGAIN = (  # title, text, the idea of the demo that it repeats
    ("Suspendre la carte d’un salarié en congé", "Quand un salarié part, je voudrais suspendre sa carte le jour même, sans appeler l’agence.",
     "Suspendre la carte de mon salarié"),
    ("La couleur de la carte de chaque enfant", "Mes deux enfants ont la même carte et se trompent. Une couleur chacun "
     "suffirait.", "Choisir la couleur de la carte des enfants"),
    ("Ne pas changer de numéro quand la carte est renouvelée", "Chaque renouvellement oblige à refaire tous mes abonnements. Gardez le "
     "même numéro.", "Garder le même numéro quand la carte est renouvelée"),
)  # fmt: skip
BACKED, COLLEAGUES = 5, ("expert", "moderation", "comite", "presidence")
IN_FRENCH = {Source.BRANCH: "agence", Source.CALL_CENTRE: "centre d’appels", Source.SOCIAL: "réseau social"}
IN_ENGLISH = {Source.BRANCH: "branch", Source.CALL_CENTRE: "call centre", Source.SOCIAL: "social network"}


def load_desk(demo, ideas, public_id) -> None:
    """With a throw of the dice of its own, so that what is loaded after it stays as it was."""
    kept = demo.random.getstate()
    demo.random.seed(f"{demo.seed} desk")
    waiting = sorted((idea for idea in ideas if idea.state in AWAITING), key=lambda idea: idea.title)
    _tags(demo, ideas)
    _templates(demo, public_id)
    _questions(demo, waiting, public_id)
    _on_behalf(demo, waiting, public_id)
    _suggestions(demo, waiting, public_id)
    _staff_votes(demo, waiting)
    demo.random.setstate(kept)


def _tags(demo, ideas) -> None:
    tags = Tag.objects.bulk_create(
        Tag(slug=slug, name_fr=fr, name_en=en, is_public=public) for slug, fr, en, public in TAGS
    )
    by, links = demo.accounts["produit"], []
    for idea in demo.random.sample(ideas, len(ideas) // 3):
        links += [
            IdeaTag(idea=idea, tag=tag, by=by, at=idea.created_at)
            for tag in demo.random.sample(tags, demo.random.choice((1, 1, 2)))
        ]
    IdeaTag.objects.bulk_create(links)


def _templates(demo, public_id) -> None:
    for place, (name_fr, name_en, bodies, english) in enumerate(TEMPLATES):
        owner = demo.accounts["moderation" if place == 1 else "produit"]
        template = AnswerTemplate.objects.create(
            public_id=public_id(demo), name_fr=name_fr, name_en=name_en, owner=owner, version=len(bodies)
        )
        TemplateVersion.objects.bulk_create(
            TemplateVersion(template=template, number=number, body_fr=body, body_en=english if number == len(bodies) else "",
                            by=owner, at=demo.ago(days=90 // number))
            for number, body in enumerate(bodies, 1)
        )  # fmt: skip


def _questions(demo, waiting, public_id) -> None:
    """One late, one to come, one answered."""
    owner, expert = demo.accounts["produit"], demo.accounts["expert"]
    cards = [idea for idea in waiting if idea.category.slug == "cartes"] or waiting
    asked = [*cards[:1], *[idea for idea in waiting if idea not in cards[:1]][:2]]
    for idea, (question, days) in zip(asked, (*QUESTIONS, (QUESTIONS[0][0], 2)), strict=False):
        at = max(demo.ago(days=9), idea.created_at + timedelta(hours=5))
        routing = Routing.objects.create(
            public_id=public_id(demo), idea=idea, asked_by=owner, expert=expert, question=question, at=at,
            due_on=(demo.now + timedelta(days=days)).date(),
        )  # fmt: skip
        _deed(demo, idea, Doing.ROUTED, "question posée à", "question put to", owner, expert, question, at, public_id)
        if idea is asked[-1]:
            routing.answered_at = max(demo.ago(days=2), at)
            routing.note = Comment.objects.create(
                public_id=public_id(demo), idea=idea, author=expert, body=ANSWERED, is_internal=True, is_official=True,
                created_at=routing.answered_at,
            )  # fmt: skip
            routing.save(update_fields=["answered_at", "note"])


def _on_behalf(demo, waiting, public_id) -> None:
    moderator = demo.accounts["moderation"]
    for idea in sorted(waiting, key=lambda idea: -idea.vote_score)[:6]:
        for source in demo.random.sample(list(REFERENCES), 2):
            people, reference = demo.random.randrange(2, 15), demo.random.choice(REFERENCES[source])
            at = max(demo.between(20, 2), idea.created_at + timedelta(hours=8))
            VoteOnBehalf.objects.create(
                public_id=public_id(demo),
                idea=idea,
                source=source,
                people=people,
                reference=reference,
                by=moderator,
                at=at,
            )
            words = (
                f"{people} soutiens pour autrui ({IN_FRENCH[source]})", f"{people} votes on behalf ({IN_ENGLISH[source]})",
            )  # fmt: skip
            _deed(demo, idea, Doing.ON_BEHALF, *words, moderator, None, reference, at, public_id)
        recount_on_behalf(idea)


def _suggestions(demo, waiting, public_id) -> None:
    """Three late-comers that say again what was said before: the background would suggest merging them."""
    known = {idea.title: idea for idea in waiting}
    rows = []
    for place, (title, body, other) in enumerate(AGAIN):
        if other not in known:
            continue
        at = demo.ago(days=place + 1, hours=3)
        idea = Idea.objects.create(
            public_id=public_id(demo), title=title, body=body, category=known[other].category, created_at=at, state_since=at,
            author=demo.random.choice(demo.members or [demo.accounts["cliente"]]), trend=trend_of(0, at),
        )  # fmt: skip
        score = round(100 * likeness(idea.title, other))
        if score >= FROM_SCORE:
            rows.append(MergeSuggestion(
                public_id=public_id(demo), duplicate=idea, canonical=known[other], score=score, at=at, expires_at=at + KEPT,
            ))  # fmt: skip
    MergeSuggestion.objects.bulk_create(rows)


def _staff_votes(demo, waiting) -> None:
    """Colleagues support a few ideas of the queue, as anyone may; their votes are counted apart."""
    kind, rows = ContentType.objects.get_for_model(Idea), []
    backed = demo.random.sample(
        [idea for idea in waiting if idea.created_at < demo.ago(days=12)], min(BACKED, len(waiting))
    )
    for place, idea in enumerate(backed):
        for name in demo.random.sample(COLLEAGUES, 1 + place % 3):
            at = demo.between(10, 1)
            rows.append(
                Vote(user_id=demo.accounts[name].pk, content_type=kind, object_id=idea.pk, action=UP, create_at=at)
            )
    moments = {(row.user_id, row.object_id): row.create_at for row in rows}
    for vote in Vote.objects.bulk_create(rows):
        vote.create_at = moments[(vote.user_id, vote.object_id)]  # the package's column is auto_now_add
    Vote.objects.bulk_update(rows, ["create_at"])
    for idea in backed:
        idea.vote_score = recount(idea)
    measure([idea.pk for idea in backed])


def _deed(demo, idea: Idea, kind, words_fr, words_en, by, whom, reason, at, public_id) -> None:
    Deed.objects.create(
        public_id=public_id(demo), idea=idea, kind=kind, words_fr=words_fr, words_en=words_en, by=by,
        by_role="product_owner" if kind == Doing.ROUTED else "moderator", whom=whom, reason=reason, at=at,
    )  # fmt: skip
