"""The demo's promises: themes with figures of their own, one missed and one at risk with who was told, an urgent idea, links."""

from datetime import timedelta

from django.db.models import F

from ..models import Category, Escalation, Idea, OfficialAnswer, Referral, Urgency
from ..states import Escalated, Origin

OWN = {"cartes": (30, 7, 50, 90), "securite": (20, 5, None, None), "credit": (None, 20, None, None)}
URGENT = ("securite", "fraude")
PLACES = (
    (Origin.SEARCH, "google.com", 41), (Origin.SOCIAL, "facebook.com", 26), (Origin.CAMPAIGN, "lettre-du-mois", 63),
    (Origin.SITE, "forum-budget.example", 17), (Origin.MAIL, "mail.orange.example", 9),
)  # fmt: skip


def load_promises(demo) -> None:
    themes = {theme.slug: theme for theme in Category.objects.all()}
    for slug, theme in themes.items():
        theme.manager = demo.accounts["produit" if theme.owner_id == demo.accounts["expert"].pk else "admin"]
        if slug in OWN:
            theme.promise_votes, theme.promise_days, theme.owner_percent, theme.manager_percent = OWN[slug]
    Category.objects.bulk_update(
        themes.values(), ["manager", "promise_votes", "promise_days", "owner_percent", "manager_percent"]
    )
    Idea.objects.filter(promise_due_at__isnull=False).update(
        promise_started_at=F("promise_due_at") - timedelta(days=15)
    )
    _late_answers()
    _escalations(demo)
    _urgent(demo)
    _links(demo)


def _late_answers() -> None:
    """One promised answer in six came after its day."""
    kept = OfficialAnswer.objects.filter(promise_due_at__isnull=False).order_by("at", "id").values_list("pk", flat=True)
    OfficialAnswer.objects.filter(pk__in=list(kept)[::6]).update(promise_due_at=F("at") - timedelta(days=3))


def _escalations(demo) -> None:
    running = Idea.objects.filter(promise_due_at__isnull=False, answered_at__isnull=True).select_related("category")
    rows = []
    for idea in running.order_by("promise_due_at")[:2]:
        at = idea.promise_start + (idea.promise_due_at - idea.promise_start) * 0.7
        rows.append(
            Escalation(idea=idea, level=Escalated.OWNER, due_at=idea.promise_due_at, to=idea.category.owner, at=at)
        )
        if idea.promise_due_at < demo.now:
            whom, due = idea.category.manager, idea.promise_due_at
            rows.append(Escalation(idea=idea, level=Escalated.MANAGER, due_at=due, to=whom, at=due))
    Escalation.objects.bulk_create(rows)


def _urgent(demo) -> None:
    theme, words = URGENT
    idea = Idea.objects.filter(category__slug=theme, state="new").order_by("-created_at").first()
    idea = idea or Idea.objects.listed().filter(state="new").order_by("-created_at").first()
    if idea:
        at = demo.ago(hours=2)
        Urgency.objects.create(idea=idea, words=words, at=at)
        Idea.objects.filter(pk=idea.pk).update(urgent_since=at)


def _links(demo) -> None:
    """Where the three most supported ideas were linked from, over a month."""
    rows = []
    for idea in Idea.objects.listed().order_by("-vote_score", "id")[:3]:
        for kind, host, reads in PLACES:
            for back in range(0, 28, 7):
                day = (demo.now - timedelta(days=back + 1)).date()
                rows.append(Referral(idea=idea, day=day, kind=kind, host=host, reads=max(reads // 4 - back // 7, 1)))
    Referral.objects.bulk_create(rows)
