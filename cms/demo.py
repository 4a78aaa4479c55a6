"""The demo's pages: what the frame links to, and five pieces of news, each in both languages; one of them asks a poll."""

import json
import uuid
from datetime import timedelta

from django.utils import timezone

from polls.models import Poll

from .demo_texts import ASKING, ASKS, NEWS, PAGES
from .models import Bank, HomePage, NewsIndexPage, NewsPage, TextPage

INDEX = {
    "fr": ("Nouvelles de l’atelier", "actualites", "Ce que nous changeons, ce que nous ne changeons pas, et pourquoi."),
    "en": ("News from the workshop", "news", "What we change, what we do not, and why."),
}


def load(demo) -> None:
    Bank.objects.update_or_create(
        pk=1,
        defaults={
            "publisher": "Hélène Marzin", "dpo_contact": "dpo@banque-du-phare.example",
            "mediator_contact": "Médiateur de la Banque du Phare, 1 quai de la Lanterne, 29200 Brest",
        },
    )  # fmt: skip
    homes = {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}
    for role, texts in PAGES.items():
        _translated(homes, texts, lambda title, slug, lede, body, role=role: TextPage(
            title=title, slug=slug, lede=lede, body=_stream(body), role=role))  # fmt: skip
    indexes = _translated(homes, INDEX, lambda title, slug, lede: NewsIndexPage(title=title, slug=slug, lede=lede))
    today = timezone.localdate(demo.now)
    for days, art, byline, texts in NEWS:
        _translated(indexes, texts, lambda title, slug, lede, body, days=days, art=art, byline=byline: NewsPage(
            title=title, slug=slug, lede=lede, body=_stream(body), art=art, byline=byline,
            date=today - timedelta(days=days)))  # fmt: skip


def load_last(demo) -> None:
    """A piece of news with a poll in it, which is there only once polls are."""
    poll = Poll.objects.filter(title__startswith=ASKS, circle__isnull=True).first()
    if poll is None:
        return
    indexes = {page.locale.language_code: page for page in NewsIndexPage.objects.select_related("locale")}
    today = timezone.localdate(demo.now)
    _translated(indexes, ASKING, lambda title, slug, lede, before, after: NewsPage(
        title=title, slug=slug, lede=lede, body=_stream([*before, ("poll", poll.pk), *after]), byline="Nadia Kermarrec, appli mobile",
        date=today - timedelta(days=5)))  # fmt: skip


def _translated(parents: dict, texts: dict, make) -> dict:
    """One page per language under the parent of that language, tied by their translation key."""
    key, made = uuid.uuid4(), {}
    for code, values in texts.items():
        parent = parents[code]
        parent.refresh_from_db()
        page = make(*values)
        page.locale, page.translation_key = parent.locale, key
        page.first_published_at = page.last_published_at = timezone.now()
        made[code] = parent.add_child(instance=page)
    return made


def _stream(blocks: list) -> str:
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])
