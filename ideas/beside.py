"""What stands beside an idea's title and its votes, on the site and on the desk alike: its tags, and the votes counted apart."""

from dataclasses import dataclass

from django.utils.translation import get_language, ngettext

from core.words import number

from .models import Idea


@dataclass(frozen=True)
class TagShown:
    slug: str
    name: str
    is_public: bool


def tags_of(idea: Idea) -> list[TagShown]:
    """In the order of their names. The idea was read `with_tags`."""
    language = "en" if get_language() == "en" else "fr"
    tags = [TagShown(row["slug"], row[language], bool(row["is_public"])) for row in idea.tag_rows or []]
    return sorted(tags, key=lambda tag: tag.name.casefold())


def votes_apart(idea: Idea) -> list[str]:
    """In words: how many of the votes are the bank's own people's, and how many were recorded for others besides."""
    words = []
    if idea.staff_votes:
        text = ngettext("%(n)s of them works at the bank", "%(n)s of them work at the bank", idea.staff_votes)
        words.append(text % {"n": number(idea.staff_votes)})
    if others := idea.votes_on_behalf_count:
        text = ngettext(
            "and %(n)s person who told us elsewhere, counted apart",
            "and %(n)s people who told us elsewhere, counted apart",
            others,
        )
        words.append(text % {"n": number(others)})
    return words
