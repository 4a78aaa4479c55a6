"""What is said of challenges. What the jury noted is said to nobody; winners once they are public."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from core.text import excerpt
from core.words import left
from ideas.models import Challenge, ChallengeRules, ChallengeWinner, Juror
from ideas.permissions import can_see_challenge
from ideas.phases import OVER, Phase

from . import SPEAKERS, Said, Speaker, found


def load(rows: list) -> dict[str, Any]:
    keys = {row.subject_id for row in rows}
    rules = {row.payload.get("number") for row in rows if row.kind == "challenge_rules"}
    won = ChallengeWinner.objects.filter(challenge__in=keys).select_related("entry__idea") if keys else ()
    return {
        "challenge": found(Challenge.objects, keys),
        "winners": [winner for winner in won if "challenge_results" in {row.kind for row in rows}],
        "seats": set(Juror.objects.filter(challenge__in=keys).values_list("challenge_id", "member_id")),
        "changes": {
            (version.challenge_id, version.number): version
            for version in (ChallengeRules.objects.filter(challenge__in=keys, number__in=rules) if rules else ())
        },
    }


def say(row: Any, loaded: dict[str, Any], reader: Any) -> Said | None:
    challenge = loaded["challenge"].get(row.subject_id)
    wording = WORDINGS.get(row.kind)
    if challenge is None or wording is None:
        return None
    if row.kind == "juror_invited":
        return _invited(challenge, loaded, reader)
    if not can_see_challenge(reader, challenge):
        return None
    return wording(row, challenge, loaded, reader)


def _opened(row, challenge, loaded, reader) -> Said:
    return _said(challenge, _("A challenge for you is open"), challenge.lede)


def _closes(row, challenge, loaded, reader) -> Said:
    body = _("It takes no more ideas. You can still support those that entered.")
    if challenge.phase == Phase.POSTING:
        body = left(challenge.posting_ends_at).capitalize()
    return _said(challenge, _("Last days to take up a challenge"), body)


def _rules(row, challenge, loaded, reader) -> Said:
    version = loaded["changes"].get((challenge.pk, row.payload.get("number")))
    body = _("Read them and accept them: your idea can win once you have.")
    changes = f"{excerpt(version.changes, 240)} {body}" if version and version.changes else body
    return _said(challenge, _("The rules of your challenge have changed"), changes, "warning", "is-candidate")


def _results(row, challenge, loaded, reader) -> Said | None:
    if challenge.phase not in OVER:
        return None
    winners = [winner for winner in loaded["winners"] if winner.challenge_id == challenge.pk]
    mine = next((winner for winner in winners if winner.entry.idea.author_id == reader.pk), None)
    if mine:
        return _said(challenge, _("Your idea wins: congratulations!"), excerpt(mine.reason, 240), css="is-delivered")
    body = ", ".join(
        winner.entry.idea.title for winner in winners if winner.entry.idea.is_shown_to(challenge.circle_id)
    )
    return _said(challenge, _("The challenge has its winners"), excerpt(body, 240), css="is-delivered")


def _invited(challenge: Challenge, loaded: dict[str, Any], reader: Any) -> Said | None:
    if (challenge.pk, reader.pk) not in loaded["seats"]:
        return None
    said = _said(challenge, _("You are invited to the jury of a challenge"), challenge.lede, "official", "is-review")
    return Said(**said.__dict__ | {"url": reverse("challenges:jury", args=[challenge.public_id])})


def _said(challenge: Challenge, lead: str, body: str, icon: str = "trophy", css: str = "is-candidate") -> Said:
    url, language = challenge.get_absolute_url(), challenge.languages["title"]
    return Said(lead, challenge.title, body, url, icon, css, challenge.public_id, language=language)


WORDINGS = {
    "challenge_opened": _opened,
    "challenge_closes": _closes,
    "challenge_rules": _rules,
    "challenge_results": _results,
    "juror_invited": _invited,
}
SPEAKERS["challenge"] = Speaker(load, say)
