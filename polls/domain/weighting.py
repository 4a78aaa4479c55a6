"""Weights: what part of the bank's real audience each age and product is, read from a file of the bank's own figures.

Ballots are then counted by them too (post-stratification), beside the raw count, never instead of it.
"""

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, BinaryIO

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.errors import ImpossibleMove, Invalid, require
from core.events import publish
from core.suppressing import hide_small
from members.models import Member
from members.states import AgeBand, Product

from ..events import PollWeighted
from ..models import AudienceShare, Poll, Tally
from ..permissions import can_run_polls
from ..states import Dimension, Key, State
from .tallying import STRATA, recount

COLUMNS = {
    "age": {"age", "age band", "tranche d'age"},
    "product": {"product", "produit"},
    "share": {
        "share",
        "part",
        "pourcentage",
        "percentage",
        "percent",
        "%",
        "part %",
        "share %",
        "part (%)",
        "share (%)",
    },
}
NOBODYS = {"", "-", "not said", "non dit", "non renseigne", "unknown", "inconnu", "none", "aucun"}
PRODUCTS = {
    "account": {"current account", "compte courant", "compte"},
    "savings": {"epargne", "livret"},
    "loan": {"credit", "pret", "emprunt"},
    "invest": {"investments", "investissement", "investissements", "placements", "bourse"},
    "insurance": {"assurance", "assurances"},
}
SENIORS = {"60+", "60 +", "60 et plus", "60 ans et plus", "60 and over", "60-"}
NOT_SAID, NO_PRODUCT = pgettext_lazy("age", "Not said"), pgettext_lazy("product", "None")
TOLERANCE = Decimal("0.005")  # of the sum, which is 1
LONGEST, MOST_ROWS = 20_000, len(STRATA)
MOST_BYTES = 80_000  # of a file
REFUSED = gettext_lazy("The file was not taken: mend these lines and send it again.")


class BadWeights(Invalid):
    """The file as a whole, or some of its lines: `extra["lines"]` is [{"line": 3, "message": …}]."""

    code = "bad_weights"
    message = REFUSED

    def __init__(self, *faults: tuple[int, str]):
        super().__init__(
            faults[0][1] if len(faults) == 1 and not faults[0][0] else None, field="file",
            extra={"lines": [{"line": line, "message": str(message)} for line, message in faults if line]},
        )  # fmt: skip


class WeightsStand(ImpossibleMove):
    code = "weights_stand"
    message = gettext_lazy(
        "The weighted result was there to be read: another one of the same ballots would tell what small groups chose. "
        "The weights can be taken away, and not replaced."
    )


@dataclass(frozen=True)
class Stratum:
    """An age and a product, either "" for who did not say or has none; `share` is between 0 and 1."""

    age_band: str
    product: str
    share: Decimal
    line: int = 0


@transaction.atomic
def set_weights(poll: Poll, csv_text: str, *, by: Member) -> Poll:
    """Weigh the poll by the shares of the file, which replace those it had; recounted under the poll's lock.

    Until the decision, and once their result is read (after a close) no more: two weighted results of the same ballots would tell
    what small groups chose. Raises NotAllowed, ImpossibleMove, WeightsStand, BadWeights.
    """
    require(can_run_polls(by))
    strata = read_weights(csv_text)
    poll = _locked(poll)
    require(may_weigh(poll), WeightsStand())
    poll.audience_shares.all().delete()
    AudienceShare.objects.bulk_create(
        AudienceShare(poll=poll, age_band=row.age_band, product=row.product, share=row.share) for row in strata
    )
    return _weighed(poll, len(strata), by)


@transaction.atomic
def drop_weights(poll: Poll, *, by: Member) -> Poll:
    """Take the weights away again: the raw count stands alone. After a close they do not come back."""
    require(can_run_polls(by))
    poll = _locked(poll)
    poll.weights_dropped = poll.weights_dropped or (poll.weighted and _is_read(poll))
    poll.audience_shares.all().delete()
    Tally.objects.filter(poll=poll, dimension=Dimension.STRATUM).delete()
    return _weighed(poll, 0, by)


def _locked(poll: Poll) -> Poll:
    poll = Poll.objects.select_for_update().get(pk=poll.pk)
    if poll.state == State.DECIDED:
        raise ImpossibleMove(_("The decision is published: the figures it rests on no longer change."))
    return poll


