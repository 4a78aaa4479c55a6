"""The demo's challenges: one in each phase, entered by the demo's ideas, judged and won by the same verbs as in life."""

from datetime import timedelta
from random import Random

from core.public_ids import ALPHABET, LENGTH

from ..domain.challenges.awarding import Pick, propose_winners, publish_results
from ..domain.challenges.counting import count_votes, standings
from ..domain.challenges.judging import hand_in, invite_juror, note_entry
from ..domain.challenges.ruling import record_acceptance
from ..models import Challenge, ChallengeEntry, ChallengeRules, Idea, Juror, JuryNote, RulesAcceptance
from ..phases import Criterion, Phase
from ..states import AWAITING, State
from .texts.challenges import CALLS, JURY_SAYS, JURY_WORD, REASONS_TO_WIN, RULES, RULES_CHANGED, RULES_EN, TITLES


def load_challenges(demo, ideas: list[Idea]) -> None:
    random = Random(f"challenges {demo.seed}")  # noqa: S311 - the same demo each time, not a secret
    free = [idea for idea in ideas if idea.state != State.MERGED]
    for call in CALLS:
        challenge = _challenge(demo, random, call)
        _rules(demo, challenge, call)
        if "entries" in call:
            free = _entries(demo, random, challenge, call, free)
        _jury(demo, challenge, call)
        if call["phase"] in (Phase.JURY, Phase.RESULTS, Phase.ARCHIVED):
            _judged(demo, random, challenge, call)


def _challenge(demo, random, call: dict) -> Challenge:
    dates = dict(zip(("opens_at", "posting_ends_at", "voting_ends_at", "results_at"), call["days"], strict=True))
    dates = {
        name: (demo.now + timedelta(days=days)).replace(hour=17, minute=0, second=0, microsecond=0)
        for name, days in dates.items()
    }
    opened = {"opening_told_at": dates["opens_at"]} if dates["opens_at"] <= demo.now else {}
    return Challenge.objects.create(
        public_id="".join(random.choice(ALPHABET) for _ in range(LENGTH)), owner=demo.accounts["produit"],
        created_at=dates["opens_at"] - timedelta(days=30), **dates, **opened, **call["texts"],
    )  # fmt: skip


def _rules(demo, challenge: Challenge, call: dict) -> None:
    """Published before the opening; one challenge changed them on the way, and says what."""
    before = challenge.opens_at - timedelta(days=12)
    named = {"title": challenge.title_fr, "end": f"{challenge.posting_ends_at:%d/%m/%Y}"}
    by = demo.accounts["produit"]
    rows = [
        ChallengeRules(
            challenge=challenge,
            number=1,
            body_fr=RULES % named,
            body_en=RULES_EN,
            by=by,
            at=min(before, demo.ago(days=1)),
        )
    ]
    if call.get("changed"):
        rows.append(ChallengeRules(
            challenge=challenge, number=2, body_fr=RULES % named + RULES_CHANGED[1], body_en=RULES_EN, by=by,
            changes_fr=RULES_CHANGED[0], changes_en=RULES_CHANGED[2], at=demo.ago(days=6),
        ))  # fmt: skip
    for row in rows:
        row.save()
    challenge.rules = rows[-1]
    if call["phase"] != Phase.DRAFT:
        challenge.announced_at = rows[0].at + timedelta(hours=1)
    challenge.save(update_fields=["rules", "announced_at"])


def _entries(demo, random, challenge: Challenge, call: dict, free: list[Idea]) -> list[Idea]:
    """Ideas of its themes that were there in time; those that still await their answer where it is not over."""
    fits = [
        idea
        for idea in free
        if idea.created_at < min(challenge.posting_ends_at, demo.now)
        and idea.category.slug in call["themes"]
        and (call["phase"] in (Phase.RESULTS, Phase.ARCHIVED) or idea.state in AWAITING)
    ]
    named = [idea for idea in fits if idea.title in TITLES]
    others = sorted((idea for idea in fits if idea not in named), key=lambda idea: (-idea.vote_score, idea.pk))
    chosen = [*named, *others][: call["entries"]]
    random.shuffle(chosen)
    versions = list(challenge.rules_versions.order_by("number"))
    for place, idea in enumerate(chosen):
        begins = max(idea.created_at, challenge.opens_at)
        ends = min(challenge.posting_ends_at, demo.now)
        at = begins + (ends - begins) * random.random()
        ChallengeEntry.objects.create(challenge=challenge, idea=idea, entered_at=at)
        # One entrant has not read the version that came on the way.
        accepted = versions if place else versions[:1]
        for rules in accepted:
            record_acceptance(rules, idea.author)
    RulesAcceptance.objects.filter(rules__challenge=challenge).update(
        at=min(challenge.posting_ends_at, demo.ago(hours=5))
    )
    return [idea for idea in free if idea not in chosen]


def _jury(demo, challenge: Challenge, call: dict) -> None:
    people = {**demo.accounts, "membre-1": demo.members[3], "membre-2": demo.members[11]}
    for name, title, accepted in call.get("jury", ()):
        juror = invite_juror(challenge, member=people[name], title=title, by=demo.accounts["produit"])
        at = challenge.opens_at - timedelta(days=3) if challenge.opens_at < demo.now else demo.ago(days=1)
        Juror.objects.filter(pk=juror.pk).update(
            invited_at=at, accepted_at=at + timedelta(hours=9) if accepted else None
        )


def _judged(demo, random, challenge: Challenge, call: dict) -> None:
    """Votes counted; notes by each juror, but for one who is still at it; winners where it is over."""
    challenge = count_votes(challenge)
    entries = list(ChallengeEntry.objects.of(challenge).shortlisted().select_related("idea"))
    for juror in Juror.objects.filter(challenge=challenge, accepted_at__isnull=False).select_related("member"):
        late = call["phase"] == Phase.JURY and juror.member == demo.accounts["cliente"]
        for entry in entries[: 2 if late else None]:
            if entry.idea.author_id == juror.member_id:
                continue
            scores = {criterion: random.choice((2, 3, 3, 4, 4, 5)) for criterion in Criterion.values}
            note_entry(challenge, entry.idea, scores=scores, text=random.choice(JURY_SAYS), by=juror.member)
        if not late:
            hand_in(challenge, by=juror.member)
    if call["phase"] == Phase.JURY:
        return
    best = standings(challenge)[: len(challenge.prizes)]
    picks = [Pick(line.entry.idea.public_id, REASONS_TO_WIN[place]) for place, line in enumerate(best)]
    propose_winners(challenge, picks, by=demo.accounts["produit"], jury_word=JURY_WORD)
    publish_results(challenge, by=demo.accounts["admin"])
    at = challenge.results_at
    past = {
        "proposed_at": at - timedelta(days=2),
        "published_at": at,
        "archives_at": at + timedelta(days=180),
        "votes_counted_at": challenge.voting_ends_at,
    }
    Challenge.objects.filter(pk=challenge.pk).update(**past)
    JuryNote.objects.filter(juror__challenge=challenge).update(at=at - timedelta(days=5))
    Juror.objects.filter(challenge=challenge, handed_in_at__isnull=False).update(handed_in_at=at - timedelta(days=4))
