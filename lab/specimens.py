"""Plain values for the living style guide: every component in every state, with nothing read from the database."""

import datetime as dt
from types import SimpleNamespace as Thing

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts import (
    Bar,
    Curve,
    Matrix,
    PairedBars,
    PairedRow,
    Round,
    Rounds,
    Spread,
    SpreadRow,
    Stacked,
    StackedRow,
    Standing,
)  # fmt: skip
from core.templatetags.ui import STATES
from core.words import number

from .forms import specimen_form

COLOURS = ("paper", "sheet", "well", "ink", "ink-soft", "ink-faint")
COLOURS += ("rule", "edge", "brand", "brand-wash", "part", "part-wash")


def idea(title, body, state, category, score, comments, author, days, **more):
    return Thing(
        title=title,
        body=body,
        public_id=f"specimen-{state}",
        get_absolute_url="#sg-slips",
        state=state,
        category=Thing(name=category),
        vote_score=score,
        comment_count=comments,
        author=author,
        created_at=timezone.now() - dt.timedelta(days=days),
        **{"my_vote": False, **more},
    )


def ideas():
    return {
        "plain": idea(
            _("Book a meeting at the branch without going through the switchboard"),
            _("Choose a slot with my adviser, as one does at the doctor’s."),
            "under_review",
            _("Branch"),
            287,
            43,
            "Odile 29",
            22,
        ),
        "mine": idea(
            _("Pause my card for a few hours"),
            _("I look for it everywhere, and it is in the other coat."),
            "in_beta",
            _("Cards"),
            1412,
            58,
            "Maëlle R.",
            280,
            my_vote=True,
        ),
        "closed": idea(
            _("Round up my purchases, fill my savings"),
            _("Three coffees, and €2.40 put aside."),
            "delivered",
            _("Savings"),
            503,
            61,
            "Thomas G.",
            330,
        ),
    }


def path():
    today = timezone.localdate()
    ago = lambda days: today - dt.timedelta(days=days)  # noqa: E731
    return [
        {"state": "new", "at": ago(280), "text": _("Published by Maëlle R.")},
        {"state": "under_review", "at": ago(273), "text": _("Handed to the cards team.")},
        {"state": "planned", "at": ago(46), "here": True, "text": _("Taken up by the board, third out of seven.")},
        {
            "state": "delivered",
            "ahead": True,
            "when": _("expected in February"),
            "text": _("You will be told that day."),
        },
    ]


def _reactions(useful: int, mine: bool = False) -> dict:
    def one(kind, label, icon, count, mine=False):
        return {"kind": kind, "label": label, "icon": icon, "count": count, "mine": mine}

    first = [one("useful", _("Useful"), "praise", useful, mine), one("thanks", _("Thank you"), "thanks", 4)]
    others = [one("agree", _("I agree"), "check", 0), one("explore", _("Worth a closer look"), "explore", 0)]
    return {"shown": first, "others": others, "action": "#sg-comments"}


def comments():
    at = timezone.now() - dt.timedelta(days=10)
    return {
        "at": at,
        "reactions": _reactions(23),
        "answer": [
            {
                "id": "s2",
                "name": "Claire Le Goff",
                "official": True,
                "at": at + dt.timedelta(days=1),
                "body": _("Yes: a payment already authorised goes through, even with the card on pause."),
                "reactions": _reactions(17, mine=True),
                "reply_url": "#sg-comments",
            }
        ],
    }


def shares():
    return {
        "groups": [_("Customers"), _("Not customers yet")],
        "rows": [
            {"label": _("A year without fees abroad"), "values": [47.3, 44.1]},
            {"label": _("€80 on opening"), "values": [31.2, 35.2]},
            {"label": _("Savings at 4% for six months"), "values": [21.5, None]},
        ],
    }


def _ballots(count):
    return ngettext("%(n)s ballot", "%(n)s ballots", count) % {"n": number(count)}


