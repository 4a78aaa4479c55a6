"""What stands on the desk: `a_tag()`, `a_template()`, `a_question(expert)`, `a_suggestion()`."""

from datetime import timedelta

from django.utils import timezone

from ideas.domain.routing import route_to_expert
from ideas.domain.templating import write_template
from ideas.models import AnswerTemplate, MergeSuggestion, Routing, Tag

from .ideas import an_idea
from .members import a_product_owner
from .naming import serials

_serials = serials()
QUESTION = "Peut-on bloquer la carte sans casser le paiement mobile ?"


def a_tag(name: str = "", **fields) -> Tag:
    serial = next(_serials)
    fields.setdefault("slug", f"etiquette-{serial}")
    fields.setdefault("name_fr", name or f"Étiquette {serial}")
    fields.setdefault("name_en", name or f"Tag {serial}")
    return Tag.objects.create(**fields)


def a_template(
    body_fr: str = "Bonjour {prenom},\n\nMerci pour « {idee} ». Réponse de l’équipe {equipe}.", **fields
) -> AnswerTemplate:
    serial = next(_serials)
    fields.setdefault("name_fr", f"Modèle {serial}")
    fields.setdefault("name_en", f"Template {serial}")
    return write_template(body_fr=body_fr, by=fields.pop("by", None) or a_product_owner(), **fields)


def a_question(expert, idea=None, *, days: int = 5, by=None) -> Routing:
    due = timezone.localdate() + timedelta(days=max(days, 0))
    routing = route_to_expert(idea or an_idea(), expert, question=QUESTION, due_on=due, by=by or a_product_owner())
    if days < 0:
        Routing.objects.filter(pk=routing.pk).update(due_on=timezone.localdate() + timedelta(days=days))
        routing.refresh_from_db()
    return routing


def a_suggestion(duplicate=None, canonical=None, *, score: int = 80, **fields) -> MergeSuggestion:
    fields.setdefault("expires_at", timezone.now() + timedelta(days=30))
    return MergeSuggestion.objects.create(
        duplicate=duplicate or an_idea(), canonical=canonical or an_idea(), score=score, **fields
    )
