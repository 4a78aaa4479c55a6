"""Ideas that were changed, and one that its author took back."""

from datetime import timedelta

from django.utils import timezone

from ..models import Idea, IdeaVersion, Withdrawal
from ..states import State, Visibility
from ..votes import trend_of

FIRST_WORDS = "Ce serait bien d’avoir cela dans l’appli. "
WITHDRAWN = (
    "Une enveloppe « vacances » qui se remplit seule",
    "Chaque mois, ce qui reste la veille de la paie irait dans une enveloppe pour les vacances, sans que j’y pense.",
    "Je viens de découvrir que l’épargne automatique le fait déjà.",
)


def load_changes(demo, public_id) -> None:
    """Three young ideas with their earlier texts, and a withdrawn one."""
    young = [idea for idea in demo.ideas.values() if idea.state == State.NEW][:3]
    rows = []
    for place, idea in enumerate(young, 1):
        texts = [FIRST_WORDS + idea.body.partition(". ")[0] + ".", FIRST_WORDS + idea.body, idea.body][
            -(2 + place % 2) :
        ]
        span = (timezone.now() - idea.created_at) / 20
        for number, text in enumerate(texts, 1):
            rows.append(IdeaVersion(
                idea=idea, number=number, title=idea.title, body=text, category_id=idea.category_id,
                at=idea.created_at + span * (number - 1),
            ))  # fmt: skip
        idea.edited_at = rows[-1].at
    IdeaVersion.objects.bulk_create(rows)
    Idea.objects.bulk_update(young, ["edited_at"])
    _withdrawn(demo, public_id(demo))


def _withdrawn(demo, key: str) -> None:
    title, body, reason = WITHDRAWN
    posted = demo.ago(days=12)
    theme = next(iter(demo.ideas.values())).category
    idea = Idea.objects.create(
        public_id=key, title=title, body=body, category=theme, author=demo.accounts["cliente"], created_at=posted,
        state_since=posted, trend=trend_of(0, posted), visibility=Visibility.WITHDRAWN,
    )  # fmt: skip
    Withdrawal.objects.create(idea=idea, reason=reason, at=posted + timedelta(days=3))
