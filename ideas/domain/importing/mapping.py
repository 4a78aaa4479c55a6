"""What the other tools call states and themes, in our words."""

from ...models import Category
from ...search.words import fold, words_of
from ...states import State

STATES = {
    State.NEW: ("", "new", "open", "active", "submitted", "pending", "nouveau", "nouvelle", "ouvert", "ouverte"),
    State.UNDER_REVIEW: ("under review", "reviewing", "in review", "a l etude", "considering", "gathering feedback", "discussion"),
    State.PLANNED: ("planned", "planifiee", "prevu", "started", "in progress", "in development", "en cours",
                    "accepted", "next", "in beta"),
    State.DELIVERED: ("complete", "completed", "done", "shipped", "released", "delivered", "livree", "termine", "implemented"),
    State.DECLINED: ("declined", "closed", "rejected", "won t do", "wont do", "not planned", "non retenue", "refusee", "archived"),
}  # fmt: skip
DUPLICATE = ("duplicate", "merged", "doublon", "fusionnee")


def state_of(text: str) -> str | None:
    """Ours for theirs; None for what is not known."""
    said = " ".join(fold(text).replace("-", " ").replace("_", " ").split())
    return next((state for state, names in STATES.items() if said in names), None)


def is_duplicate(text: str, duplicate_of: str) -> bool:
    return bool(duplicate_of) or fold(text) in DUPLICATE


class Themes:
    """The themes in use by their names (slug, French and English)."""

    def __init__(self) -> None:
        self.by_name: dict[str, Category] = {}
        for theme in Category.objects.filter(is_active=True).order_by("-position"):
            for name in (theme.slug, theme.name_fr, theme.name_en):
                self.by_name[fold(name)] = theme

    def named(self, text: str) -> Category | None:
        whole = self.by_name.get(fold(text.strip()))
        if whole:
            return whole
        for part in text.replace(";", ",").split(","):
            if theme := self.by_name.get(fold(part.strip())):
                return theme
        alike = {words_of(name)[0]: theme for name, theme in self.by_name.items() if len(words_of(name)) == 1}
        return next((alike[word] for word in words_of(text) if word in alike), None)