def may_weigh(poll: Poll) -> bool:
    """Whether weights can be put in, for as long as nothing is decided: not in the place of others whose result was read."""
    return not (poll.weights_dropped or (poll.weighted and _is_read(poll)))


def _is_read(poll: Poll) -> bool:
    """Whether a weighted result was there to be read: since a close, a first one too."""
    return poll.is_over or poll.reopened_at is not None


def _weighed(poll: Poll, strata: int, by: Member) -> Poll:
    poll.weighted = bool(strata)
    poll.save(update_fields=["weighted", "weights_dropped"])
    if poll.state != State.DRAFT:
        recount(poll)
    publish(PollWeighted(poll_id=poll.pk, strata=strata), by=by)
    return poll


def text_of(file: BinaryIO) -> str:
    """What stands in a file of weights, in UTF-8 or as older spreadsheets write it."""
    raw = file.read(MOST_BYTES)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")


def read_weights(text: str) -> list[Stratum]:
    """The strata of a file: columns age, product, share, in French or English, with commas, semicolons or tabs, in percent or
    parts of 1. They sum to 1: what the file's rounding left is spread over them.

    Raises BadWeights with every line at fault.
    """
    text = text.removeprefix("\ufeff")
    if not text.strip():
        raise BadWeights((0, _("The file is empty. Start from the template.")))
    if len(text) > LONGEST or "\x00" in text:
        raise BadWeights((0, _("This is no table of weights. Start from the template.")))
    lines = _lines(text)
    places = _places(lines[0][1])
    rows, faults = [], []
    if len(lines) - 1 > MOST_ROWS:
        raise BadWeights((0, _("There are more lines than ages and products. Start from the template.")))
    percent = _is_percent(lines, places)
    for number, cells in lines[1:]:
        if len(cells) > places["share"] and not cells[places["share"]]:
            continue  # a line of the template that was left without a figure
        try:
            rows.append(_stratum(number, cells, places, percent))
        except ValueError as error:
            faults.append((number, str(error)))
    faults += _doubles(rows)
    if faults:
        raise BadWeights(*sorted(faults))
    return _adjusted(rows)


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """The lines that hold something, with their number as an editor shows it; the delimiter is the head's own."""
    head = next(line for line in text.splitlines() if line.strip())
    delimiter = max(";,\t", key=head.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        lines = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error as error:
        raise BadWeights((0, _("This is no table of weights. Start from the template."))) from error
    return [(number, row) for number, row in lines if any(row)]


def _plain(text: str) -> str:
    """Lower case, without accents, with plain dashes, apostrophes and spaces: « Tranche d’âge » is `tranche d'age`."""
    text = unicodedata.normalize("NFKD", text.strip().casefold())
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    for sign, plain in (("–", "-"), ("—", "-"), ("‑", "-"), ("’", "'")):
        text = text.replace(sign, plain)
    return " ".join(text.split())


def _places(head: Sequence[str]) -> dict[str, int]:
    names = [_plain(cell) for cell in head]
    places = {}
    for column, known in COLUMNS.items():
        place = next((place for place, name in enumerate(names) if name in known), None)
        if place is None:
            message = _("The first line must name the columns age, product and share.")
            raise BadWeights((0, message))
        places[column] = place
    return places


def _number(text: str) -> Decimal:
    for sign in ("%", " ", "\xa0", "\u202f"):
        text = text.replace(sign, "")
    try:
        number = Decimal(text.replace(",", "."))
    except InvalidOperation as error:
        raise ValueError(_("The share is not a number.")) from error
    if not number.is_finite():
        raise ValueError(_("The share is not a number."))
    return number


def _is_percent(lines: list, places: dict[str, int]) -> bool:
    """In percent where a cell says so, or where the numbers sum to more than parts of 1 do."""
    cells = [row[places["share"]] for _number_of_line, row in lines[1:] if len(row) > places["share"]]
    if any("%" in cell for cell in [*cells, lines[0][1][places["share"]]]):
        return True
    total = Decimal(0)
    for cell in cells:
        try:
            total += max(_number(cell), Decimal(0))
        except ValueError:
            continue
    return total > Decimal("1.5")


def _stratum(number: int, cells: list[str], places: dict[str, int], percent: bool) -> Stratum:
    if len(cells) <= max(places.values()):
        raise ValueError(_("A column is missing."))
    age, product = _age(cells[places["age"]]), _product(cells[places["product"]])
    share = _number(cells[places["share"]])
    share = share / 100 if percent else share
    if share <= 0:
        raise ValueError(_("A share is more than 0: leave the line out otherwise."))
    if share > 1:
        raise ValueError(_("A share is at most the whole."))
    return Stratum(age, product, share, number)


def _age(text: str) -> str:
    said = _plain(text).replace("ans", "").replace(" a ", "-").replace(" to ", "-").strip()
    if said in NOBODYS:
        return ""
    if said in SENIORS or _plain(text) in SENIORS:
        return AgeBand.SENIOR
    said = said.replace(" ", "")
    if said in AgeBand.values:
        return said
    known = ", ".join(AgeBand.values)
    raise ValueError(_("“%(age)s” is no age band. Write %(known)s, or nothing.") % {"age": text[:40], "known": known})


def _product(text: str) -> str:
    said = _plain(text)
    if said in NOBODYS:
        return ""
    found = next((code for code, names in PRODUCTS.items() if said == code or said in names), None)
    if found is None:
        known = ", ".join(Product.values)
        message = _("“%(product)s” is no product. Write %(known)s, or nothing.")
        raise ValueError(message % {"product": text[:40], "known": known})
    return found


def _doubles(rows: list[Stratum]) -> list[tuple[int, str]]:
    first: dict[tuple[str, str], int] = {}
    faults = []
    for row in rows:
        known = first.setdefault((row.age_band, row.product), row.line)
        if known != row.line:
            faults.append((row.line, _("This age and product stand on line %(line)d already.") % {"line": known}))
    return faults


def _adjusted(rows: list[Stratum]) -> list[Stratum]:
    if not rows:
        raise BadWeights((0, _("The file holds no line of figures. Start from the template.")))
    total = sum(row.share for row in rows)
    if abs(total - 1) > TOLERANCE:
        percent = f"{100 * total:.1f}"
        raise BadWeights((0, _("The shares sum to %(total)s %%, and must sum to 100 %%.") % {"total": percent}))
    step = Decimal("0.00000001")
    return [Stratum(row.age_band, row.product, max((row.share / total).quantize(step), step), row.line) for row in rows]


@dataclass(frozen=True)
class Weighing:
    """A stratum with the share the bank gave it (None: none) and its part of the ballots (None: too few to be shown)."""

    age_band: str
    product_code: str
    age: Any
    product: Any
    share: float | None  # of 100
    ballots: int | None
    sample: float | None  # of 100


def strata_of(poll: Poll) -> list[Weighing]:
    """The strata that have a weight or ballots, beside their part of the sample: after the close, and no group of under 5 people.

    Two queries for a weighted poll, none for another.
    """
    if not poll.weighted:
        return []
    shares = {row.stratum: 100 * float(row.share) for row in AudienceShare.objects.filter(poll=poll)}
    counted = Tally.objects.filter(
        poll=poll, question__isnull=True, option__isnull=True, dimension=Dimension.STRATUM, key=Key.VOTES
    )
    counts = dict(counted.values_list("cell", "count")) if poll.is_counted else {}
    known = [stratum for stratum in STRATA if stratum in shares or counts.get(stratum)]
    whole = sum(counts.values())
    shown = hide_small([counts.get(stratum, 0) for stratum in known], settings.LAB["SMALLEST_CELL"])
    ages, products = dict(AgeBand.choices), dict(Product.choices)
    found = []
    for stratum, ballots in zip(known, shown, strict=True):
        band, code = stratum.split("/")
        ballots = ballots if poll.is_counted else None
        sample = 100 * ballots / whole if ballots is not None and whole else None
        age, product = ages.get(band, NOT_SAID), products.get(code, NO_PRODUCT)
        found.append(Weighing(band, code, age, product, shares.get(stratum), ballots, sample))
    return found


def template() -> list[list[str]]:
    """A file to start from: its head, and a line for each stratum that members can be in, without figures."""
    return [[_("age"), _("product"), _("share")], *([*stratum.split("/"), ""] for stratum in STRATA)]
