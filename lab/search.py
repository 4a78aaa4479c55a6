"""One search over the site: ideas first, then challenges, polls, beta programmes, news and pages."""

from dataclasses import dataclass

from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from betas.models import Programme
from cms.models import NewsPage, TextPage
from ideas.models import Challenge, Idea
from ideas.presenting import card
from ideas.search import Marker
from ideas.search import search as search_ideas
from polls.models import Poll

SHOWN, SHORTEST, LONGEST = 6, 2, 120


@dataclass(frozen=True)
class Hit:
    """One thing found: where it is, what it says."""

    title: str
    url: str
    text: str
    kind: str
    icon: str
    marked: dict


def search(request):
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST]
    found = len(words) >= SHORTEST
    ideas = (
        search_ideas(Idea.objects.listed(request.user).with_card().with_my_vote(request.user), words)[:SHOWN]
        if found
        else []
    )
    return render(
        request,
        "search.html",
        {
            "words": words,
            "asked": found,
            "signed_out": not request.user.is_authenticated,
            "ideas": [card(idea, request.user, Marker(words)) for idea in ideas],
            "hits": others(request.user, words) if found else [],
        },
    )


def others(user, words: str) -> list[Hit]:
    """What is not an idea, by title or introduction: small tables, so a plain comparison will do."""
    calls = ("title_fr", "title_en", "lede_fr", "lede_en")
    challenges = Challenge.objects.visible_to(user).filter(_says(words, *calls)).order_by("-opens_at", "-id")
    polls = Poll.objects.published().for_audience_of(user).filter(_says(words, "title", "intro"))
    betas = Programme.objects.visible_to(user).listed(user).filter(_says(words, "title", "summary"))
    here = {"locale__language_code": get_language()}
    news = NewsPage.objects.live().filter(_says(words, "title", "lede"), **here).order_by("-date")
    pages = TextPage.objects.live().filter(_says(words, "title", "lede"), **here)
    found = [
        *((row.title, row.get_absolute_url(), row.lede, _("Challenge"), "trophy") for row in challenges[:SHOWN]),
        *((row.title, row.get_absolute_url(), row.intro, _("Poll"), "poll") for row in polls[:SHOWN]),
        *((row.title, row.get_absolute_url(), row.summary, _("Beta test"), "beta") for row in betas[:SHOWN]),
        *((row.title, row.get_url(), row.lede, _("News"), "news") for row in news[:SHOWN]),
        *((row.title, row.get_url(), row.lede, _("Page"), "book") for row in pages[:SHOWN]),
    ]
    marker = Marker(words)
    return [Hit(title, url, text, kind, icon, marker.card(title, text)) for title, url, text, kind, icon in found]


def _says(words: str, *fields: str) -> Q:
    """Every word in one of the fields."""
    condition = Q()
    for word in words.split():
        one = Q()
        for field in fields:
            one |= Q(**{f"{field}__icontains": word})
        condition &= one
    return condition
