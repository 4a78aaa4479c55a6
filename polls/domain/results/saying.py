"""What a test found, in plain words: never more than it says, and a tiny gap called tiny however sure it is."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from core.words import number, percent
from members.states import AgeBand, Kind, Segment

from ...states import Dimension, Method
from ..counting.differing import Size

if TYPE_CHECKING:
    from .differences import Finding

SUBJECTS: dict[tuple[str, str], Any] = {
    (Dimension.KIND, Kind.CUSTOMER): pgettext_lazy("who", "Customers"),
    (Dimension.KIND, Kind.PROSPECT): pgettext_lazy("who", "Prospects"),
    (Dimension.SEGMENT, Segment.PRIVATE): pgettext_lazy("who", "Private individuals"),
    (Dimension.SEGMENT, Segment.PROFESSIONAL): pgettext_lazy("who", "Professionals"),
    (Dimension.SEGMENT, Segment.STUDENT): pgettext_lazy("who", "Students"),
}
NO_DIFFERENCE = gettext_lazy(
    "Nothing here says that these groups see it differently: chance alone shows gaps like these."
)
CHOOSING = {
    Size.NEGLIGIBLE: gettext_lazy(
        "%(who)s choose “%(option)s” barely more often: %(ours)s, against %(others)s of the others. "
        "The gap is real, but tiny."
    ),
    Size.SMALL: gettext_lazy(
        "%(who)s choose “%(option)s” a little more often: %(ours)s, against %(others)s of the others."
    ),
    Size.MEDIUM: gettext_lazy(
        "%(who)s choose “%(option)s” clearly more often: %(ours)s, against %(others)s of the others."
    ),
}
PREFERRING = gettext_lazy("%(who)s clearly prefer “%(option)s”: %(ours)s, against %(others)s of the others.")
RANKING = {
    Size.NEGLIGIBLE: gettext_lazy(
        "%(who)s rank “%(option)s” first barely more often: %(ours)s, against %(others)s of the others. "
        "The gap is real, but tiny."
    ),
    Size.SMALL: gettext_lazy(
        "%(who)s rank “%(option)s” first a little more often: %(ours)s, against %(others)s of the others."
    ),
    Size.MEDIUM: gettext_lazy(
        "%(who)s rank “%(option)s” first clearly more often: %(ours)s, against %(others)s of the others."
    ),
}
SCORING = {
    (Size.NEGLIGIBLE, True): gettext_lazy(
        "%(who)s score “%(option)s” barely higher: %(ours)s on average, against %(others)s for the others. "
        "The gap is real, but tiny."
    ),
    (Size.SMALL, True): gettext_lazy(
        "%(who)s score “%(option)s” a little higher: %(ours)s on average, against %(others)s for the others."
    ),
    (Size.MEDIUM, True): gettext_lazy(
        "%(who)s score “%(option)s” clearly higher: %(ours)s on average, against %(others)s for the others."
    ),
    (Size.NEGLIGIBLE, False): gettext_lazy(
        "%(who)s score “%(option)s” barely lower: %(ours)s on average, against %(others)s for the others. "
        "The gap is real, but tiny."
    ),
    (Size.SMALL, False): gettext_lazy(
        "%(who)s score “%(option)s” a little lower: %(ours)s on average, against %(others)s for the others."
    ),
    (Size.MEDIUM, False): gettext_lazy(
        "%(who)s score “%(option)s” clearly lower: %(ours)s on average, against %(others)s for the others."
    ),
}
GIVING = {
    (Size.NEGLIGIBLE, True): gettext_lazy(
        "%(who)s give “%(option)s” barely more: %(ours)s on average, against %(others)s from the others. "
        "The gap is real, but tiny."
    ),
    (Size.SMALL, True): gettext_lazy(
        "%(who)s give “%(option)s” a little more: %(ours)s on average, against %(others)s from the others."
    ),
    (Size.MEDIUM, True): gettext_lazy(
        "%(who)s give “%(option)s” clearly more: %(ours)s on average, against %(others)s from the others."
    ),
    (Size.NEGLIGIBLE, False): gettext_lazy(
        "%(who)s give “%(option)s” barely less: %(ours)s on average, against %(others)s from the others. "
        "The gap is real, but tiny."
    ),
    (Size.SMALL, False): gettext_lazy(
        "%(who)s give “%(option)s” a little less: %(ours)s on average, against %(others)s from the others."
    ),
    (Size.MEDIUM, False): gettext_lazy(
        "%(who)s give “%(option)s” clearly less: %(ours)s on average, against %(others)s from the others."
    ),
}
SOME_DIFFER = gettext_lazy(
    "These groups do not all see “%(option)s” alike, but none of them stands out from the others for sure."
)

ALL_DIFFER = gettext_lazy("These groups do not all answer alike, but no single gap between them is beyond chance.")


def sentence_of(found: "Finding") -> str:
    if not found.is_real:
        return str(NO_DIFFERENCE)
    if not found.stands_out:
        return SOME_DIFFER % {"option": found.option.text} if found.option else str(ALL_DIFFER)
    size = Size.MEDIUM if found.size == Size.LARGE else found.size
    ours, others = _figures(found, size)
    told = {"who": _who(found), "option": found.standout.text, "ours": ours, "others": others}
    if found.method == Method.SCORE:
        return SCORING[size, found.higher] % told
    if found.method == Method.POINTS:
        return GIVING[size, found.higher] % told
    if found.method == Method.RANKING:
        return RANKING[size] % told
    return (PREFERRING if found.leads and size == Size.MEDIUM else CHOOSING[size]) % told


def _who(found: "Finding") -> str:
    if said := SUBJECTS.get((found.dimension, found.who)):
        return str(said)
    if not found.who:
        return pgettext("who", "Those who did not say their age")
    return pgettext("who", "People aged %(ages)s") % {"ages": AgeBand(found.who).label}


def _figures(found: "Finding", size: str) -> tuple[str, str]:
    """The group's figure and the others', with as many decimals as tell the two apart."""
    if found.method == Method.SCORE:
        return _apart(found.ours, found.others, 1, number)
    if found.method == Method.POINTS:
        return _apart(found.ours, found.others, 1, _points)
    decimals = 1 if size == Size.NEGLIGIBLE else 0
    return percent(100 * found.ours, decimals), percent(100 * found.others, decimals)


def _apart(one: float, other: float, decimals: int, said) -> tuple[str, str]:
    while round(one, decimals) == round(other, decimals) and decimals < 3:
        decimals += 1
    return said(one, decimals), said(other, decimals)


def _points(value: float, decimals: int) -> str:
    return ngettext("%(n)s point", "%(n)s points", 2) % {"n": number(value, decimals)}


def p_of(found: "Finding") -> str:
    """« p < 0,001 » or « p = 0,034 »: a chance that is rounded to nothing is not none."""
    return f"p < {number(0.001, 3)}" if found.p < 0.001 else f"p = {number(found.p, 3)}"


def numbers_of(found: "Finding") -> str:
    """The test behind, for who knows them: its name, its numbers, how large the effect is."""
    test = found.test
    told = {
        "x": number(test.statistic, 1), "df": test.df, "df2": number(test.df2 or 0, 1), "p": p_of(found),
        "effect": number(test.effect, 2),
    }  # fmt: skip
    said = _TESTS[test.kind] % told
    return _("“%(option)s”: %(test)s") % {"option": found.option.text, "test": said} if found.option else said


_TESTS = {
    "chi_square": gettext_lazy("Chi-square %(x)s, %(df)s df, adjusted %(p)s, Cramér’s V %(effect)s."),
    "kruskal_wallis": gettext_lazy("Kruskal–Wallis H %(x)s, %(df)s df, adjusted %(p)s, epsilon-squared %(effect)s."),
    "brown_forsythe": gettext_lazy(
        "Brown–Forsythe F %(x)s, %(df)s and %(df2)s df, adjusted %(p)s, eta-squared %(effect)s."
    ),
}
