"""What the studio of the demo holds that members do not see: a draft on its way, and a template that the team keeps."""

from datetime import timedelta
from typing import Any

from django.utils import translation

from members.states import Kind

from ..domain.duplicating import keep_as_template
from ..domain.writing import write_poll
from ..models import Poll
from ..states import Method
from .choosing import at_hour


def write(demo: Any) -> None:
    owner = demo.accounts["produit"]
    with translation.override("fr"):
        write_poll(
            by=owner, title="Écrire à un conseiller : à quelles heures voulez-vous une réponse ?", kinds=[Kind.CUSTOMER],
            intro="Trois conseillères répondent par écrit dans l’appli. Nous pouvons déplacer leurs heures, pas en ajouter.",
            opens_at=at_hour(demo.now + timedelta(days=5), 9), closes_at=at_hour(demo.now + timedelta(days=26), 18),
            questions=[{
                "method": Method.RANKING, "ties": True, "blanks": True, "options": [
                    {"text": "Le soir, de 18 h à 21 h"}, {"text": "Tôt le matin, dès 7 h"}, {"text": "Le samedi"},
                    {"text": "Entre midi et deux"},
                ],
            }],
        )  # fmt: skip
        kept = Poll.objects.filter(title__startswith="Votre dernier rendez-vous", is_template=False).first()
        if kept:
            keep_as_template(kept, by=owner)
