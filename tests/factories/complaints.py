"""`a_complaint()`: opened by the verb, of an idea or a comment; `days_ago` says when that was posted."""

from datetime import timedelta

from django.utils import timezone

from complaints.domain.opening import open_complaint
from complaints.models import Complaint

from .ideas import an_idea
from .members import a_moderator

REASON = "Une cliente conteste des frais et demande leur remboursement."
LETTER = "Bonjour, nous avons bien reçu votre message et nous y répondons au plus vite."
ANSWER = "Bonjour, nous avons relu votre dossier et voici notre décision, avec ses raisons."
MEDIATOR = "Le médiateur, 1 quai du Phare, 29200 Brest, https://mediateur.example/"


def a_complaint(source=None, *, days_ago: float = 1, by=None, **fields) -> Complaint:
    source = source or an_idea(created_at=timezone.now() - timedelta(days=days_ago))
    return open_complaint(source, reason=REASON, by=by or a_moderator(), **fields)
