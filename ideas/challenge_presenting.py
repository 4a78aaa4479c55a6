"""A challenge as its pages show it: its steps with dates, its terms in plain words, the reader's own part."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from core.words import day, left, moment, percent

from .domain.challenges.entering import who_may_enter
from .models import Challenge, Idea
from .phases import OVER, Phase
from .presenting import Card, card
from .states import AWAITING

MOST_OWN = 50


def steps_of(challenge: Challenge) -> list[dict]:
    """The five steps of `ui/phases.html`. What is left is said at the present one."""
    here = {
        Phase.ANNOUNCED: 0, Phase.POSTING: 1, Phase.VOTING: 2, Phase.JURY: 3, Phase.RESULTS: 4, Phase.ARCHIVED: 4,
    }.get(challenge.phase, -1)  # fmt: skip
    jury_ends = challenge.published_at or challenge.results_at
    rows = [
        (_("Call"), _opens(challenge), _("The rules are published")),
        (_("Ideas"), _until(challenge.posting_ends_at), _("Post yours, or enter one you have")),
        (pgettext("step of a challenge", "Vote"), _until(challenge.voting_ends_at), _("Support those you would use")),
        (_("Jury"), _until(jury_ends), _("Each juror notes alone first")),
        (_("Result"), day(jury_ends) if jury_ends else "", _("Winners, prizes and reasons")),
    ]
    steps = [
        {"title": title, "when": when, "text": text, "done": at < here, "here": at == here}
        for at, (title, when, text) in enumerate(rows)
    ]
    if 0 <= here < 4 and challenge.next_date and challenge.next_date > timezone.now():
        steps[here]["text"] = left(challenge.next_date).capitalize()
    elif challenge.phase == Phase.JURY:
        steps[here]["text"] = _("The jury needs a little longer")
    return steps


def _opens(challenge: Challenge) -> str:
    if not challenge.opens_at:
        return ""
    if challenge.phase in (Phase.DRAFT, Phase.ANNOUNCED):
        return _("opens on %(date)s") % {"date": moment(challenge.opens_at)}
    return _("opened on %(date)s") % {"date": day(challenge.opens_at)}


def _until(at: Any) -> str:
    return _("until %(date)s") % {"date": day(at)} if at else ""


def terms_of(challenge: Challenge) -> list[str]:
    """The rules in one minute: what the challenge's own settings say. The full text is the version in force."""
    number = challenge.entries_per_member
    terms = [_("Open to: %(who)s. People of the bank do not compete.") % {"who": who_may_enter(challenge)}]
    if challenge.adults_only:
        terms.append(_("For adults only."))
    until = {"date": moment(challenge.posting_ends_at)} if challenge.posting_ends_at else {"date": "–"}
    said = ngettext(
        "One idea per person. It can leave the challenge until %(date)s.",
        "%(n)s ideas per person at most. They can leave the challenge until %(date)s.",
        number,
    )
    terms.append(said % (until | {"n": number}))
    terms.append(_("Ideas appear in an order drawn for each reader until the vote ends."))
    shares = {"votes": percent(challenge.vote_share), "jury": percent(100 - challenge.vote_share)}
    terms.append(_("Members’ support counts for %(votes)s, the jury for %(jury)s.") % shares)
    terms.append(
        _(
            "Support counts from the opening to the end of the vote; afterwards an idea can still be supported for itself."
        )
    )
    return terms


def cards_of(challenge: Challenge, ideas: list[Idea], user: Any) -> list[Card]:
    """Once the vote has ended, each card shows what counted, closed; the idea's own page still takes support."""
    cards = []
    for idea in ideas:
        if idea.votes_counted is not None:
            idea.vote_score = idea.votes_counted
        shown = card(idea, user)
        is_closed = shown.closed or challenge.phase in (Phase.JURY, *OVER)
        cards.append(Card(shown.idea, shown.action, is_closed, shown.mine, "", "", None))
    return cards


def own_ideas(challenge: Challenge, user: Any) -> dict[str, list[Idea]]:
    """The reader's ideas: those in this challenge, and those that could still enter. One query."""
    if not user.is_authenticated or challenge.phase != Phase.POSTING:
        return {"entered": [], "could_enter": []}
    ideas = Idea.objects.written_by(user).visible_to(user).select_related("entry").order_by("-created_at", "-id")
    found: dict[str, list[Idea]] = {"entered": [], "could_enter": []}
    for idea in ideas[:MOST_OWN]:
        entry = getattr(idea, "entry", None)
        if entry and entry.challenge_id == challenge.pk:
            found["entered"].append(idea)
        elif not entry and idea.state in AWAITING and idea.circle_id == challenge.circle_id:
            found["could_enter"].append(idea)
    return found


def winners_of(challenge: Challenge) -> list:
    """Winners with their prize, once the results are published. An idea hidden since is not shown."""
    if challenge.phase not in OVER:
        return []
    winners = challenge.winners.select_related("entry__idea__author").defer("entry__idea__author__password")
    winners = winners.select_related("entry__idea__category")
    winners = [winner for winner in winners if winner.entry.idea.is_shown_to(challenge.circle_id)]
    for winner in winners:
        winner.prize = challenge.prizes[winner.rank - 1] if winner.rank <= len(challenge.prizes) else ""
    return winners
