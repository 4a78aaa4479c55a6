"""Taking rows in as ideas. Each row ends in one of three ways, with a reason; a dry run says the same and writes nothing."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from core.errors import DomainError, require
from core.events import publish
from core.shield import for_public, refuse_private
from members.models import Member

from ...events import IdeasImported
from ...models import BODY_MAX, BODY_MIN, TITLE_MAX, TITLE_MIN, Category, Idea, IdeaMove
from ...models.imported import ImportedIdea, Source
from ...permissions import can_import
from ...states import State, crowd_of
from ...votes import trend_of
from .files import Row
from .mapping import Themes, is_duplicate, state_of

CHUNK = 200
EMAIL = "reprise@lab.invalid"


class Outcome(TextChoices):
    TAKEN = "taken", pgettext_lazy("row of an import", "Imported")
    THERE = "there", pgettext_lazy("row of an import", "Already there")
    REFUSED = "refused", pgettext_lazy("row of an import", "Refused")


@dataclass(frozen=True)
class Line:
    """What became of one row. `title` is empty where it may not be shown (the privacy shield refused it).

    `theme` and `state` are those that the idea gets, for a row that is taken; `unknown` names what the file says of them
    and we do not know ("category", "state"): there they are a guess of ours.
    """

    number: int
    title: str
    outcome: str
    why: str = ""
    url: str = ""
    theme: Category | None = None
    state: str = ""
    unknown: tuple[str, ...] = ()

    @property
    def outcome_label(self) -> str:
        return Outcome(self.outcome).label

    @property
    def state_label(self) -> str:
        return State(self.state).label if self.state else ""


@dataclass
class Report:
    is_dry: bool
    lines: list[Line] = field(default_factory=list)

    def count(self, outcome: str) -> int:
        return sum(line.outcome == outcome for line in self.lines)

    @property
    def taken(self) -> int:
        return self.count(Outcome.TAKEN)

    @property
    def there(self) -> int:
        return self.count(Outcome.THERE)

    @property
    def refused(self) -> int:
        return self.count(Outcome.REFUSED)

    @property
    def of_unknown_theme(self) -> int:
        """Ideas that go to the theme chosen for all others, though the file names one."""
        return sum("category" in line.unknown for line in self.lines)


@dataclass(frozen=True)
class _Ready:
    """A row that has passed every check, in our words."""

    row: Row
    title: str
    body: str
    category: Category
    state: str
    notes: tuple[str, ...]
    unknown: tuple[str, ...]


def import_rows(rows: list[Row], *, source: str, category: Category, by: Any, is_dry: bool = True) -> Report:
    """Make an idea of each row that is not there yet. Run twice, it makes none the second time.

    `category` takes what names no theme of ours. Nobody is told and nobody's account is made: the author of all is one
    system member. Two imports at once cannot double a row either: the database holds source and identifier once.
    """
    require(can_import(by))
    source, report, themes = Source(source), Report(is_dry), Themes()
    seen: set[str] = set()
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        there = _there(source, chunk)
        with transaction.atomic():
            ready = []
            for row in chunk:
                line, one = _looked_at(row, there, seen, themes, source, category)
                report.lines.append(line)
                ready += [one] if one else []
            if ready and not is_dry:
                made = _made(ready, source, by)
                report.lines = [_with_url(line, made) for line in report.lines]
                publish(IdeasImported(source=str(source), ideas=len(made)), by=by)
    return report


def _there(source: str, rows: list[Row]) -> dict[str, str]:
    found = ImportedIdea.objects.filter(source=source, external_id__in=[row.external_id for row in rows])
    return {row.external_id: row.idea.get_absolute_url() for row in found.select_related("idea")}


def _with_url(line: Line, made: dict[int, Idea]) -> Line:
    if line.number not in made:
        return line
    return replace(line, url=made[line.number].get_absolute_url())


def _looked_at(
    row: Row, there: dict[str, str], seen: set[str], themes: Themes, source: str, default: Category
) -> tuple[Line, _Ready | None]:
    def line(outcome: str, why: Any = "", title: str = row.title, url: str = "") -> Line:
        return Line(row.number, title[:TITLE_MAX], outcome, str(why), url)

    if row.external_id in there:
        return line(Outcome.THERE, _("Imported before."), for_public(row.title), there[row.external_id]), None
    if row.external_id in seen:
        return line(Outcome.THERE, _("The file says it twice."), for_public(row.title)), None
    seen.add(row.external_id)
    if is_duplicate(row.state, row.duplicate_of):
        return line(
            Outcome.REFUSED, _("A duplicate of another idea there: only that one is taken."), for_public(row.title)
        ), None
    try:
        # The refusal names the kind of number, never the number; the title that holds it is not shown either.
        refuse_private(title=row.title, body=row.body, author=row.author)
        ready = _readied(row, themes, source, default)
    except DomainError as refusal:
        return line(Outcome.REFUSED, refusal, "" if refusal.code == "private_data" else for_public(row.title)), None
    told = line(Outcome.TAKEN, " ".join(ready.notes), ready.title)
    return replace(told, theme=ready.category, state=ready.state, unknown=ready.unknown), ready


def _readied(row: Row, themes: Themes, source: str, default: Category) -> _Ready:
    title, body, notes, unknown = for_public(row.title), for_public(row.body), [], []
    theme, state = themes.named(row.category), state_of(row.state)
    if theme is None and row.category:
        unknown.append("category")
        names = {"there": for_public(row.category)[:60], "here": default.name}
        notes.append(_("“%(there)s” is no theme of ours: the idea goes to “%(here)s”.") % names)
    if state is None:
        unknown.append("state")
        notes.append(
            _("“%(there)s” is no state that we know: the idea comes as new.") % {"there": for_public(row.state)}
        )
    if title != row.title or body != row.body:
        notes.append(_("An e-mail address or a telephone number was masked."))
    if len(title) < TITLE_MIN:
        raise DomainError(gettext_lazy("The title needs 10 characters at least."), code="too_short", field="title")
    if len(title) > TITLE_MAX:
        body = f"{title}\n\n{body}"
        title = title[: TITLE_MAX - 1].rsplit(" ", 1)[0] + "…"
        notes.append(_("The title was too long: it is cut, and stands whole above the text."))
    if len(body) < BODY_MIN:
        with override("fr"):
            body = (
                body + "\n\n" + _("Taken over from %(source)s, without more words.") % {"source": Source(source).label}
            ).strip()
        notes.append(_("The text was too short: it says where the idea comes from."))
    if len(body) > BODY_MAX:
        body = body[: BODY_MAX - 1].rsplit(" ", 1)[0] + "…"
        notes.append(_("The text was too long: it is cut."))
    if "votes" in row.unread:
        notes.append(_("The number of votes is not readable: it counts as none."))
    if "created_at" in row.unread:
        notes.append(_("The date is not readable or is to come: the idea bears today’s."))
    return _Ready(row, title, body, theme or default, state or State.NEW, tuple(notes), tuple(unknown))


def _made(ready: list[_Ready], source: str, by: Any) -> dict[int, Idea]:
    """The ideas, their rows of origin, and the step that says in what state they came; by the row's number."""
    now, author = timezone.now(), system_author()
    crowd = crowd_of(author.kind, author.segment)
    ideas = Idea.objects.bulk_create([
        Idea(
            title=one.title, body=one.body, category=one.category, author=author, state=one.state,
            created_at=one.row.created_at or now, state_since=one.row.created_at or now,
            trend=trend_of(0, one.row.created_at or now), author_crowd=crowd,
        )
        for one in ready
    ])  # fmt: skip
    ImportedIdea.objects.bulk_create([
        ImportedIdea(
            source=source, external_id=one.row.external_id, idea=idea, author_name=for_public(one.row.author),
            votes=one.row.votes, state_there=for_public(one.row.state), by=by, at=now,
        )
        for one, idea in zip(ready, ideas, strict=True)
    ])  # fmt: skip
    with override("fr"):
        reason = _("State taken over from %(source)s.") % {"source": Source(source).label}
    IdeaMove.objects.bulk_create([
        IdeaMove(
            idea=idea, from_state=State.NEW, to_state=idea.state, reason=reason, by=by, by_role="system", is_silent=True,
            at=now,
        )
        for idea in ideas if idea.state != State.NEW
    ])  # fmt: skip
    return {one.row.number: idea for one, idea in zip(ready, ideas, strict=True)}


def system_author() -> Member:
    """The member in whose name ideas of other tools stand: nobody signs in as it, and it hears of nothing."""
    with override("fr"):
        nickname = str(_("Ideas taken over"))
    author, is_new = Member.objects.get_or_create(
        email=EMAIL, defaults={"nickname": nickname, "is_active": False, "shows_ideas": False}
    )
    if is_new:
        author.set_unusable_password()
        author.save(update_fields=["password"])
    return author