def charts():
    """The charts of results: with figures, with too few people, and with none at all."""
    long = _("Savings at 4% for six months, up to €10,000, for each account opened this winter")
    names = (_("A year without fees abroad"), _("€80 on opening"), long, _("A box for my receipts"))
    scores = (
        StackedRow(names[0], (4.1, 8.5, 22.4, 33, 32), 3.8, 412, False, 4),
        StackedRow(long, (30, 20, 20, 0, 30), 2.8, 388),
    )
    means = (SpreadRow(names[0], 34.0, 18.2, 32.4, 35.6, 902, True), SpreadRow(names[1], 27.4, 22.0, 26.0, 28.9, 902))
    sides = (_("As voted"), _("Weighted"))
    pairs = tuple(
        PairedRow(name, (Bar(sides[0], raw), Bar(sides[1], weighted)))
        for name, raw, weighted in ((names[0], 45.9, 41.2), (long, 33.0, 37.6), (names[3], 21.1, None))
    )
    first = tuple(Standing(name, count) for name, count in zip(names, (430, 227, 177), strict=False))
    races = (
        Round((*first, Standing(names[3], 153, out=True)), 0),
        Round((Standing(names[0], 480), Standing(names[1], 260), Standing(long, 227, out=True)), 20),
        Round((Standing(names[0], 580, elected=True), Standing(names[1], 360)), 47),
        Round((Standing(names[0], None), Standing(names[1], 7))),
    )
    cells = ((None, 65, 69, 70), (35, None, 56, 59), (31, 44, None, None), (30, 41, None, None))
    start, said = timezone.localdate() - dt.timedelta(days=20), {"count_in_words": _ballots}
    growth = tuple((start + dt.timedelta(days=at), round(1228 * (1 - 0.84 ** (at + 1)))) for at in range(20))
    scale, few = _("From 1 (useless) to 5 (I would use it)."), _("A duel of fewer than five people is not shown.")
    return {
        "scores": Stacked(title=_("Scores"), rows=(*scores, StackedRow(names[3])), note=scale, **said),
        "pairs": PairedBars(title=_("As voted, and weighted"), groups=sides, rows=pairs, **said),
        "means": Spread(title=_("A hundred points"), rows=(*means, SpreadRow(names[3], None)), **said),
        "rounds": Rounds(title=_("Run-off"), rounds=races, **said),
        "duels": Matrix(title=_("Duels, two by two"), names=names, cells=cells, note=few),
        "growth": Curve(title=_("Ballots by day"), points=growth, **said),
        "none": Curve(title=_("No ballot yet")),
    }


def table():
    head = [_("Offer"), _("Customers"), _("Not customers yet")]
    rows = [[_("A year without fees abroad"), 326, 238], [_("€80 on opening"), 215, 190]]
    return {"head": head, "rows": rows}


def links():
    tabs = [
        {"label": _("Overview"), "url": "#sg-finding", "current": True},
        {"label": _("Ideas"), "url": "#sg-finding", "count": 4},
        {"label": _("Settings"), "url": "#sg-finding"},
    ]
    sorts = [
        {"label": _("Right now"), "url": "#sg-finding", "current": True},
        {"label": _("Most supported"), "url": "#sg-finding"},
        {"label": _("Recent"), "url": "#sg-finding"},
    ]
    return {"tabs": tabs, "sorts": sorts}


def ballots():
    """Options of the other kinds of ballot."""
    titles = [
        (_("A transfer one can follow"), _("To know where it is, like a parcel")),
        (_("Meetings online"), _("With one’s adviser, by video")),
        (_("Notes on my purchases"), _("A word to remember by")),
    ]
    options = [{"value": at, "title": title, "text": text} for at, (title, text) in enumerate(titles)]
    gifts = [one["label"] for one in shares()["rows"]] + [_("A box for my receipts")]
    wishes = [_("Pause my card for a few hours"), _("Round up my purchases, fill my savings")]
    return {
        "rank": [option | {"rank": rank, "blank": True} for option, rank in zip(options, (1, 2, None), strict=True)],
        "level": [
            {"value": at, "title": title, "rank": rank, "blank": True}
            for at, (title, rank) in enumerate(zip(gifts, (1, 1, 2, None), strict=True))
        ],
        "unranked": [{"value": at, "title": title} for at, title in enumerate(wishes)],
        "share": [option | {"points": points} for option, points in zip(options, (40, 30, 15), strict=True)],
        "several": [option | {"checked": at == 0} for at, option in enumerate(options)],
        "names": [title for title, _text in titles],
        "duels": [[None, 65, 70], [35, None, 59], [30, 41, None]],
    }


def phases():
    return [
        {"title": _("Call"), "when": "2/11", "text": _("47 proposals already"), "done": True},
        {"title": _("Proposals"), "when": "15/12", "text": _("24 days left"), "here": True},
        {"title": _("Jury"), "when": "10/01", "text": _("It reads everything, then hears six authors")},
    ]


def all_of_them():
    """The style guide's context."""
    now = timezone.now()
    return {
        "states": list(STATES),
        "ideas": ideas(),
        "path": path(),
        "comments": comments(),
        "shares": shares(),
        "table": table(),
        "charts": charts(),
        "links": links(),
        "ballots": ballots(),
        "phases": phases(),
        "colours": COLOURS,
        "in_six_days": now + dt.timedelta(days=6, hours=2),
        "in_three_hours": now + dt.timedelta(hours=3, minutes=5),
        "yesterday": now - dt.timedelta(hours=30),
        "three_weeks_ago": now - dt.timedelta(days=22),
        "receipt": [(_("Cast"), "21/11/2026"), (_("Sealed"), "05/12/2026")],
        "form": specimen_form(),
        "facts": [_("17 of them gathered at a branch"), _("and 6 from the bank, counted apart")],
        "refused": Thing(status=409, code="example"),
    }
